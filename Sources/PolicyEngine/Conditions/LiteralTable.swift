import WireJSON

/// The values of a tool's rules, laid out flat: judging reads plain memory and counts no references.
///
/// A list is followed by its elements, an object by key, value, key, value.
struct LiteralTable: Sendable {
    struct Node: Sendable {
        enum Kind: UInt8, Sendable {
            case null, truth, number, largeNumber, text, time, list, object
        }

        let kind: Kind
        /// 1 for true; a number in millionths; a time in seconds.
        var number: Int64 = 0
        /// Where a text lies in ``text``, a large number in ``numbers``; a time's nanoseconds.
        var start: Int32 = 0
        /// A text's bytes, a list's elements, an object's members.
        var count: Int32 = 0
        /// The index of what follows this value and all it holds.
        var end: Int32 = 0
    }

    private(set) var nodes: [Node] = []
    private(set) var text: [UInt8] = []
    private(set) var numbers: [ExactDecimal] = []

    /// Adds a value and tells its index.
    mutating func add(_ literal: Literal) -> Int {
        let index = nodes.count
        switch literal {
        case .null:
            nodes.append(Node(kind: .null))
        case .truth(let truth):
            nodes.append(Node(kind: .truth, number: truth ? 1 : 0))
        case .number(.millionths(let millionths)):
            nodes.append(Node(kind: .number, number: millionths))
        case .number(.exact(let number)):
            nodes.append(Node(kind: .largeNumber, start: Int32(numbers.count)))
            numbers.append(number)
        case .text(let bytes):
            nodes.append(Node(kind: .text, start: Int32(text.count), count: Int32(bytes.count)))
            text += bytes
        case .list(let elements):
            nodes.append(Node(kind: .list, count: Int32(elements.count)))
            for element in elements { _ = add(element) }
        case .object(let members):
            nodes.append(Node(kind: .object, count: Int32(members.count)))
            for member in members {
                _ = add(.text(Array(member.key.utf8)))
                _ = add(member.value)
            }
        }
        nodes[index].end = Int32(nodes.count)
        return index
    }

    mutating func add(_ time: Timestamp) -> Int {
        nodes.append(
            Node(kind: .time, number: time.seconds, start: Int32(time.nanoseconds), end: Int32(nodes.count + 1)))
        return nodes.count - 1
    }

    /// The bytes of a text.
    func bytes(of node: Node) -> Range<Int> {
        Int(node.start)..<Int(node.start) + Int(node.count)
    }
}

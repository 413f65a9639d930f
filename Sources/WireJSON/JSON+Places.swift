/// Where a value or a key lies in the text it was read from, and of what kind it is: enough to look at everyday values
/// without counting references. It means something only to the text's own values.
public struct JSONPlace: Sendable {
    let index: Int
    public let kind: JSON.Kind
    /// Where it lies, quotes included.
    public let range: Range<Int>
    /// A string that has escapes, so that it is not written as it is meant.
    public let hasEscapes: Bool

    @inline(__always)
    init(_ node: Node, _ index: Int) {
        self.index = index
        self.range = Range(uncheckedBounds: (Int(node.start), Int(node.end)))
        self.hasEscapes = node.tag == .string && node.mark
        self.kind =
            switch node.tag {
            case .object: .object
            case .array: .array
            case .string: .string
            case .number: .number
            case .yes, .no: .bool
            case .null: .null
            }
    }
}

extension JSON {
    /// This value's place.
    public var place: JSONPlace { JSONPlace(node, index) }

    /// The value at a place in the same text.
    public subscript(place: JSONPlace) -> JSON { JSON(tape, place.index) }

    /// The key at a place in the same text.
    public func key(at place: JSONPlace) -> JSONKey { JSONKey(tape, place.index) }

    /// Shows the places of an object's keys and values, in the order received; of any other kind none.
    public func forEachMember(_ body: (_ key: JSONPlace, _ value: JSONPlace) -> Void) {
        guard node.tag == .object else { return }
        let nodes = tape.nodes
        var next = index + 1
        for _ in 0..<node.count {
            let value = nodes[next + 1]
            body(JSONPlace(nodes[next], next), JSONPlace(value, next + 1))
            next = Int(value.next)
        }
    }

    /// Shows the places of an array's elements, in the order received, while `body` answers true; of any other kind
    /// none.
    public func forEachElement(while body: (JSONPlace) -> Bool) {
        guard node.tag == .array else { return }
        let nodes = tape.nodes
        var next = index + 1
        for _ in 0..<node.count {
            let element = nodes[next]
            guard body(JSONPlace(element, next)) else { return }
            next = Int(element.next)
        }
    }
}

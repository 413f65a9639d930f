/// A member's key, as received: a view like ``JSON``.
public struct JSONKey: Sendable {
    private let tape: Tape
    private let index: Int

    init(_ tape: Tape, _ index: Int) {
        self.tape = tape
        self.index = index
    }

    /// Where the key lies in its text, quotes included.
    public var range: Range<Int> { Int(tape.nodes[index].start)..<Int(tape.nodes[index].end) }

    /// How long the key's text is, bytes of UTF-8, where it has no escapes; nil where it has.
    public var plainLength: Int? { tape.nodes[index].mark ? nil : tape.nodes[index].interior.count }

    /// The key as received, quotes included, where it has no escapes: then it is also what a writer would make of it.
    var plain: ArraySlice<UInt8>? { tape.nodes[index].mark ? nil : tape.text[range] }

    /// The key's text without escapes.
    public var string: String { tape.string(of: index) }

    /// The UTF-8 bytes of ``string``.
    public var utf8: [UInt8] { tape.utf8(of: index) }

    /// Whether this key is exactly these bytes of UTF-8. Allocates nothing unless the key has escapes.
    public func equals(_ name: String) -> Bool { tape.hasText(index, name) }

    /// Whether a server may read this key as `name` although it is another: see ``LookAlike``.
    ///
    /// False for the name itself. Allocates nothing where both are ASCII and the key has no escapes.
    public func resembles(_ name: String) -> Bool {
        let node = tape.nodes[index]
        if !node.mark {
            let text = tape.text
            let answer = name.utf8.withContiguousStorageIfAvailable { name in
                LookAlike.isASCII(name)
                    ? LookAlike.resembles(ascii: text.span.extracting(node.interior), name.span) : nil
            }
            if let answer = answer ?? nil { return answer }
        }
        return LookAlike.resembles(string, name)
    }
}

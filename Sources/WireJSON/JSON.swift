/// One JSON value, exactly as received: a view into the bytes that a reader accepted.
///
/// Reading checks the whole text once and remembers where each value lies; nothing is decoded until asked for, so
/// number text, key order, escapes and white space stay what they were. A copy is one reference and an index, and
/// keeps the whole text alive.
///
///     let call = try JSON(body)
///     guard call["method"]?.hasText("tools/call") == true else { … }
///
/// Keys compare as UTF-8 bytes after unescaping, never by Unicode equivalence.
public struct JSON: Sendable {
    /// The six kinds of RFC 8259 section 3, `true` and `false` being one.
    public enum Kind: Sendable, Hashable, CaseIterable {
        case object, array, string, number, bool, null
    }

    let tape: Tape
    let index: Int

    init(_ tape: Tape, _ index: Int) {
        self.tape = tape
        self.index = index
    }

    /// Reads a text strictly, refusing whatever two readers could understand differently.
    ///
    /// Refused beside malformed text: duplicate keys, also where only unescaping makes them equal; a byte order mark;
    /// anything but UTF-8; escapes of lone surrogates; anything after the value; and what is over a limit. Numbers of
    /// any size are accepted and keep their text.
    public init(_ bytes: [UInt8], limits: JSONLimits = .request) throws(JSONError) {
        try self.init(bytes, limits: limits, lenient: false)
    }

    /// Reads what a tool server answered: strictly, except that `\ud800`-like escapes of lone surrogates are let
    /// through.
    ///
    /// They stay as received in `bytes` and everything copied from it; where text is asked for, U+FFFD stands in
    /// their place.
    public init(lenient bytes: [UInt8], limits: JSONLimits = .upstream) throws(JSONError) {
        try self.init(bytes, limits: limits, lenient: true)
    }

    private init(_ bytes: [UInt8], limits: JSONLimits, lenient: Bool) throws(JSONError) {
        let nodes = try readNodes(bytes.span, limits: limits, lenient: lenient)
        self.init(Tape(text: bytes, nodes: nodes), 0)
    }

    public var kind: Kind {
        switch node.tag {
        case .object: .object
        case .array: .array
        case .string: .string
        case .number: .number
        case .yes, .no: .bool
        case .null: .null
        }
    }

    /// Where this value lies in ``source``, without white space around it.
    public var range: Range<Int> { Int(node.start)..<Int(node.end) }

    /// The whole text this value is part of, as received.
    public var source: [UInt8] { tape.text }

    /// This value as received. Its indices are those of ``source``.
    public var bytes: ArraySlice<UInt8> { tape.text[range] }

    /// The number of an object's members or an array's elements; 0 for any other kind.
    public var count: Int { node.count }

    var node: Node { tape.nodes[index] }
}

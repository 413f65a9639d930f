public import WireJSON

/// One page of a server's tools, as received.
public struct ToolListing: Sendable {
    public let result: JSON
    private let tools: JSON

    /// Nil where the result is no list of tools.
    public init?(_ result: JSON) {
        guard let tools = result["tools"], tools.kind == .array else { return nil }
        self.result = result
        self.tools = tools
    }

    /// Each definition with its name's bytes; nil where it has no name that is a text.
    public var definitions: [(name: [UInt8]?, definition: JSON)] {
        tools.elements.map { ($0["name"]?.utf8, $0) }
    }

    /// Where the next page begins; a server ends its list by leaving it out (or, some, by null).
    public var nextCursor: JSON? {
        guard let cursor = result["nextCursor"], cursor.kind == .string else { return nil }
        return cursor
    }

    /// The page with only the definitions that are shown, the rest byte for byte.
    public func keeping(_ isShown: ([UInt8]?, JSON) -> Bool) -> JSONSplice {
        var splice = JSONSplice(result)
        splice.removeElements(of: tools) { !isShown($0["name"]?.utf8, $0) }
        return splice
    }
}

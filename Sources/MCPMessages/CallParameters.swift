public import WireJSON

/// What a `tools/call` asks for: a name and an object of arguments, or none.
public struct CallParameters: Sendable {
    public let name: [UInt8]
    public let arguments: JSON?

    /// A name that is no text, or arguments that are anything but an object (null included), is -32602.
    public init(_ params: JSON?) throws(RPCError) {
        guard let name = params?["name"]?.utf8, !name.isEmpty else {
            throw RPCError(.invalidParams, "`name` must be a text")
        }
        let arguments = params?["arguments"]
        guard arguments == nil || arguments?.kind == .object else {
            throw RPCError(.invalidParams, "`arguments` must be an object")
        }
        self.name = name
        self.arguments = arguments
    }
}

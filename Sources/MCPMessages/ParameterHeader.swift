/// One `Mcp-Param-*` header of a modern `tools/call`: an argument that its tool's schema wants repeated in a header.
///
/// Revision 2026-07-28, "Streamable HTTP", "Custom headers from tool parameters". Derived from the call that was judged,
/// never copied from the client's headers.
public struct ParameterHeader: Sendable, Equatable {
    /// The whole field name, an RFC 9110 token.
    public let name: String
    /// The value as it stands in the field, encoded where it has to be.
    public let value: [UInt8]

    public init(name: String, value: [UInt8]) {
        self.name = name
        self.value = value
    }
}

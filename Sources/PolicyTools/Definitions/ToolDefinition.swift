public import PolicyEngine
public import WireJSON

/// A tool as its server defines it, as far as policies are concerned: its name, its arguments, and what it claims of
/// itself.
public struct ToolDefinition: Sendable {
    /// The server's own claims (MCP `annotations`); nobody has verified them.
    public struct Claims: Sendable, Hashable {
        public var isReadOnly: Bool?
        public var isDestructive: Bool?

        public init(isReadOnly: Bool? = nil, isDestructive: Bool? = nil) {
            self.isReadOnly = isReadOnly
            self.isDestructive = isDestructive
        }
    }

    public let name: ToolName
    public let inputSchema: JSON?
    public let claims: Claims
    /// The whole definition as received, for an ``Appraiser`` that reads more of it; attacker-controlled text.
    public let definition: JSON?

    public init(
        name: ToolName, inputSchema: JSON? = nil, claims: Claims = Claims(), definition: JSON? = nil
    ) {
        self.name = name
        self.inputSchema = inputSchema
        self.claims = claims
        self.definition = definition
    }

    /// Reads one element of a `tools/list` result; `nil` when it has no name that a tool can have.
    public init?(_ definition: JSON) {
        guard let name = definition["name"]?.utf8.flatMap({ ToolName($0) }) else { return nil }
        let annotations = definition["annotations"]
        self.init(
            name: name,
            inputSchema: definition["inputSchema"],
            claims: Claims(
                isReadOnly: annotations?["readOnlyHint"]?.bool,
                isDestructive: annotations?["destructiveHint"]?.bool),
            definition: definition)
    }
}

public import MCPMessages

/// Whose list of tools: a server may show other tools, or other definitions, to clients of another era.
public struct DefinitionList: Sendable, Hashable {
    public let server: String
    public let era: Era

    public init(server: String, era: Era) {
        self.server = server
        self.era = era
    }

    /// The name under which what was accepted of it is kept. A server's name holds no `#`.
    var key: String { era == .modern ? server : server + "#legacy" }

    /// Both lists of a server.
    static func all(of server: String) -> [DefinitionList] {
        [DefinitionList(server: server, era: .modern), DefinitionList(server: server, era: .legacy)]
    }
}

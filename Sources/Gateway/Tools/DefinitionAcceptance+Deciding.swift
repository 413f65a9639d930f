import MCPMessages
public import PolicyEngine
public import ToolCatalogue

extension DefinitionAcceptance {
    /// The server's whole list now, for a person to look at; nil where it cannot be had. A name that stands for two
    /// definitions is left out: neither can be accepted.
    public func listed(by server: Server, for scope: UpstreamScope) async -> [ToolName: Definitions.Accepted]? {
        switch await wholeList(of: server, for: scope) {
        case .tools(let whole): whole.compactMapValues { $0.count == 1 ? $0[0] : nil }
        case .none: [:]
        case .unavailable: nil
        }
    }

    /// Puts in force what a person has accepted of a server, in place of what was; `seen` are hashes last seen that are
    /// not the accepted ones. Without anything accepted, nothing of the server is.
    public func decide(
        _ accepted: [ToolName: Definitions.Accepted], seen: [ToolName: DefinitionHash], of server: String
    ) {
        for list in DefinitionList.all(of: server) {
            let known = configuration.current.definitions[list] ?? Definitions()
            // Clients of both eras are judged by what was accepted, once.
            let wanted = list.era == .modern ? accepted : [:]
            let isSame =
                known.accepted.count == wanted.count && wanted.allSatisfy { known.accepted[$0]?.hash == $1.hash }
                && known.isEstablished == !wanted.isEmpty
            guard !isSame else { continue }
            configuration.updateDefinitions(of: list) { definitions in
                let unaccepted = definitions.unaccepted
                definitions.forget()
                guard !wanted.isEmpty else { return }
                definitions.accept(wanted)
                for (tool, hash) in seen { _ = definitions.note(tool, hash: hash) }
                // What calls have meanwhile shown to be otherwise stays so, unless just this was accepted.
                for tool in unaccepted where known.accepted[tool]?.hash == wanted[tool]?.hash {
                    definitions.doubt(tool)
                }
            }
        }
    }
}

public import ClientFiles
import ToolCatalogue

/// Tools of one client's servers that together can carry data away, one for each part of the chain.
public struct InventoryChain: Sendable, Hashable {
    /// A tool by its server's name and its own.
    public struct Link: Sendable, Hashable {
        public let server: String
        public let tool: String
    }

    /// Whose agents can call all of them; nil for a file that is no client's in particular.
    public let client: MCPClient?
    public let file: String
    public let bringsForeignText: Link
    public let readsPrivate: Link
    public let sendsOut: Link

    /// In one sentence of our own, but for the names.
    public var sentence: String { sentence { $0 } }

    /// - Parameter shown: how a name is written.
    func sentence(_ shown: (String) -> String) -> String {
        func words(_ link: Link) -> String { "`\(shown(link.tool))` of `\(shown(link.server))`" }
        return
            "a text that \(words(bringsForeignText)) brings in can make an agent read with \(words(readsPrivate)) and "
            + "send what it read out with \(words(sendsOut))"
    }
}

extension Inventory {
    /// One chain for each client whose servers provide a whole one. Files of one client count together: its agents call
    /// the servers of all of them.
    public var chains: [InventoryChain] {
        var groups: [(client: MCPClient?, file: String, servers: [InventoryServer])] = []
        for server in servers where server.isEnabled {
            // A file of definitions says nothing of who can call what is in it.
            guard let file = server.file, server.shown != nil else { continue }
            let place = groups.firstIndex { group in
                group.client == server.client && (server.client != nil || group.file.utf8.elementsEqual(file.utf8))
            }
            if let place {
                groups[place].servers.append(server)
            } else {
                groups.append((server.client, file, [server]))
            }
        }
        return groups.compactMap { group in
            func link(_ role: ChainRole) -> InventoryChain.Link? {
                let able = group.servers.flatMap { server in
                    server.tools.filter { $0.roles.contains(role) }.map { (server, $0) }
                }
                let worst = able.max { $0.1.weight < $1.1.weight }
                return worst.map { InventoryChain.Link(server: $0.0.name, tool: $0.1.name) }
            }
            guard let foreign = link(.bringsForeignText), let own = link(.readsPrivate), let out = link(.sendsOut)
            else {
                return nil
            }
            return InventoryChain(
                client: group.client, file: group.file, bringsForeignText: foreign, readsPrivate: own, sendsOut: out)
        }
    }
}

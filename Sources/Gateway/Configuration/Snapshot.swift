public import PolicyEngine

/// Everything a call is judged by, at one moment: swapped as a whole, so that two stages can't disagree.
public struct Snapshot: Sendable {
    public let servers: [String: Server]
    public let grants: [TokenDigest: Principal]
    /// What each server's tools are accepted to be, by slug.
    public private(set) var definitions: [String: Definitions]
    private var tables: [Pairing: ToolTable] = [:]

    private struct Pairing: Hashable, Sendable {
        let server: String
        let policy: String
        let version: Int
    }

    public init(servers: [Server], grants: [TokenDigest: Principal], definitions: [String: Definitions] = [:]) {
        self.servers = Dictionary(servers.map { ($0.slug, $0) }, uniquingKeysWith: { first, _ in first })
        self.grants = grants
        self.definitions = definitions
        for server in servers { bindTables(of: server.slug) }
    }

    /// The tools one policy lets be seen of one server, with their rules.
    ///
    /// Kept for every policy in force. Made anew for one that was swapped after a request's sender was known and before
    /// the request was whole: that request is still judged by the version it came under.
    public func table(of server: String, under policy: Policy) -> ToolTable {
        tables[Pairing(server: server, policy: policy.id, version: policy.version)]
            ?? ToolTable(policy: policy, definitions: definitions[server] ?? Definitions())
    }

    /// This snapshot with other definitions for one server.
    public func replacing(definitions changed: Definitions, of server: String) -> Snapshot {
        var copy = self
        copy.definitions[server] = changed
        copy.bindTables(of: server)
        return copy
    }

    private mutating func bindTables(of server: String) {
        let accepted = definitions[server] ?? Definitions()
        var bound: Set<Pairing> = []
        for principal in grants.values {
            guard case .policy(let policy, _)? = principal.grant.access[server] else { continue }
            let pairing = Pairing(server: server, policy: policy.id, version: policy.version)
            guard bound.insert(pairing).inserted else { continue }
            tables[pairing] = ToolTable(policy: policy, definitions: accepted)
        }
    }
}

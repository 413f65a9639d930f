import MCPMessages
public import PolicyEngine

/// Everything a call is judged by, at one moment: swapped as a whole, so that two stages can't disagree.
///
/// An object that does not change, so that each call holds it by one reference.
public final class Snapshot: Sendable {
    public let servers: [String: Server]
    public let grants: [TokenDigest: Principal]
    public let identity: IdentityRules
    /// Counts what is swapped as a whole; definitions apart.
    let generation: Int
    /// What each server's tools are accepted to be, in each list that was accepted.
    public let definitions: [DefinitionList: Definitions]
    /// The grants in force by the bytes of their id.
    private let held: [HeldGrant: Grant]
    private let tables: [Pairing: ToolTable]

    /// A grant's id, compared by its bytes.
    private struct HeldGrant: Hashable, Sendable {
        var id: String

        static func == (one: HeldGrant, other: HeldGrant) -> Bool { one.id.utf8.elementsEqual(other.id.utf8) }

        func hash(into hasher: inout Hasher) {
            var id = id
            id.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        }
    }

    private struct Pairing: Hashable, Sendable {
        let list: DefinitionList
        let policy: String
        let version: Int
    }

    public init(
        servers: [Server], grants: [TokenDigest: Principal], identity: IdentityRules = .none,
        definitions: [DefinitionList: Definitions] = [:], generation: Int = 0
    ) {
        self.generation = generation
        self.servers = Dictionary(servers.map { ($0.slug, $0) }, uniquingKeysWith: { first, _ in first })
        self.grants = grants
        self.identity = identity
        held = Dictionary(
            (grants.values.map(\.grant) + identity.grants).map { (HeldGrant(id: $0.id), $0) },
            uniquingKeysWith: { first, _ in first })
        self.definitions = definitions
        var tables: [Pairing: ToolTable] = [:]
        for server in servers {
            Self.bind(&tables, of: server.slug, for: grants.values.map(\.grant) + identity.grants, definitions)
        }
        self.tables = tables
    }

    private init(_ other: Snapshot, definitions: [DefinitionList: Definitions], ofServer slug: String) {
        servers = other.servers
        grants = other.grants
        identity = other.identity
        generation = other.generation
        held = other.held
        self.definitions = definitions
        var tables = other.tables
        Self.bind(&tables, of: slug, for: grants.values.map(\.grant) + identity.grants, definitions)
        self.tables = tables
    }

    /// The server a message is for, with what its sender may do there; of the stack all that the grant reaches, by slug.
    ///
    /// Its sender may have been known before this was in force, and the rest of it come only now: what it may do is what
    /// it might then, as long as its grant stands and reaches the server today.
    func members(reachedBy entry: Entry) -> [StackMember] {
        guard let today = grant(of: entry.principal) else { return [] }
        let access = entry.principal.grant.access
        let slugs = entry.server == Stack.address ? access.keys.sorted() : [entry.server]
        return slugs.compactMap { slug in
            guard let server = servers[slug], let access = access[slug], today.access[slug] != nil else { return nil }
            return StackMember(server: server, access: access)
        }
    }

    /// The same of one server; nil where the principal does not reach it, or not any more.
    func member(_ slug: String, reachedBy principal: Principal) -> StackMember? {
        guard let server = servers[slug], let access = principal.grant.access[slug],
            grant(of: principal)?.access[slug] != nil
        else { return nil }
        return StackMember(server: server, access: access)
    }

    /// What a principal may do with a server now; nil where its token is over, or lets nobody in any more, or its grant is
    /// gone or no longer reaches the server.
    ///
    /// For what outlives the message it came with: a call between two legs, a subscription.
    ///
    /// - Parameter now: seconds since 1970.
    func access(of principal: Principal, to server: String, at now: Int64) -> Access? {
        principal.isOver(at: now) ? nil : standing(of: principal, to: server)
    }

    /// The same, whether or not a provider's token has come to its own end.
    ///
    /// For what goes on beside its token: a session, whose every message brings a token, and a call that was let in.
    func standing(of principal: Principal, to server: String) -> Access? {
        guard servers[server] != nil else { return nil }
        return grant(of: principal)?.access[server]
    }

    /// The principal's grant as it is now; nil where what the principal was known by leads to it no more.
    func grant(of principal: Principal) -> Grant? {
        if principal.generation == generation { return principal.grant }
        let now: Grant? =
            switch principal.proof {
            case nil: held[HeldGrant(id: principal.grant.id)]
            case .token(let digest): grants[digest]?.grant
            // Under other rules it would have to be verified again.
            case .provider(let vouched):
                vouched.generation == identity.generation
                    ? (try? identity.principal(for: vouched.token, at: vouched.endpoint))?.grant : nil
            }
        return now.flatMap { $0.id.utf8.elementsEqual(principal.grant.id.utf8) ? $0 : nil }
    }

    /// Whether a principal still has anything at an address, that of one server or of all its grant's.
    ///
    /// - Parameter now: seconds since 1970.
    func reaches(_ address: String, _ principal: Principal, at now: Int64) -> Bool {
        !principal.isOver(at: now) && stands(at: address, principal)
    }

    /// The same, whether or not a provider's token has come to its own end.
    func stands(at address: String, _ principal: Principal) -> Bool {
        guard address == Stack.address else { return standing(of: principal, to: address) != nil }
        return grant(of: principal)?.access.keys.contains { servers[$0] != nil } ?? false
    }

    /// The tools one policy lets be seen of one server, with their rules.
    ///
    /// Kept for every policy in force. Made anew for one that was swapped after a request's sender was known and before
    /// the request was whole: that request is still judged by the version it came under.
    public func table(of list: DefinitionList, under policy: Policy) -> ToolTable {
        tables[Pairing(list: list, policy: policy.id, version: policy.version)]
            ?? ToolTable(policy: policy, definitions: definitions(of: list))
    }

    /// What is accepted of a list; of one that was never had, what is accepted of the server's other.
    public func definitions(of list: DefinitionList) -> Definitions {
        Self.accepted(of: list, among: definitions)
    }

    private static func accepted(
        of list: DefinitionList, among definitions: [DefinitionList: Definitions]
    ) -> Definitions {
        let own = definitions[list] ?? Definitions()
        if own.isEstablished { return own }
        let other = DefinitionList(server: list.server, era: list.era == .modern ? .legacy : .modern)
        guard let theirs = definitions[other], theirs.isEstablished || !own.isSettled else { return own }
        return theirs
    }

    /// This snapshot with other definitions for one list.
    public func replacing(definitions changed: Definitions, of list: DefinitionList) -> Snapshot {
        var definitions = definitions
        definitions[list] = changed
        return Snapshot(self, definitions: definitions, ofServer: list.server)
    }

    /// Makes the tables of one server anew, for every policy by which a grant reaches it.
    private static func bind(
        _ tables: inout [Pairing: ToolTable], of server: String, for grants: [Grant],
        _ definitions: [DefinitionList: Definitions]
    ) {
        let lists = DefinitionList.all(of: server).map { ($0, accepted(of: $0, among: definitions)) }
        var bound: Set<Pairing> = []
        for grant in grants {
            guard case .policy(let policy, _)? = grant.access[server] else { continue }
            for (list, accepted) in lists {
                let pairing = Pairing(list: list, policy: policy.id, version: policy.version)
                guard bound.insert(pairing).inserted else { continue }
                tables[pairing] = ToolTable(policy: policy, definitions: accepted)
            }
        }
    }
}

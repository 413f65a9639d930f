public import GatewayStorage
import OAuthMessages

extension AuthorizationServer {
    /// A grant that a member may give a client.
    public struct Offer: Sendable, Equatable {
        public let grant: RecordID
        public let label: String
        /// The slugs of the servers it reaches.
        public let servers: [String]
    }

    /// The grants that a member may give to this client: in force, theirs to use, and reaching the endpoint.
    public func offers(for request: AuthorizationRequest, to actor: Actor) async throws(Refusal) -> [Offer] {
        try actor.require(.connectClient)
        guard case .member = actor.who else { throw .conflict("only a member lets a client sign in") }
        let now = office.clock()
        let organisation = actor.organisation
        var slugs: [RecordID: String] = [:]
        for server in try await office.directory.all(ServerRecord.self, of: organisation) {
            slugs[server.id] = server.slug
        }
        var reached: [RecordID: [String]] = [:]
        for pair in try await office.directory.all(Attachment.self, of: organisation) {
            guard let slug = slugs[pair.server] else { continue }
            reached[pair.grant, default: []].append(slug)
        }
        return try await office.directory.all(GrantRecord.self, of: organisation).compactMap { grant in
            guard grant.isInForce(at: now), grant.admits(actor.role), let servers = reached[grant.id] else {
                return nil
            }
            if let wanted = request.resource.server, !servers.contains(wanted) { return nil }
            return Offer(grant: grant.id, label: grant.label, servers: servers.sorted())
        }
    }

    /// A member's yes: makes the connection and its code.
    ///
    /// - Returns: where the browser goes.
    public func consent(
        to request: AuthorizationRequest, with grant: RecordID, by actor: Actor
    ) async throws(Refusal) -> String {
        guard try await offers(for: request, to: actor).contains(where: { $0.grant == grant }),
            case .member(let member, _) = actor.who
        else { throw .unknown(DirectoryKind.grant.words) }
        let now = office.clock()
        let known = try await office.directory.all(Connection.self, of: actor.organisation)
        let ended = try await self.ended(known, of: actor.organisation, at: now)
        let own = known.filter { connection in
            connection.member == member && !ended.contains { $0.id == connection.id }
        }
        guard own.count < AuthorizationBounds.connectionsPerMember,
            known.count - ended.count < AdministrationBounds.recordsPerKind
        else { throw .conflict("too many clients are connected – an admin can disconnect some") }
        let code = ConnectionToken(.code)
        let connection = Connection(
            organisation: actor.organisation, id: .make(.connection, at: now), member: member, grant: grant,
            client: ConnectedClient(id: request.clientID, name: request.client.name), redirect: request.redirect.text,
            resource: request.resource.address, family: code.family,
            turn: .code(
                digest: code.digest, challenge: request.challenge, until: now.advanced(by: AuthorizationBounds.code)),
            createdAt: now, expiresAt: now.advanced(by: AuthorizationBounds.connection))
        var change = Administration.Change.inserting(try await office.vouched(connection), by: .connectClient)
        change.steps += ended.prefix(AuthorizationBounds.sweptAtOnce).map { .remove($0.row) }
        try await office.make(change, by: actor)
        return request.answer([("code", code.secret)], from: issuer)
    }

    /// Connections that are of no more use to anybody: over, never come for, or of a grant that is revoked.
    private func ended(
        _ connections: [Connection], of organisation: RecordID, at now: WallTime
    ) async throws(Refusal) -> [Connection] {
        guard !connections.isEmpty else { return [] }
        let revoked = Set(
            try await office.directory.all(GrantRecord.self, of: organisation).filter { $0.revokedAt != nil }.map(\.id))
        return connections.filter { connection in
            if connection.expiresAt <= now || revoked.contains(connection.grant) { return true }
            if case .code(_, _, let until) = connection.turn { return until <= now }
            return false
        }
    }
}

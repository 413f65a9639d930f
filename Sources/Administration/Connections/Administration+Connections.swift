public import GatewayStorage

extension Administration {
    /// Ends a connection: its tokens are strangers', and its open streams end.
    public func disconnect(_ id: RecordID, by actor: Actor) async throws(Refusal) {
        try actor.require(.disconnectClient)
        let connection = try await directory.fetch(Connection.self, id, of: actor.organisation)
        try await make(.removing(connection, by: .disconnectClient), by: actor)
    }

    /// The connections of an organisation whose tokens are taken at this moment, each with its member and its grant: those
    /// of members who may use the grant, while both are there. Each ends when its provider's word for the member does.
    public func connectionsInForce(
        of organisation: RecordID, at now: WallTime
    ) async throws(Refusal) -> [(connection: Connection, member: Member, grant: GrantRecord)] {
        var connections = try await directory.all(Connection.self, of: organisation).filter { now < $0.expiresAt }
        guard !connections.isEmpty else { return [] }
        let ends = Self.ends(try await directory.all(MemberIdentity.self, of: organisation))
        connections = connections.map { $0.ending(ends[$0.member]) }.filter { now < $0.expiresAt }
        var members: [RecordID: Member] = [:]
        var grants: [RecordID: GrantRecord] = [:]
        for member in try await directory.all(Member.self, of: organisation) { members[member.id] = member }
        for grant in try await directory.all(GrantRecord.self, of: organisation) { grants[grant.id] = grant }
        return connections.compactMap { connection in
            guard let member = members[connection.member], let grant = grants[connection.grant],
                member.mayAct, grant.isInForce(at: now), grant.admits(member.role)
            else { return nil }
            return (connection, member, grant)
        }
    }

    /// Removes a member's connections with grants that are meant, once it may not use those any more: from then on none is
    /// refreshed, so that a client that refreshes all the time keeps nobody from being shut out. What is left all the same
    /// is of no use, and is removed before the member may use the grants again.
    func disconnect(_ member: Member, by actor: String, where isMeant: (GrantRecord) -> Bool) async {
        for _ in 0..<AdministrationBounds.disconnections {
            do throws(Refusal) {
                let own = try await connections(of: member, where: isMeant)
                guard !own.isEmpty else { return }
                var change = Change(.disconnectClient, .member, member.id)
                change.steps = own.map { .remove($0.row) }
                change.along = own.map(\.id)
                // They are in force no more already.
                change.isEffective = false
                return try await make(change, of: member.organisation, by: actor)
            } catch {
                guard case .conflict = error else { return }
            }
        }
    }

    /// A member's connections with grants that are meant.
    func connections(
        of member: Member, where isMeant: (GrantRecord) -> Bool
    ) async throws(Refusal) -> [Connection] {
        let own = try await directory.all(Connection.self, of: member.organisation, parents: [.member: member.id])
        guard !own.isEmpty else { return [] }
        let grants = Set(
            try await directory.all(GrantRecord.self, of: member.organisation).filter(isMeant).map(\.id))
        return own.filter { grants.contains($0.grant) }
    }

    /// Whether a connection's tokens may be renewed at this moment.
    func isInForce(_ connection: Connection, at now: WallTime) async throws(Refusal) -> Bool {
        let organisation = try await directory.fetch(
            Organisation.self, connection.organisation, of: connection.organisation)
        let member = try await directory.fetch(Member.self, connection.member, of: connection.organisation)
        let grant = try await directory.fetch(GrantRecord.self, connection.grant, of: connection.organisation)
        let end = try await vouched(connection).expiresAt
        return !organisation.isStopped && member.mayAct && grant.isInForce(at: now)
            && grant.admits(member.role) && now < end
    }

    /// The connection, at its end no later than its provider's word for its member.
    func vouched(_ connection: Connection) async throws(Refusal) -> Connection {
        let identities = try await directory.all(
            MemberIdentity.self, of: connection.organisation, parents: [.member: connection.member])
        return connection.ending(Self.ends(identities)[connection.member])
    }

    /// When providers' words for members end, as far as connections go by them.
    private static func ends(_ identities: [MemberIdentity]) -> [RecordID: WallTime] {
        let ends = identities.map { ($0.member, $0.vouchedAt.advanced(by: AuthorizationBounds.vouched)) }
        return Dictionary(ends, uniquingKeysWith: max)
    }

    /// Ends a connection because of what was done with its tokens.
    func end(_ connection: Connection, because reason: String) async throws(Refusal) {
        do throws(Refusal) {
            try await make(
                .removing(connection, by: .disconnectClient), of: connection.organisation,
                by: "client \(connection.client.label), \(reason)")
        } catch .conflict {
            // It was changed or ended at the same moment: what is there now ends as well.
            guard let there = try await directory.find(Connection.self, handle: connection.family) else { return }
            try await make(
                .removing(there, by: .disconnectClient), of: there.organisation,
                by: "client \(there.client.label), \(reason)")
        }
    }
}

extension Connection {
    /// The same, over at a moment at the latest.
    fileprivate func ending(_ end: WallTime?) -> Connection {
        var copy = self
        if let end { copy.expiresAt = min(expiresAt, end) }
        return copy
    }
}

extension GrantRecord {
    /// Whether a member of this role may let a client sign in with it: an admin always, others where the grant says so.
    func admits(_ role: Role) -> Bool { role == .admin || (connectableBy.map { role >= $0 } ?? false) }
}

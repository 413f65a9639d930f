public import GatewayStorage

extension Administration {
    /// A server a grant reaches, and the policy before it.
    public struct Pair: Sendable, Hashable {
        public var server: RecordID
        public var policy: RecordID
        public var mode: Attachment.Mode

        public init(server: RecordID, policy: RecordID, mode: Attachment.Mode) {
            self.server = server
            self.policy = policy
            self.mode = mode
        }
    }

    /// Makes a grant and its token, given this once.
    public func createGrant(
        _ label: String, tags: [String: String], expiresAt: WallTime?, connectableBy: Role? = nil, pairs: [Pair],
        by actor: Actor
    ) async throws(Refusal) -> Issued<GrantRecord> {
        try actor.require(.createGrant)
        let label = try GivenText.name(label, "label")
        try checkDeclared(label, ports.declared().grants, "this grant")
        let now = clock()
        try checkExpiry(expiresAt, at: now)
        try checkTags(tags)
        let others = try await directory.all(GrantRecord.self, of: actor.organisation)
        let revoked = others.filter { $0.revokedAt != nil }
        try checkRoom(others.count - revoked.count)
        var grant = GrantRecord(
            organisation: actor.organisation, id: .make(.grant, at: now), label: label, tags: tags,
            expiresAt: expiresAt, createdBy: actor.description, createdAt: now)
        grant.connectableBy = connectableBy
        let token = BearerToken(.grant)
        var change = Change.inserting(grant, by: .createGrant)
        change.steps.append(.insert(credential(token, of: grant).row))
        change.steps += try await attachments(pairs, of: grant, by: actor).map { .insert($0.row) }
        let forgotten = revoked.prefix(max(0, revoked.count - AdministrationBounds.revokedGrants))
        change.steps += forgotten.map { .remove($0.row) }
        change.along = forgotten.map(\.id)
        try await make(change, by: actor)
        return Issued(record: grant, token: token.secret)
    }

    /// Changes tags, expiry and who may connect clients, those that are given; `.some(nil)` takes the expiry away, or leaves
    /// connecting to admins.
    public func changeGrant(
        _ id: RecordID, tags: [String: String]?, expiresAt: WallTime??, connectableBy: Role?? = nil, by actor: Actor
    ) async throws(Refusal) -> GrantRecord {
        try actor.require(.changeGrant)
        let old = try await grantInForce(id, of: actor)
        var new = old
        if let tags {
            try checkTags(tags)
            new.tags = tags
        }
        if let expiresAt {
            try checkExpiry(expiresAt, at: clock())
            new.expiresAt = expiresAt
        }
        if let connectableBy { new.connectableBy = connectableBy }
        try await make(.replacing(old, with: new, by: .changeGrant), by: actor)
        return new
    }

    /// Makes a new token, given this once; the earlier ones go on for `overlap`, none if it is zero.
    public func rotateGrant(
        _ id: RecordID, overlap: Duration, by actor: Actor
    ) async throws(Refusal) -> Issued<GrantRecord> {
        try actor.require(.rotateGrant)
        guard overlap >= .zero, overlap <= AdministrationBounds.overlap else {
            throw .invalid(field: "overlap", reason: "is at most \(AdministrationBounds.overlap.components.seconds) s")
        }
        let grant = try await grantInForce(id, of: actor)
        let now = clock()
        let end = now.advanced(by: overlap)
        let token = BearerToken(.grant)
        var change = Change(.rotateGrant, .grant, id)
        change.steps = [.insert(credential(token, of: grant).row)]
        let earlier = try await directory.all(Credential.self, of: actor.organisation, parents: [.grant: id])
        guard overlap == .zero || earlier.count(where: { $0.isInForce(at: now) }) < AdministrationBounds.credentials
        else { throw .conflict("too many earlier tokens go on – rotate without an overlap") }
        for old in earlier {
            guard overlap > .zero, old.isInForce(at: now) else {
                change.steps.append(.remove(old.row))
                continue
            }
            var ending = old
            ending.endsAt = min(old.endsAt ?? end, end)
            change.steps.append(.replace(old.row, with: ending.row))
        }
        try await make(change, by: actor)
        return Issued(record: grant, token: token.secret)
    }

    /// Ends a grant for good: its tokens are strangers', and its open streams end.
    public func revokeGrant(_ id: RecordID, by actor: Actor) async throws(Refusal) -> GrantRecord {
        try actor.require(.revokeGrant)
        let old = try await grantInForce(id, of: actor)
        var new = old
        new.revokedAt = clock()
        var change = Change.replacing(old, with: new, by: .revokeGrant)
        for credential in try await directory.all(Credential.self, of: actor.organisation, parents: [.grant: id]) {
            change.steps.append(.remove(credential.row))
        }
        for attachment in try await directory.all(Attachment.self, of: actor.organisation, parents: [.grant: id]) {
            change.steps.append(.remove(attachment.row))
        }
        try await make(change, by: actor)
        return new
    }

    /// Puts a grant before a server under a policy, in place of an earlier attachment to the same server.
    public func attach(_ pair: Pair, to id: RecordID, by actor: Actor) async throws(Refusal) -> Attachment {
        try actor.require(.attachPolicy)
        let grant = try await grantInForce(id, of: actor)
        let known = try await attached(grant)
        let old = known.first { $0.server == pair.server }
        // A server more is a right more; that is an admin's to give.
        if old == nil { try actor.require(.changeGrant) }
        guard old != nil || known.count < AdministrationBounds.entries else {
            throw .conflict("a grant reaches at most \(AdministrationBounds.entries) servers")
        }
        guard let new = try await attachments([pair], of: grant, by: actor, keeping: old?.mode).first else {
            throw .unknown("server")
        }
        let change =
            old.map { Change.replacing($0, with: new, by: .attachPolicy) } ?? .inserting(new, by: .attachPolicy)
        try await make(change, by: actor)
        return new
    }

    public func detach(_ server: RecordID, from id: RecordID, by actor: Actor) async throws(Refusal) {
        try actor.require(.detachPolicy)
        let grant = try await directory.fetch(GrantRecord.self, id, of: actor.organisation)
        guard let old = try await attached(grant).first(where: { $0.server == server }) else {
            throw .unknown(DirectoryKind.attachment.words)
        }
        try await make(.removing(old, by: .detachPolicy), by: actor)
    }

    /// When a grant last called; nil for one that never did.
    public func lastUse(of grant: GrantRecord, by actor: Actor) async throws(Refusal) -> WallTime? {
        try actor.require(.showGrant)
        return try await ports.lastUsed(grant.organisation, grant.label, grant.createdAt)
    }

    /// The servers a grant reaches.
    public func attachments(of id: RecordID, by actor: Actor) async throws(Refusal) -> [Attachment] {
        try actor.require(.showGrant)
        return try await attached(directory.fetch(GrantRecord.self, id, of: actor.organisation))
    }

    private func attached(_ grant: GrantRecord) async throws(Refusal) -> [Attachment] {
        try await directory.all(Attachment.self, of: grant.organisation, parents: [.grant: grant.id])
    }

    private func attachments(
        _ pairs: [Pair], of grant: GrantRecord, by actor: Actor, keeping mode: Attachment.Mode? = nil
    ) async throws(Refusal) -> [Attachment] {
        guard pairs.count <= AdministrationBounds.entries else {
            throw .invalid(field: "servers", reason: "are at most \(AdministrationBounds.entries)")
        }
        guard Set(pairs.map(\.server)).count == pairs.count else {
            throw .invalid(field: "servers", reason: "name one server twice")
        }
        var attachments: [Attachment] = []
        for pair in pairs {
            if pair.mode == .observe && mode != .observe { try actor.require(.observe) }
            // Looked for before an id is made of theirs: what a stranger gives may be longer than any of ours.
            _ = try await directory.fetch(ServerRecord.self, pair.server, of: actor.organisation)
            _ = try await directory.fetch(PolicyRecord.self, pair.policy, of: actor.organisation)
            attachments.append(
                Attachment(
                    organisation: grant.organisation, grant: grant.id, server: pair.server, policy: pair.policy,
                    mode: pair.mode))
        }
        return attachments
    }

    private func grantInForce(_ id: RecordID, of actor: Actor) async throws(Refusal) -> GrantRecord {
        let grant = try await directory.fetch(GrantRecord.self, id, of: actor.organisation)
        guard grant.revokedAt == nil else { throw .conflict("this grant is revoked") }
        return grant
    }

    private func credential(_ token: BearerToken, of grant: GrantRecord) -> Credential {
        let now = clock()
        return Credential(
            organisation: grant.organisation, id: .make(.credential, at: now), grant: grant.id, digest: token.digest,
            createdAt: now)
    }

    private func checkTags(_ tags: [String: String]) throws(Refusal) {
        guard tags.count <= AdministrationBounds.entries else {
            throw .invalid(field: "tags", reason: "are at most \(AdministrationBounds.entries)")
        }
        for (key, value) in tags {
            _ = try GivenText.name(key, "tags")
            _ = try GivenText.name(value, "tags")
        }
    }
}

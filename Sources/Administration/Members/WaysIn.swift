import GatewayStorage

/// What lets others into an organisation: its tokens of the interface and its invitations.
struct WaysIn {
    private let tokens: [AdminToken]
    private let invitations: [Invitation]

    init(to organisation: RecordID, in directory: Directory) async throws(Refusal) {
        tokens = try await directory.all(AdminToken.self, of: organisation)
        invitations = try await directory.all(Invitation.self, of: organisation)
    }

    /// Adds to a change the end of a member's with a role that is meant, and of all that was made with those.
    func end(of member: RecordID, where isMeant: (Role) -> Bool, with change: inout Administration.Change) {
        let own = tokens.filter { isMeant($0.role) && Self.isOf(member, $0.sponsor, $0.createdBy) }
        end(own, with: &change) { isMeant($0.role) && Self.isOf(member, $0.sponsor, $0.invitedBy) }
    }

    /// Adds to a change the end of what was made with a token, which the change removes.
    func end(madeWith token: RecordID, with change: inout Administration.Change) {
        end(made(with: [token]), with: &change) { Self.isMade(with: [token], $0.sponsor, $0.invitedBy) }
    }

    private func end(
        _ first: [AdminToken], with change: inout Administration.Change, where isMeant: (Invitation) -> Bool
    ) {
        var ended: [RecordID: AdminToken] = [:]
        var latest = first
        while !latest.isEmpty {
            for token in latest { ended[token.id] = token }
            latest = made(with: Set(latest.map(\.id))).filter { ended[$0.id] == nil && $0.id != change.id }
        }
        let makers = Set(ended.keys)
        for token in ended.values.sorted(by: { $0.id < $1.id }) {
            change.steps.append(.remove(token.row))
            change.along.append(token.id)
        }
        for invitation in invitations
        where isMeant(invitation) || Self.isMade(with: makers, invitation.sponsor, invitation.invitedBy) {
            change.steps.append(.remove(invitation.row))
            change.along.append(invitation.id)
        }
    }

    private func made(with makers: Set<RecordID>) -> [AdminToken] {
        tokens.filter { Self.isMade(with: makers, $0.sponsor, $0.createdBy) }
    }

    // Records of earlier versions say whose they are in the description of their maker alone.

    private static func isOf(_ member: RecordID, _ sponsor: Sponsor, _ maker: String) -> Bool {
        sponsor.member == member || Actor.id(in: maker, of: .member) == member
    }

    private static func isMade(with makers: Set<RecordID>, _ sponsor: Sponsor, _ maker: String) -> Bool {
        (sponsor.token ?? Actor.id(in: maker, of: .token)).map { makers.contains($0) } ?? false
    }
}

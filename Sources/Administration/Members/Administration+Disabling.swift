public import GatewayStorage

extension Administration {
    /// Keeps a member out, or lets it in again. Whoever is kept out is signed out everywhere at once, with what it made
    /// for others to come in by and its connected clients, and stays out whatever a provider says; an organisation keeps an
    /// admin who is not. Whoever is let in again connects clients anew.
    public func setDisabled(_ isDisabled: Bool, _ id: RecordID, by actor: Actor) async throws(Refusal) -> Member {
        let operation = isDisabled ? Operation.disableMember : .enableMember
        try actor.require(operation)
        let member = try await directory.fetch(Member.self, id, of: actor.organisation)
        guard member.isDisabled != isDisabled else { return member }
        var changed = member
        changed.isDisabled = isDisabled
        // In force at once: clients of theirs may be connected.
        var change = Change.replacing(member, with: changed, by: operation)
        if isDisabled {
            if member.role == .admin { change.steps += try await requireAnAdmin(without: member) }
            let sessions = try await directory.all(Session.self, of: member.organisation, parents: [.member: id])
            change.steps += sessions.map { .remove($0.row) }
            try await takeAlong(&change, of: member) { _ in true }
        }
        if member.isDisabled {
            // An earlier version let it keep them.
            change.steps += try await connections(of: member) { _ in true }.map { .remove($0.row) }
        }
        try await make(change, by: actor)
        if isDisabled { await disconnect(member, by: actor.description) { _ in true } }
        return changed
    }

    /// Another admin who can act, and a step that fails if that one goes at the same moment; nil where there is none.
    func keepingAnAdmin(without member: Member) async throws(Refusal) -> [DirectoryChange]? {
        let others = try await directory.all(Member.self, of: member.organisation)
        guard let other = others.first(where: { $0.role == .admin && $0.mayAct && $0.id != member.id }) else {
            return nil
        }
        return [.replace(other.row, with: other.row)]
    }

    /// The same, refused where there is none: an organisation keeps an admin.
    func requireAnAdmin(without member: Member) async throws(Refusal) -> [DirectoryChange] {
        guard let steps = try await keepingAnAdmin(without: member) else { throw .conflict("this is the last admin") }
        return steps
    }
}

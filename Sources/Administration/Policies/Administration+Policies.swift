public import GatewayStorage

extension Administration {
    /// Makes a policy without a version, with a draft if one is given. A draft may have errors; a version may not.
    public func createPolicy(
        _ title: String, draft: String?, by actor: Actor
    ) async throws(Refusal) -> PolicyRecord {
        try actor.require(.createPolicy)
        let title = try GivenText.name(title, "name")
        try checkDeclared(title, ports.declared().policies, "this policy")
        try await checkRoom(for: PolicyRecord.self, in: actor.organisation)
        let now = clock()
        var record = PolicyRecord(
            organisation: actor.organisation, id: .make(.policy, at: now), title: title, createdAt: now)
        record.draft = try checkedDraft(draft)
        var change = Change.inserting(record, by: .createPolicy)
        change.isEffective = false
        try await make(change, by: actor)
        return record
    }

    /// Sets the draft, or discards it; answers with what compiling it finds.
    public func draftPolicy(
        _ id: RecordID, _ draft: String?, by actor: Actor
    ) async throws(Refusal) -> (policy: PolicyRecord, verdict: PolicyVerdict?) {
        try actor.require(.draftPolicy)
        let old = try await directory.fetch(PolicyRecord.self, id, of: actor.organisation)
        var new = old
        new.draft = try checkedDraft(draft)
        var change = Change.replacing(old, with: new, by: .draftPolicy)
        change.isEffective = false
        try await make(change, by: actor)
        return (new, new.draft.map { ports.checkPolicy($0) })
    }

    /// Makes the draft, or the document given, the next version and puts it in force. One with an error is refused, and
    /// what is in force stays.
    public func publishPolicy(
        _ id: RecordID, document: String? = nil, by actor: Actor
    ) async throws(Refusal) -> PolicyVersion {
        try actor.require(.publishPolicy)
        let old = try await directory.fetch(PolicyRecord.self, id, of: actor.organisation)
        guard let text = try checkedDraft(document) ?? old.draft else {
            throw .conflict("there is no draft to publish")
        }
        return try await publish(text, as: .publishPolicy, of: old, keepsDraft: document != nil, by: actor)
    }

    /// Puts an earlier version in force again, as the next version.
    public func rollBackPolicy(
        _ id: RecordID, to number: Int, by actor: Actor
    ) async throws(Refusal) -> PolicyVersion {
        try actor.require(.rollBackPolicy)
        let old = try await directory.fetch(PolicyRecord.self, id, of: actor.organisation)
        let earlier = try await version(number, of: old)
        return try await publish(earlier.document, as: .rollBackPolicy, of: old, keepsDraft: true, by: actor)
    }

    private func publish(
        _ text: String, as operation: Operation, of old: PolicyRecord, keepsDraft: Bool, by actor: Actor
    ) async throws(Refusal) -> PolicyVersion {
        let verdict = ports.checkPolicy(text)
        guard verdict.errors.isEmpty else { throw .policyErrors(verdict.errors) }
        guard old.newest < AdministrationBounds.versions else {
            throw .conflict("a policy has at most \(AdministrationBounds.versions) versions – make another")
        }
        var new = old
        new.newest += 1
        new.published = new.newest
        if !keepsDraft { new.draft = nil }
        let version = PolicyVersion(
            organisation: old.organisation, policy: old.id, number: new.newest, document: text,
            publishedBy: actor.description, createdAt: clock())
        var change = Change.replacing(old, with: new, by: operation)
        change.steps.append(.insert(version.row))
        try await make(change, by: actor)
        return version
    }

    /// One version by its number.
    public func version(_ number: Int, of id: RecordID, by actor: Actor) async throws(Refusal) -> PolicyVersion {
        try actor.require(.showPolicy)
        return try await version(number, of: directory.fetch(PolicyRecord.self, id, of: actor.organisation))
    }

    func version(_ number: Int, of policy: PolicyRecord) async throws(Refusal) -> PolicyVersion {
        guard (1...max(1, policy.newest)).contains(number) else { throw .unknown(DirectoryKind.version.words) }
        return try await directory.fetch(
            PolicyVersion.self, PolicyVersion.id(of: policy.id, number), of: policy.organisation)
    }

    /// Removes a policy that no grant uses, with its versions.
    public func removePolicy(_ id: RecordID, by actor: Actor) async throws(Refusal) {
        try actor.require(.removePolicy)
        let policy = try await directory.fetch(PolicyRecord.self, id, of: actor.organisation)
        try await make(.removing(policy, by: .removePolicy), by: actor)
    }

    private func checkedDraft(_ text: String?) throws(Refusal) -> String? {
        guard let text else { return nil }
        guard text.utf8.count <= AdministrationBounds.policyBytes else {
            throw .invalid(field: "document", reason: "has at most \(AdministrationBounds.policyBytes) bytes")
        }
        return text
    }

    func checkDeclared(_ name: String, _ owned: Set<String>, _ what: String) throws(Refusal) {
        if owned.contains(where: { $0.utf8.elementsEqual(name.utf8) }) { throw .declared(what) }
    }
}

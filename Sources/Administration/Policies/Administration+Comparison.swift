public import GatewayStorage

/// Which document of a policy is meant.
public enum PolicyState: Sendable, Hashable {
    case version(Int)
    /// The version in force.
    case published
    case draft

    /// `7`, `published` or `draft`; nil for anything else.
    public init?(_ text: String) {
        switch text {
        case "published": self = .published
        case "draft": self = .draft
        default:
            guard let number = Int(text), number > 0, String(number).utf8.elementsEqual(text.utf8) else { return nil }
            self = .version(number)
        }
    }
}

extension Administration {
    /// What two states of a policy decide differently.
    ///
    /// - Parameters:
    ///   - old: the version in force, where none is given.
    ///   - new: the draft, where none is given.
    ///   - server: compares for the tools of this server as last seen; without one, for the names the documents have.
    public func comparePolicy(
        _ id: RecordID, from old: PolicyState?, to new: PolicyState?, over server: RecordID?, by actor: Actor
    ) async throws(Refusal) -> PolicyComparison {
        try actor.require(.comparePolicies)
        let policy = try await directory.fetch(PolicyRecord.self, id, of: actor.organisation)
        var definitions: [[UInt8]]?
        if let server {
            let record = try await directory.fetch(ServerRecord.self, server, of: actor.organisation)
            definitions = try await directory.all(
                SeenDefinition.self, of: record.organisation, parents: [.server: record.id]
            ).filter { $0.seenHash != nil }.map(\.seen)
        }
        let (before, after) = (
            try await document(old ?? .published, of: policy), try await document(new ?? .draft, of: policy)
        )
        guard let comparison = ports.comparePolicies(before, after, definitions) else {
            // A version was compiled when it was published; a draft may have errors.
            let problems = ports.checkPolicy(after).errors + ports.checkPolicy(before).errors
            throw .policyErrors(problems)
        }
        return comparison
    }

    private func document(_ state: PolicyState, of policy: PolicyRecord) async throws(Refusal) -> String {
        switch state {
        case .version(let number): return try await version(number, of: policy).document
        case .published:
            guard let number = policy.published else { throw .conflict("no version of this policy is in force") }
            return try await version(number, of: policy).document
        case .draft:
            guard let draft = policy.draft else { throw .conflict("this policy has no draft – say which versions") }
            return draft
        }
    }
}

public import PolicyEngine

/// The tools of one server that exist under one policy, each with the rules that bind it.
public final class ToolTable: Sendable {
    /// Every accepted tool, with whether it is visible: in observe mode the invisible ones are reachable too.
    private let entries: [ToolName: Entry]
    private let policy: Policy
    private let definitions: Definitions

    public struct Entry: Sendable {
        public let rules: ToolRules
        /// Nil where the server has no list of its tools.
        public let definition: Definitions.Accepted?
        public let visibility: Visibility
    }

    public init(policy: Policy, definitions: Definitions) {
        self.policy = policy
        self.definitions = definitions
        var entries: [ToolName: Entry] = [:]
        for (name, accepted) in definitions.accepted
        where !definitions.unaccepted.contains(name) && accepted.annotations != nil {
            entries[name] = Entry(
                rules: policy.rules(for: name, inputSchema: accepted.inputSchema),
                definition: accepted,
                visibility: policy.visibility(of: name))
        }
        self.entries = entries
    }

    /// The entry of an accepted tool, by the exact bytes of its name; of a server that has no list, of whatever name.
    public subscript(name: ToolName) -> Entry? {
        if let entry = entries[name] { return entry }
        guard definitions.hasNoList, !definitions.unaccepted.contains(name) else { return nil }
        return Entry(
            rules: policy.rules(for: name, inputSchema: nil), definition: nil, visibility: policy.visibility(of: name))
    }

    /// Why a name is no visible tool; for the audit only.
    public func invisibility(of name: ToolName, in definitions: Definitions) -> Invisibility? {
        switch policy.visibility(of: name) {
        case .hidden: return .hidden
        case .unlisted: return .unlisted
        case .visible: break
        }
        if entries[name] != nil { return nil }
        return definitions.unaccepted.contains(name) ? .unaccepted : .unknown
    }
}

/// Why a tool does not exist for a grant. The client is told the same in every case.
public enum Invisibility: String, Sendable {
    case hidden
    case unlisted = "default deny"
    case unaccepted
    case unknown
}

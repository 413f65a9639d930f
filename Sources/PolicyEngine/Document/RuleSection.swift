/// What a policy says of one kind of things: of tools, of resources or of prompts.
public struct RuleSection: Sendable, Equatable {
    /// What happens to those that nothing lists.
    public enum Standing: String, Sendable, Hashable, CaseIterable {
        case allow
        case deny
    }

    /// A name or pattern, with its rules.
    public struct Entry: Sendable, Equatable {
        public var names: NamePattern
        public var group: RuleGroup

        public init(_ names: NamePattern, _ group: RuleGroup) {
            self.names = names
            self.group = group
        }
    }

    /// `nil` only for resources and prompts, which then follow the document's.
    public var standing: Standing?
    public var hide: [NamePattern]
    /// In document order.
    public var entries: [Entry]

    public init(standing: Standing?, hide: [NamePattern] = [], entries: [Entry] = []) {
        self.standing = standing
        self.hide = hide
        self.entries = entries
    }
}

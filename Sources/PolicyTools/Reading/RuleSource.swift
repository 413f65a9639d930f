import PolicyEngine

/// One key of `tools`, or `all_tools`, with its rules and their place.
struct RuleSource: Sendable {
    let pointer: String
    /// `nil` for `all_tools`.
    let names: NamePattern?
    let group: RuleGroup

    /// The key applies to every tool and lists none.
    var isForAll: Bool { names?.matchesEverything ?? true }

    var isExact: Bool { names?.isExact ?? false }

    func applies(to tool: ToolName) -> Bool { names?.matches(tool) ?? true }

    /// Says nothing: `{}` or `action: allow`.
    var isEmpty: Bool {
        group.require.isEmpty && group.denyIf.isEmpty && group.approveIf.isEmpty && group.limits.isEmpty
            && group.rateLimit == nil && (group.action == nil || group.action == .allow)
    }
}

/// The rules of a document, found by tool.
struct RuleSources: Sendable {
    let all: [RuleSource]
    private let exact: [[UInt8]: Int]
    private let patterns: [Int]

    /// The rules about tools.
    init(_ document: PolicyDocument) {
        self.init(document.tools, forAll: document.allTools, at: "/tools")
    }

    /// - Parameters:
    ///   - common: rules for everything, where the section has such.
    ///   - pointer: where the section's entries are.
    init(_ section: RuleSection, forAll common: RuleGroup? = nil, at pointer: String) {
        var all: [RuleSource] = []
        if let common { all.append(RuleSource(pointer: "/all_tools", names: nil, group: common)) }
        for entry in section.entries {
            all.append(
                RuleSource(pointer: JSONPointer.entry(entry.names, in: pointer), names: entry.names, group: entry.group)
            )
        }
        var exact: [[UInt8]: Int] = [:]
        var patterns: [Int] = []
        for (position, source) in all.enumerated() {
            if let names = source.names, names.isExact {
                exact[names.utf8] = position
            } else {
                patterns.append(position)
            }
        }
        self.all = all
        self.exact = exact
        self.patterns = patterns
    }

    /// Everything that applies to a tool, in document order.
    func applying(to tool: ToolName) -> [RuleSource] {
        let named = exact[tool.utf8].map { [$0] } ?? []
        return (named + patterns.filter { all[$0].applies(to: tool) }).sorted().map { all[$0] }
    }
}

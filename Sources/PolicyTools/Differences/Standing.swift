import PolicyEngine

/// How one policy stands to a tool: whether it is there, and what is asked of its calls.
struct Standing: Sendable {
    enum Reach: Sendable, Equatable {
        case visible
        case hidden(by: String)
        case unlisted
    }

    let reach: Reach
    let rules: [ToolRule]

    var isReachable: Bool { reach == .visible && !rules.contains { $0.deniesAll } }

    /// What is asked of its calls, in words.
    var summary: String {
        let conditions = rules.count {
            if case .deny = $0.effect { true } else if case .require = $0.effect { true } else { false }
        }
        let approvals = rules.count { $0.use == .approveIf }
        let limits = rules.count { $0.use == nil }
        let parts = [
            conditions == 0 ? nil : Wording.count(conditions, "condition", "conditions"),
            approvals == 0 ? nil : Wording.count(approvals, "approval", "approvals"),
            limits == 0 ? nil : Wording.count(limits, "limit", "limits"),
        ].compactMap { $0 }
        return parts.isEmpty ? "with no condition" : "with " + parts.joined(separator: ", ")
    }
}

/// One section of a document, asked about one subject after the other.
struct SectionView: Sendable {
    let names: [NamePattern]
    private let section: RuleSection?
    private let standing: RuleSection.Standing
    private let sources: RuleSources
    private let hidePointer: String

    init(_ document: PolicyDocument, _ section: RuleSection?, _ kind: Subject.Kind, at pointer: String) {
        self.section = section
        self.standing = section?.standing ?? document.tools.standing ?? .deny
        self.sources =
            section.map { section in
                RuleSources(section, forAll: kind == .tool ? document.allTools : nil, at: pointer)
            } ?? RuleSources(RuleSection(standing: nil), at: pointer)
        self.hidePointer = kind == .tool ? "/hide" : "/\(kind.rawValue)s/hide"
        self.names = (section?.entries.map(\.names) ?? []) + (section?.hide ?? [])
    }

    func standing(of subject: Subject) -> Standing {
        let applying: [RuleSource]
        let rules: [ToolRule]
        switch subject {
        case .named(let name, _):
            applying = sources.all.filter { $0.names?.matches(name) ?? true }
            rules = applying.flatMap { $0.rules(for: String(decoding: name, as: UTF8.self)) }
        case .pattern(let names, _):
            applying = sources.all.filter { $0.isForAll || $0.names == names }
            rules = applying.flatMap { $0.rules(for: names.description) }
        case .others:
            applying = sources.all.filter(\.isForAll)
            rules = applying.flatMap { $0.rules(for: "TOOL") }
        }
        return Standing(reach: reach(of: subject, applying), rules: rules)
    }

    private func reach(of subject: Subject, _ applying: [RuleSource]) -> Standing.Reach {
        let hider = section?.hide.firstIndex { names in
            switch subject {
            case .named(let name, _): names.matches(name)
            case .pattern(let pattern, _): names == pattern || names.matchesEverything
            case .others: names.matchesEverything
            }
        }
        if let hider { return .hidden(by: "\(hidePointer)/\(hider)") }
        if let source = applying.first(where: { $0.group.action == .hide }) {
            return .hidden(by: source.pointer + "/action")
        }
        return standing == .allow || applying.contains { !$0.isForAll } ? .visible : .unlisted
    }
}

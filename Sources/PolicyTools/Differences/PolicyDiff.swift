public import PolicyEngine

/// Compares two policies by what they decide, not by how they are written.
///
/// A shorthand and its long form, two orders of keys, and a rule that another makes unnecessary are no difference. What
/// two conditions have to do with each other is told where one plainly implies the other; otherwise one is gone and
/// another new.
public struct PolicyDiff: Sendable {
    public let differences: [PolicyDifference]
    /// How many tools were compared; `nil` without definitions.
    public let tools: Int?

    /// - Parameter tools: the server's tools; without them, the names and patterns that either document has.
    public init(from old: PolicyDocument, to new: PolicyDocument, over tools: ToolDefinitions? = nil) {
        var differences = Self.settings(old, new)
        let sections: [(Subject.Kind, (PolicyDocument) -> RuleSection?, String)] = [
            (.tool, { $0.tools }, "/tools"), (.resource, { $0.resources }, "/resources/rules"),
            (.prompt, { $0.prompts }, "/prompts/rules"),
        ]
        for (kind, section, pointer) in sections {
            let left = SectionView(old, section(old), kind, at: pointer)
            let right = SectionView(new, section(new), kind, at: pointer)
            let known = kind == .tool ? tools : nil
            for subject in Self.subjects(left, right, kind, known) {
                let comparison = StandingComparison(subject, left.standing(of: subject), right.standing(of: subject))
                differences += comparison.differences
            }
        }
        self.differences = differences
        self.tools = tools?.tools.count
    }

    /// Whether a call may pass that did not, or with less asked of it.
    public var isLooser: Bool { differences.contains { $0.direction == .looser } }

    private static func subjects(
        _ old: SectionView, _ new: SectionView, _ kind: Subject.Kind, _ tools: ToolDefinitions?
    ) -> [Subject] {
        if let tools { return tools.tools.map { .named($0.name.utf8, kind) } + [.others(kind)] }
        var seen: Set<[UInt8]> = []
        let names = (old.names + new.names).filter { !$0.matchesEverything && seen.insert($0.utf8).inserted }
        return names.map { $0.isExact ? .named($0.utf8, kind) : .pattern($0, kind) } + [.others(kind)]
    }

    private static func settings(_ old: PolicyDocument, _ new: PolicyDocument) -> [PolicyDifference] {
        var differences: [PolicyDifference] = []
        func add(_ name: String, _ old: String, _ new: String) {
            guard !old.utf8.elementsEqual(new.utf8) else { return }
            differences.append(
                PolicyDifference(
                    subject: name, kind: .setting, direction: .other,
                    detail: "from \(Wording.shown(old)) to \(Wording.shown(new))", oldPointer: "/" + name,
                    newPointer: "/" + name))
        }
        add("timezone", old.timezone?.name ?? "UTC", new.timezone?.name ?? "UTC")
        add("explain", String(old.explain ?? false), String(new.explain ?? false))
        return differences
    }
}

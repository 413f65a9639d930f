import PolicyEngine
public import PolicyFiles

/// Looks in a policy for what is valid and yet probably a mistake (policy.md section 7).
///
///     let checked = PolicyCheck.check(bytes, name: "policy.yaml", against: tools)
///     for diagnostic in checked.diagnostics { print(diagnostic) }
///
/// With the definitions of a server's tools it knows which tools a key lists and what their arguments are; without, it
/// says what can be said of the document alone. Whatever it is not sure of it does not say.
public struct PolicyCheck {
    /// What came of it.
    public struct Checked: Sendable {
        /// Errors and warnings, in the order of the file.
        public var diagnostics: [Diagnostic]
        /// What each pattern of the document names; empty without definitions.
        public var patterns: [PatternReach]
        /// How many keys `tools` has; `nil` when the document has an error.
        public var keys: Int?

        public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
        public var hasWarnings: Bool { diagnostics.contains { $0.severity == .warning } }
    }

    /// Reads a document and checks it.
    ///
    /// - Parameters:
    ///   - name: the file's name, for diagnostics and for telling JSON from YAML.
    ///   - tools: the tools the policy is for, where they are known.
    ///   - appraise: tells what a tool does; names and claims alone when not said.
    public static func check(
        _ bytes: [UInt8], name: String, against tools: ToolDefinitions? = nil,
        appraise: @escaping Appraiser = ToolAppraisal.careful
    ) -> Checked {
        let (document, diagnostics) = PolicyFile.parse(bytes, name: name)
        guard let document, let root = LocatedDocument.parse(bytes, name: name).document else {
            return Checked(diagnostics: diagnostics, patterns: [])
        }
        var check = PolicyCheck(
            document, Findings(file: name, places: DocumentPlaces(root)), against: tools, appraise)
        check.look()
        return Checked(
            diagnostics: check.findings.sorted(with: diagnostics), patterns: check.patterns,
            keys: document.tools.entries.count)
    }

    let document: PolicyDocument
    let sources: RuleSources
    let tools: ToolDefinitions?
    let appraise: Appraiser
    var findings: Findings
    /// For each tool asked about, the arguments whose absence some rule judges.
    var presences: [ToolName: Set<PolicyPath>] = [:]
    /// How many places in schemas were looked at.
    var lookups = 0

    private init(
        _ document: PolicyDocument, _ findings: Findings, against tools: ToolDefinitions?,
        _ appraise: @escaping Appraiser
    ) {
        self.document = document
        self.sources = RuleSources(document)
        self.tools = tools
        self.appraise = appraise
        self.findings = findings
    }

    private mutating func look() {
        lookAtNames()
        for source in sources.all {
            lookAtRules(of: source)
            lookAtArguments(of: source)
            lookForShadows(in: source)
        }
        for (name, section) in [("resources", document.resources), ("prompts", document.prompts)] {
            guard let section else { continue }
            for source in RuleSources(section, at: "/\(name)/rules").all { lookAtRules(of: source) }
        }
        lookAtGraveTools()
    }

    /// What a key applies to, as far as it is known: tools that are hidden are out of the reach of rules.
    func reach(of source: RuleSource) -> [ToolDefinition] {
        guard let tools else { return [] }
        let found = source.names.map { tools.matching($0) } ?? tools.tools
        return found.filter { !isHidden($0.name) }
    }

    /// Named by `hide` or by `action: hide`.
    func isHidden(_ tool: ToolName) -> Bool { hider(of: tool) != nil }

    /// The place that hides a tool.
    func hider(of tool: ToolName) -> String? {
        if let index = document.tools.hide.firstIndex(where: { $0.matches(tool) }) { return "/hide/\(index)" }
        let source = sources.applying(to: tool).first { $0.group.action == .hide }
        return source.map { $0.pointer + "/action" }
    }
}

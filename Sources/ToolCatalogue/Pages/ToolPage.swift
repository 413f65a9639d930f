public import PolicyEngine

/// What a page about one tool says, generated from facts: no sentence in it is a third party's.
///
/// Names of tools, arguments and servers in it are; escape them.
public struct ToolPage: Sendable {
    /// A question people ask, with its answer.
    public struct Question: Sendable, Hashable {
        public let question: String
        public let answer: String
    }

    /// One thing the verdict rests on, as a row of a table.
    public struct EvidenceRow: Sendable, Hashable {
        /// `Name`, `Description`, `Argument`, `Annotation`.
        public let place: String
        public let found: String
        public let speaksFor: String
    }

    /// A step to put the policy in force.
    public struct Step: Sendable, Hashable {
        public let title: String
        public let text: String
    }

    public let server: CatalogueServer
    public let tool: CatalogueTool
    /// `Critical risk, Destructive: it detaches a user policy.`
    public let summary: String
    /// What the tool does, in a few sentences.
    public let whatItDoes: [String]
    /// Why it needs a policy, in a few sentences.
    public let why: [String]
    public let evidence: [EvidenceRow]
    /// Where the verdict comes from, and how sure it is.
    public let basis: String
    public let attacks: [AttackMatch]
    /// The recommended policy for the whole server, this tool's rule before the others'.
    public let serverPolicy: PolicyDocument
    /// The rule for this tool alone; under it every other tool is denied.
    public let toolPolicy: PolicyDocument
    /// What the recommended rule does.
    public let policyMeaning: String
    /// The word on the button: `Restrict`, `Limit` or `Allow`.
    public let actionWord: String
    public let steps: [Step]
    /// Other tools of the server that deal with the same things, the nearest first.
    public let related: [CatalogueTool]
    public let questions: [Question]
    /// Names of public documents.
    public let furtherReading: [String]

    /// The page of a server's tool; nil where the server has no such tool.
    public init?(of name: String, in server: CatalogueServer) {
        guard let tool = server.tools.first(where: { $0.name.utf8.elementsEqual(name.utf8) }) else { return nil }
        let prose = ToolProse(tool, of: server)
        self.server = server
        self.tool = tool
        summary = prose.summary
        whatItDoes = prose.whatItDoes
        why = prose.why
        evidence = prose.evidence
        basis = prose.basis
        attacks = AttackMatch.matches(tool, of: server)
        serverPolicy = .recommended(for: ([tool] + server.tools).map { (name: $0.name, verdict: $0.verdict) })
        toolPolicy = .recommended(forOnly: tool.name, tool.verdict)
        policyMeaning = prose.policyMeaning
        actionWord = prose.actionWord
        steps = prose.steps
        related = server.related(to: tool)
        questions = prose.questions
        var reading: [String] = []
        for reference in attacks.flatMap(\.pattern.references) where !reading.contains(reference) {
            reading.append(reference)
        }
        furtherReading = reading
    }
}

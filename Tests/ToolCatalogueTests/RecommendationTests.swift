import PolicyEngine
import Testing
import ToolCatalogue

/// product.md: by risk, then category.
@Suite("Recommendation")
struct RecommendationTests {
    private func recommendation(_ category: Category, _ risk: Risk) -> Recommendation {
        Recommendation(for: Classification(category: category, risk: risk, confidence: 0.9, evidence: []))
    }

    static let table: [(Category, Risk, Recommendation.Action, Int64?)] = [
        (.read, .low, .allow, nil), (.read, .medium, .allow, nil), (.read, .high, .approval, nil),
        (.read, .critical, .hide, nil),
        (.write, .low, .limit, 30), (.write, .medium, .limit, 30), (.write, .high, .approval, nil),
        (.write, .critical, .hide, nil),
        (.execute, .low, .limit, 10), (.execute, .medium, .limit, 10), (.execute, .high, .limit, 10),
        (.execute, .critical, .hide, nil),
        (.destructive, .low, .approval, nil), (.destructive, .medium, .approval, nil),
        (.destructive, .high, .approval, nil), (.destructive, .critical, .hide, nil),
        (.financial, .low, .approval, nil), (.financial, .medium, .approval, nil),
        (.financial, .high, .approval, nil), (.financial, .critical, .approval, nil),
    ]

    @Test("the rule follows risk, then category", arguments: table)
    func rule(_ category: Category, _ risk: Risk, _ action: Recommendation.Action, _ calls: Int64?) {
        let recommendation = recommendation(category, risk)
        #expect(recommendation.action == action)
        #expect(recommendation.callsAMinute == calls)
        #expect(recommendation.reason.hasPrefix("\(risk.rawValue) risk, \(category.rawValue)."))
    }

    @Test("the table is complete")
    func complete() { #expect(Self.table.count == Category.allCases.count * Risk.allCases.count) }

    @Test("a server's policy denies by default, hides what is Critical, and compiles")
    func serverPolicy() throws {
        let names = [
            "list_users", "create_user", "delete_user", "run_report_query", "refund_payment", "odd*name", "list_users",
        ]
        let tools = try names.map { try SampleTool.named($0, arguments: ["amount", "currency"]) }
        let context = ServerContext(tools: tools)
        let verdicts = zip(names, tools).map { (name: $0, verdict: ToolClassifier().classify($1, among: context)) }
        let document = PolicyDocument.recommended(for: verdicts, description: "a starting point")
        #expect(document.tools.standing == .deny)
        #expect(document.tools.hide.map(\.description) == ["delete_user"])
        let listed = document.tools.entries.map(\.names.description)
        #expect(listed == ["list_users", "create_user", "run_report_query", "refund_payment"])
        let policy = try Policy(compiling: document, id: "p", version: 1)
        _ = policy
        #expect(document.tools.entries[0].group == RuleGroup())
        #expect(document.tools.entries[1].group.action == .requireApproval)
        #expect(document.tools.entries[3].group.action == .requireApproval)
    }

    @Test("a limit of the recommendation is one a minute for each grant")
    func limit() throws {
        let group = try #require(recommendation(.execute, .high).group)
        #expect(group.rateLimit == RateLimit(max: 10_000_000, window: .seconds(60)))
        #expect(recommendation(.destructive, .critical).group == nil)
    }
}

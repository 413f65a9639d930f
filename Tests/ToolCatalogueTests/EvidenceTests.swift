import Testing
import ToolCatalogue

/// What a verdict rests on says what the verdict says.
@Suite("Evidence")
struct EvidenceTests {
    /// Some evidence names the verdict's category, and some says why it is as risky as it is.
    static func speaksForItself(_ verdict: Classification) {
        let evidence = verdict.evidence
        #expect(
            evidence.contains { $0.claim == .category(verdict.category) } || verdict.raises(.unreadable), "\(evidence)")
        #expect(Set(evidence).count == evidence.count, "nothing is said twice: \(evidence)")
        let isAboveItsCategory =
            switch verdict.category {
            case .read: verdict.risk > .low
            case .write: verdict.risk > .medium
            case .execute, .destructive, .financial: verdict.risk > .high
            }
        let raises = evidence.contains { if case .raises = $0.claim { true } else { false } }
        #expect(!isAboveItsCategory || raises, "\(verdict.risk): \(evidence)")
    }

    @Test("the evidence names the verdict's category, and why the risk is above what the category alone means")
    func tables() throws {
        for rows in Dictionary(grouping: VerdictTableTests.rows, by: \.server).values {
            let tools = try rows.map { try SampleTool.named($0.name, $0.description, arguments: $0.arguments) }
            let context = ServerContext(tools: tools)
            for tool in tools { Self.speaksForItself(ToolClassifier().classify(tool, among: context)) }
        }
    }

    /// A verb that alone does something else than with its object.
    static let reinterpreted: [(String, String, String, ToolCatalogue.Category)] = [
        ("detach_user_policy", "Detach a managed policy from a user.", "detach", .destructive),
        ("disconnect_admin_role", "Disconnect a role.", "disconnect", .destructive),
        ("start_job", "Start a job.", "start", .execute),
        ("capture_payment", "Capture a payment.", "capture", .financial),
        ("resolve_thread", "Resolve a thread.", "resolve", .write),
        ("take_screenshot", "Take a screenshot.", "take", .read),
    ]

    @Test("a verb that means something else with its object speaks for what it means there", arguments: reinterpreted)
    func withItsObject(_ name: String, _ text: String, _ verb: String, _ category: ToolCatalogue.Category) throws {
        let verdict = ToolClassifier().classify(try SampleTool.named(name, text))
        #expect(verdict.category == category)
        let said = verdict.evidence.filter { $0.place == .name && $0.found == verb }.map(\.claim)
        #expect(said.contains(.category(category)), "\(verdict.evidence)")
        let others = ToolCatalogue.Category.allCases.filter { $0 != category }
        #expect(!verdict.evidence.contains { piece in others.contains { piece.claim == .category($0) } })
    }

    @Test("a contradiction keeps both sides: what the name says and what the text does")
    func contradiction() throws {
        let verdict = ToolClassifier().classify(try SampleTool.named("get_status", "Deletes all files of the project."))
        let claims = verdict.evidence.map(\.claim)
        #expect(claims.contains(.category(.read)))
        #expect(claims.contains(.category(.destructive)))
        #expect(claims.contains(.raises(.contradiction)))
    }
}

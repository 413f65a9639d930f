import PolicyEngine
import PolicyFiles
import PolicyTools
import Testing

@Suite("policy init")
struct StarterTests {
    @Test("a starting policy lists every tool, and says why it says what of each")
    func golden() throws {
        let start = PolicyStarter.start(for: try Fixture.tools(), of: "accounts")
        try expect(PolicyWriter.yaml(start.document), isGolden: "init/policy.yaml")
        try expect(StartReport.text(start), isGolden: "init/reasons.txt")
    }

    @Test("nothing is found wrong with a starting policy, and it allows nothing grave")
    func checked() throws {
        let tools = try Fixture.tools()
        let start = PolicyStarter.start(for: tools)
        let checked = PolicyCheck.check(bytes(PolicyWriter.yaml(start.document)), name: "p.yaml", against: tools)
        #expect(checked.diagnostics.isEmpty, "\(checked.diagnostics)")
        let policy = try Policy(compiling: start.document, id: "p", version: 1)
        for tool in tools.tools {
            #expect(policy.visibility(of: tool.name) == .visible)
            let passes = policy.rules(for: tool.name, inputSchema: nil).isUnconditional
            #expect(passes == (ToolAppraisal.careful(tool).advice == .allow))
        }
        let unknown = try #require(ToolName("brought_by_the_next_version"))
        #expect(policy.visibility(of: unknown) == .unlisted)
    }

    @Test("another appraiser's advice is followed: limits and hiding too")
    func otherAppraiser() throws {
        let start = PolicyStarter.start(for: try Fixture.tools()) { tool in
            let advice: ToolAppraisal.Advice = tool.claims.isDestructive == true ? .hide : .limit(max: 30, window: 60)
            return ToolAppraisal(category: .write, advice: advice, evidence: "the test says so")
        }
        #expect(start.document.tools.hide.map(\.description) == ["delete_user"])
        #expect(start.document.tools.entries.count == 11)
        #expect(start.document.tools.entries.allSatisfy { $0.group.rateLimit?.max == 30_000_000 })
    }

    @Test("a name with a star is not listed: it would be a pattern")
    func star() throws {
        let tools = try ToolDefinitions(reading: bytes(#"[{"name":"get_*","annotations":{"readOnlyHint":true}}]"#))
        let start = PolicyStarter.start(for: tools)
        #expect(start.document.tools.entries.isEmpty)
        #expect(StartReport.text(start) == "get_*  not listed, and so denied: `*` in a name is a pattern\n")
    }
}

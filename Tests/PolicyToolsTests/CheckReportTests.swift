import PolicyFiles
import PolicyTools
import Testing

@Suite("policy check")
struct CheckReportTests {
    private static let policy = """
        version: "1"
        default: deny
        hide: ["delete_*"]
        tools:
          "list_*": {}
          get_usr: {}
          create_charge:
            deny_if: [{ conditions: [{ path: args.amount, op: gt, value: 500 }], on_deny: Over the cap. }]
            rate_limit: 20/hour

        """

    @Test("it prints what each pattern names, then what it found")
    func text() throws {
        let tools = try Fixture.tools()
        let checked = PolicyCheck.check(bytes(Self.policy), name: "policy.yaml", against: tools)
        try expect(CheckReport.text(checked, of: "policy.yaml", tools: tools.tools.count), isGolden: "check/report.txt")
    }

    @Test("it prints the same as JSON, an error beside it")
    func json() throws {
        let checked = PolicyCheck.check(bytes(Self.policy), name: "policy.yaml", against: try Fixture.tools())
        let bad = PolicyCheck.check(bytes("version: 1\n"), name: "bad.yaml", against: try Fixture.tools())
        try expect(CheckReport.json([("policy.yaml", checked), ("bad.yaml", bad)]), isGolden: "check/report.json")
        #expect(bad.hasErrors && bad.keys == nil)
    }

    @Test("a tool's name cannot do anything to a terminal")
    func hostileNames() throws {
        let tools = try ToolDefinitions(
            reading: bytes(#"[{"name":"delete_\u001b[2J"},{"name":"get_usr\u202e"},{"name":"create_charge"}]"#))
        let text = "version: \"1\"\ndefault: allow\ntools:\n  get_usr: {}\n  \"delete_*\": {}\n"
        let checked = PolicyCheck.check(bytes(text), name: "p.yaml", against: tools)
        let said = CheckReport.text(checked, of: "p.yaml", tools: 3)
        #expect(!said.unicodeScalars.contains { $0 == "\u{1b}" || $0 == "\u{202e}" })
        #expect(said.contains("delete_\\u{1b}[2J"))
    }

    @Test("a check of ten thousand tools and keys ends")
    func large() throws {
        let tools = try ToolDefinitions(
            reading: bytes("[" + (0..<10_000).map { #"{"name":"tool_\#($0)"}"# }.joined(separator: ",") + "]"))
        let keys = (0..<10_000).map { "  tool_\($0): { rate_limit: 5/day }\n" }.joined()
        let checked = PolicyCheck.check(
            bytes("version: \"1\"\ndefault: deny\ntools:\n" + keys + "  \"tool_*\": {}\n"), name: "p.yaml",
            against: tools)
        #expect(checked.diagnostics.isEmpty)
        #expect(checked.patterns.first?.tools.count == 10_000)
    }
}

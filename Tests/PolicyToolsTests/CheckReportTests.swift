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

    /// Documents that are large where comparing everything with everything would take hours.
    private static let hostile: [(String, String)] = [
        (
            "many conditions of one rule",
            "get_user: { deny_if: [{ conditions: ["
                + (0..<6_000).map { "{ path: args.user_name, op: eq, value: u\($0) }" }.joined(separator: ", ")
                + "] }] }"
        ),
        (
            "many rules of one tool",
            "get_user: { deny_if: ["
                + (0..<2_000).map { "{ conditions: [{ path: grant.label, op: eq, value: g\($0) }] }" }
                .joined(separator: ", ") + "] }"
        ),
        (
            "long lists",
            "create_charge: { deny_if: ["
                + (0..<20).map { rule in
                    let values = (0..<2_000).map { "v\(rule)-\($0)" }.joined(separator: ", ")
                    return "{ conditions: [{ path: args.currency, op: in, value: [\(values)] }] }"
                }.joined(separator: ", ") + "] }"
        ),
        (
            "deep conditions",
            "get_user: { deny_if: ["
                + (0..<40).map { rule in
                    let inner = "{ path: args.user_name, op: eq, value: u\(rule) }"
                    let deep = (0..<15).reduce(inner) { nested, _ in "{ any: [\(nested), { all: [\(inner)] }] }" }
                    return "{ conditions: [\(deep)] }"
                }.joined(separator: ", ") + "] }"
        ),
    ]

    @Test("a check of a policy made to be slow ends", .timeLimit(.minutes(2)), arguments: hostile.indices)
    func ends(_ row: Int) throws {
        let text = "version: \"1\"\ndefault: deny\ntools:\n  \(Self.hostile[row].1)\n"
        let checked = PolicyCheck.check(bytes(text), name: "p.yaml", against: try Fixture.tools())
        #expect(!checked.hasErrors)
        #expect(checked.diagnostics.count <= DocumentBounds.diagnostics)
        let document = try #require(PolicyFile.parse(bytes(text), name: "p.yaml").document)
        #expect(PolicyDiff(from: document, to: document).differences.isEmpty)
    }
}

import PolicyEngine
import PolicyFiles
import Testing

@Suite("time zones")
struct ZoneTests {
    private func offset(_ zone: String, _ time: String) -> Int64? {
        Zones.named(zone)?.offset(at: Timestamp(time)!.seconds)
    }

    @Test("a zone's clocks are set when they are by law, to the second")
    func changes() {
        #expect(offset("Europe/Berlin", "2026-03-29T00:59:59Z") == 3_600)
        #expect(offset("Europe/Berlin", "2026-03-29T01:00:00Z") == 7_200)
        #expect(offset("Europe/Berlin", "2026-10-25T01:00:00Z") == 3_600)
        #expect(offset("America/New_York", "2026-03-08T06:59:59Z") == -18_000)
        #expect(offset("America/New_York", "2026-03-08T07:00:00Z") == -14_400)
        #expect(offset("Asia/Kolkata", "2026-07-28T00:00:00Z") == 19_800)
        #expect(offset("Australia/Lord_Howe", "2026-07-01T00:00:00Z") == 37_800)
        #expect(offset("Australia/Lord_Howe", "2026-12-01T00:00:00Z") == 39_600)
        #expect(Zones.named("UTC") == .utc)
        #expect(offset("Etc/UTC", "2026-07-28T00:00:00Z") == 0)
    }

    @Test(
        "what is no name is no zone",
        arguments: ["", "Berlin", "europe/berlin", "Europe/\u{212a}iev", "GMT+2", "/etc/x"])
    func unknown(_ name: String) {
        #expect(Zones.named(name) == nil)
    }

    @Test("a document's zone is read, judged by and written back")
    func document() throws {
        let text = """
            version: "1"
            default: allow
            timezone: Europe/Berlin
            all_tools: { deny_if: [{ conditions: [{ path: time.hour, op: gte, value: 18 }] }] }

            """
        let (read, diagnostics) = PolicyFile.parse(bytes(text), name: "p.yaml")
        #expect(diagnostics.isEmpty)
        let document = try #require(read)
        let policy = try Policy(compiling: document, id: "p", version: 1)
        let tool = ToolName("t")!
        func isPermitted(_ time: String) -> Bool {
            let context = PolicyContext(
                tool: tool, serverName: "s", grantLabel: "g", time: Timestamp(time)!.milliseconds)
            let request = PolicyRequest(arguments: nil, context: context)
            guard case .permitted = policy.rules(for: tool, inputSchema: nil).decide(request) else { return false }
            return true
        }
        #expect(isPermitted("2026-07-28T15:59:59Z"))
        #expect(!isPermitted("2026-07-28T16:00:00Z"))
        #expect(isPermitted("2026-01-28T16:59:59Z"))
        #expect(!isPermitted("2026-01-28T17:00:00Z"))
        #expect(PolicyWriter.yaml(document).contains("timezone: Europe/Berlin\n"))
    }
}

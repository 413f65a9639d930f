import PolicyEngine
import PolicyTools
import Testing
import WireJSON

@Suite("policy replay")
struct ReplayTests {
    private static let policy = """
        version: "1"
        default: deny
        hide: [drop]
        tools:
          read: {}
          pay:
            deny_if: [{ conditions: [{ path: args.amount, op: gt, value: 100 }], on_deny: Too much. }]
            approve_if: [{ conditions: [{ path: args.amount, op: gt, value: 50 }] }]
            limits: [{ counter: paid, window: day, max: 150, amount: args.amount }]
          ping: { rate_limit: 2/minute }
          asked: { action: require_approval }
          closed: { deny_if: [{ conditions: [{ path: grant.label, op: eq, value: guest }] }, { conditions: [{ path: args.x, op: eq, value: 1 }] }] }
          tagged: { deny_if: [{ conditions: [{ path: grant.tags.team, op: eq, value: a }] }] }
        """

    /// A digest that the tests can write: the bytes themselves.
    static func digest(_ bytes: [UInt8]) -> [UInt8] { bytes }

    /// A record of the audit.
    static func record(
        _ tool: String, _ arguments: String? = nil, isCaptured: Bool = true, at seconds: Int = 0, grant: String = "g",
        outcome: String = "allowed"
    ) throws -> RecordedCall {
        var writer = JSONWriter()
        try writer.object { writer in
            writer.member("kind", "decision")
            writer.member("time", 1_700_000_000_000 + seconds * 1_000)
            writer.member("request", "r-\(tool)-\(seconds)")
            writer.member("outcome", outcome)
            writer.member("grant", grant)
            writer.member("server", "s")
            writer.member("method", "tools/call")
            writer.member("tool", tool)
            guard let arguments else { return }
            let json = try JSON(bytes(arguments))
            writer.member("argumentsDigest", Hexadecimal.text(digest(json.canonicalExact())))
            if isCaptured { writer.member("arguments", json) }
        }
        return try #require(RecordedCall(entry: try JSON(writer.bytes), digest: digest))
    }

    private func judge(_ calls: [RecordedCall], tools: ToolDefinitions? = nil) throws -> [String] {
        var replay = try PolicyReplay(try document(Self.policy), tools: tools)
        return calls.map { replay.judge($0).word }
    }

    @Test("a call is judged by what the record tells of it")
    func verdicts() throws {
        let said = try judge([
            Self.record("read"), Self.record("drop"), Self.record("none"), Self.record("pay", #"{"amount": 10}"#),
            Self.record("pay", #"{"amount": 60}"#, at: 1), Self.record("pay", #"{"amount": 101}"#, at: 2),
            Self.record("asked", at: 3),
        ])
        #expect(said == ["allowed", "not_visible", "not_visible", "allowed", "held", "denied", "held"])
    }

    @Test("a call whose arguments were not captured is undecidable where a rule looks at them, and never allowed")
    func uncaptured() throws {
        let said = try judge([
            Self.record("read", #"{"a": 1}"#, isCaptured: false),
            Self.record("pay", #"{"amount": 1}"#, isCaptured: false),
            Self.record("closed", #"{"x": 2}"#, isCaptured: false),
            Self.record("closed", #"{"x": 2}"#, isCaptured: false, grant: "guest"),
            Self.record("ping", #"{"x": 2}"#, isCaptured: false),
        ])
        #expect(said == ["allowed", "undecidable", "undecidable", "denied", "allowed"])
    }

    @Test("arguments that are not those of the digest count as not captured")
    func redacted() throws {
        let entry =
            #"{"kind":"decision","time":1,"outcome":"allowed","server":"s","method":"tools/call","tool":"pay","#
            + #""argumentsDigest":"00","arguments":{"amount":1}}"#
        let call = try #require(RecordedCall(entry: try JSON(bytes(entry)), digest: Self.digest))
        #expect(try judge([call]) == ["undecidable"])
    }

    @Test("what is not in the audit is never guessed")
    func tags() throws {
        var replay = try PolicyReplay(try document(Self.policy))
        #expect(try replay.judge(Self.record("tagged")) == .undecidable("`grant.tags.team` is not in the audit"))
    }

    @Test("an argument left out may have a default, which only a definition tells")
    func defaults() throws {
        let call = try Self.record("pay", "{}")
        #expect(try judge([call]) == ["undecidable"])
        let plain = try ToolDefinitions(reading: bytes(#"[{"name":"pay","inputSchema":{"type":"object"}}]"#))
        // Without an amount there is nothing to charge.
        #expect(try judge([call], tools: plain) == ["denied"])
        let defaulted = try ToolDefinitions(
            reading: bytes(#"[{"name":"pay","inputSchema":{"properties":{"amount":{"type":"number","default":7}}}}]"#))
        #expect(try judge([call], tools: defaulted) == ["allowed"])
    }

    @Test("limits are counted along the record's time, for each grant")
    func limits() throws {
        let said = try judge([
            Self.record("ping", at: 0), Self.record("ping", at: 1), Self.record("ping", at: 2),
            Self.record("ping", at: 3, grant: "other"), Self.record("ping", at: 70), Self.record("ping", at: 71),
            Self.record("ping", at: 72),
        ])
        #expect(said == ["allowed", "allowed", "limited", "allowed", "allowed", "allowed", "limited"])
    }

    @Test("whatever hangs on a call that is not decided is not decided either")
    func chained() throws {
        let said = try judge([
            Self.record("pay", #"{"amount": 40}"#, at: 0),
            Self.record("pay", #"{"amount": 1}"#, isCaptured: false, at: 1),
            Self.record("pay", #"{"amount": 40}"#, at: 2),
            Self.record("pay", #"{"amount": 40}"#, at: 90_000),
        ])
        #expect(said == ["allowed", "undecidable", "undecidable", "allowed"])
    }

    @Test("a day's limit over twenty thousand calls is counted, whatever is remembered")
    func many() throws {
        var replay = try PolicyReplay(
            try document("version: \"1\"\ndefault: deny\ntools: { ping: { rate_limit: 10000/day } }"))
        var words: [String: Int] = [:]
        for second in 0..<20_000 {
            words[replay.judge(try Self.record("ping", at: second / 2)).word, default: 0] += 1
        }
        #expect(words == ["allowed": 10_000, "limited": 10_000])
    }

    @Test("only decisions about calls of tools are calls")
    func others() throws {
        for entry in [
            #"{"kind":"completion","time":1,"outcome":"completed","server":"s","tool":"pay"}"#,
            #"{"kind":"decision","time":1,"outcome":"allowed","server":"s","method":"tools/list"}"#,
            #"{"kind":"decision","time":1,"outcome":"refused","method":"tools/call"}"#, "[]",
        ] {
            #expect(RecordedCall(entry: try JSON(bytes(entry)), digest: Self.digest) == nil)
        }
    }

    @Test("reports for people and programs")
    func reports() throws {
        var replay = try PolicyReplay(try document(Self.policy))
        var summary = ReplaySummary()
        for call in [
            try Self.record("read"), try Self.record("drop", at: 1), try Self.record("pay", #"{"amount": 101}"#, at: 2),
            try Self.record("pay", #"{"amount": 1}"#, isCaptured: false, at: 3),
            try Self.record("asked", at: 4, outcome: "approval_owed"),
            try Self.record("read", at: 5, outcome: "denied"),
        ] { summary.add(call, replay.judge(call)) }
        try expect(ReplayReport.text(summary) { "\($0)" }, isGolden: "replay/report.txt")
        try expect(ReplayReport.json(summary), isGolden: "replay/report.json")
        #expect(ReplayReport.text(ReplaySummary()) { "\($0)" } == "no calls\n")
    }
}

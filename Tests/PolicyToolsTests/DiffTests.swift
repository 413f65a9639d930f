import PolicyEngine
import PolicyTools
import Testing

@Suite("policy diff")
struct DiffTests {
    private static let head = "version: \"1\"\ndefault: deny\n"

    private static func diff(_ old: String, _ new: String, tools: Bool = true) throws -> PolicyDiff {
        PolicyDiff(
            from: try document(head + old), to: try document(head + new), over: tools ? try Fixture.tools() : nil)
    }

    /// Old, new, and what is said of it.
    private static let cases: [(String, String, [String])] = [
        ("tools: { get_user: {} }", "tools: { get_user: {}, create_user: {} }", ["looser create_user gained"]),
        ("tools: { get_user: {} }", "tools: {}", ["tighter get_user lost"]),
        ("tools: { get_user: {} }", "hide: [get_user]\ntools: { get_user: {} }", ["tighter get_user hidden"]),
        ("tools: { get_user: {} }", "tools: { get_user: { action: hide } }", ["tighter get_user hidden"]),
        ("tools: { get_user: {} }", "tools: { get_user: { action: deny } }", ["tighter get_user closed"]),
        ("tools: { get_user: { action: deny } }", "tools: { get_user: {} }", ["looser get_user gained"]),
        ("tools: { get_user: { action: deny } }", "tools: {}", ["other get_user lost"]),
        ("hide: [get_user]", "tools: {}", []),
        ("tools: { get_user: {} }", "tools: { get_user: { rate_limit: 5/day } }", ["tighter get_user capped"]),
        ("tools: { get_user: { rate_limit: 5/day } }", "tools: { get_user: {} }", ["looser get_user uncapped"]),
        (
            "tools: { get_user: { rate_limit: 5/day } }", "tools: { get_user: { rate_limit: 6/day } }",
            ["looser get_user uncapped"]
        ),
        (
            "tools: { get_user: { rate_limit: 5/day } }",
            "tools: { get_user: { limits: [{ counter: get_user_rate, window: 24h, max: 5 }] } }", []
        ),
        (
            "tools: { get_user: {} }", "tools: { get_user: { action: require_approval } }",
            ["tighter get_user held"]
        ),
        (
            "tools: { get_user: { action: require_approval } }", "tools: { get_user: {} }",
            ["looser get_user released"]
        ),
        (
            "tools: { get_user: { action: require_approval } }",
            "tools: { get_user: { approve_if: [{ conditions: [], min: 2 }] } }", ["other get_user reworded"]
        ),
        (
            "tools: { create_charge: { deny_if: [{ conditions: [{ path: args.amount, op: gt, value: 5 }] }] } }",
            "tools: { create_charge: { deny_if: [{ conditions: [{ path: args.amount, op: gt, value: 9 }] }] } }",
            ["looser create_charge loosened"]
        ),
        (
            "tools: { create_charge: { deny_if: [{ conditions: [{ path: args.amount, op: gt, value: 9 }] }] } }",
            "tools: { create_charge: { deny_if: [{ conditions: [{ path: args.amount, op: gt, value: 5 }] }] } }",
            ["tighter create_charge tightened"]
        ),
        (
            "tools: { create_charge: { require: [{ conditions: [{ path: args.currency, op: eq, value: eur }] }] } }",
            "tools: { create_charge: { require: [{ conditions: [{ path: args.currency, op: in, value: [eur, usd] }] }] } }",
            ["looser create_charge loosened"]
        ),
        (
            "tools: { create_charge: { approve_if: [{ conditions: [{ path: args.amount, op: gt, value: 9 }] }] } }",
            "tools: { create_charge: { deny_if: [{ conditions: [{ path: args.amount, op: gt, value: 9 }] }] } }",
            ["tighter create_charge tightened"]
        ),
        (
            "tools: { create_charge: { deny_if: [{ conditions: [], on_deny: A. }, { conditions: [] }] } }",
            "tools: { create_charge: { action: deny, reason: B. } }", []
        ),
        (
            "tools: { get_user: { deny_if: [{ conditions: [{ path: grant.label, op: eq, value: a }], on_deny: A. }] } }",
            "tools: { get_user: { deny_if: [{ conditions: [{ path: grant.label, op: eq, value: a }], on_deny: B. }] } }",
            ["other get_user reworded"]
        ),
        (
            "tools: { \"list_*\": {} }", "tools: { list_users: {}, list_groups: {} }", ["tighter list_charges lost"]
        ),
        ("explain: true", "timezone: Europe/Berlin", ["other timezone setting", "other explain setting"]),
        (
            "tools: { get_user: {} }\nprompts: { default: allow }", "tools: { get_user: {} }",
            ["tighter any other prompt lost"]
        ),
    ]

    @Test("what has changed for each tool is told, and who gains by it", arguments: cases.indices)
    func told(_ row: Int) throws {
        let (old, new, said) = Self.cases[row]
        let diff = try Self.diff(old, new)
        #expect(diff.differences.map { "\($0.direction.rawValue) \($0.subject) \($0.kind.rawValue)" } == said)
        #expect(try Self.diff(old, old).differences.isEmpty && Self.diff(new, new).differences.isEmpty)
    }

    @Test("what is looser one way is never looser the other way, unless something else is")
    func directions() throws {
        for (old, new, _) in Self.cases {
            let forth = try Self.diff(old, new).differences.map(\.direction)
            let back = try Self.diff(new, old).differences.map(\.direction)
            if !forth.isEmpty, forth.allSatisfy({ $0 == .looser }) { #expect(!back.contains(.looser)) }
            if !forth.isEmpty, forth.allSatisfy({ $0 == .tighter }) { #expect(!back.contains(.tighter)) }
        }
    }

    private static let old = """
        tools:
          "list_*": {}
          get_user: {}
          create_user: { action: require_approval }
          delete_user: { action: deny, reason: By hand. }
          create_charge:
            deny_if: [{ conditions: [{ path: args.amount, op: gt, value: 500 }], on_deny: Over the cap. }]
            rate_limit: 20/hour

        """
    private static let new = """
        hide: [delete_user]
        tools:
          list_users: {}
          get_user: { rate_limit: 100/minute }
          create_user: {}
          create_charge:
            deny_if:
              - conditions: [{ path: args.amount, op: gt, value: 1000 }]
                on_deny: Over the cap.
              - conditions: [{ not: { path: args.currency, op: in, value: [eur] } }]
            rate_limit: 20/hour
          send_mail: { action: require_approval }

        """

    @Test("a report for people, over the tools of a server")
    func text() throws {
        try expect(DiffReport.text(Self.diff(Self.old, Self.new)), isGolden: "diff/with-tools.txt")
    }

    @Test("without definitions, names and patterns are compared")
    func withoutTools() throws {
        try expect(DiffReport.text(Self.diff(Self.old, Self.new, tools: false)), isGolden: "diff/without-tools.txt")
    }

    @Test("a report as JSON")
    func json() throws {
        try expect(DiffReport.json(Self.diff(Self.old, Self.new)), isGolden: "diff/report.json")
    }

    @Test("policies that decide alike are said to")
    func alike() throws {
        let diff = try Self.diff(Self.old, Self.old)
        #expect(DiffReport.text(diff) == "the policies decide alike\n")
        #expect(!diff.isLooser)
    }
}

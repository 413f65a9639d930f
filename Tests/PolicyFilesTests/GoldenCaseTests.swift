import PolicyEngine
import PolicyFiles
import Testing

@Suite("golden cases")
struct GoldenCaseTests {
    private func policy() throws -> Policy {
        let text = """
            version: "1"
            default: deny
            hide: [gone]
            tools:
              list: {}
              pay:
                deny_if: [{ conditions: [{ path: args.amount, op: gt, value: 10 }], on_deny: Too much. }]
                approve_if: [{ conditions: [{ path: args.amount, op: gt, value: 5 }] }]
                limits: [{ counter: paid, window: day, max: 100, amount: args.amount }]
              tagged:
                deny_if: [{ conditions: [{ path: grant.tags.team, op: neq, value: platform }] }]
              late:
                deny_if: [{ conditions: [{ path: time.hour, op: gte, value: 18 }] }]
            resources: { rules: { "file:///srv/*": { deny_if: [{ conditions: [{ path: args.uri, op: contains, value: key }] }] } } }
            prompts: { hide: [old], rules: { sum: { require: [{ conditions: [{ path: args.in, op: eq, value: en }] }] } } }
            """
        let document = try #require(PolicyFile.parse(bytes(text), name: "policy.yaml").document)
        return try Policy(compiling: document, id: "p", version: 1)
    }

    private func run(_ text: String) throws -> [CaseResult] {
        let (cases, diagnostics) = GoldenCases.parse(bytes(text), name: "cases.yaml")
        #expect(diagnostics.isEmpty)
        return try #require(cases).run(policy())
    }

    @Test("a case that holds says so, one that does not says how it came about")
    func results() throws {
        let results = try run(
            """
            - { name: holds, call: { tool: pay, arguments: { amount: 11 } }, expect: deny, message: Too much. }
            - { name: fails, call: { tool: pay, arguments: { amount: 3 } }, expect: deny }
            """)
        #expect(results[0].description == "cases.yaml:1: holds: ok")
        #expect(
            results[1].description == """
                cases.yaml:2: fails
                    expected the call to be denied, it is permitted
                    /tools/pay/deny_if/0 does not act
                        args.amount gt 10: does not hold (saw 3)
                    /tools/pay/approve_if/0 does not act
                        args.amount gt 5: does not hold (saw 3)
                    /tools/pay/limits/0 charges 3 of 100 to `paid`
                    permitted, owing 1 charge(s)
                """)
    }

    private static let failing = [
        "call: { tool: list }, expect: hidden": "expected the tool to be hidden, it is visible",
        "call: { tool: gone }, expect: visible": "expected the tool to be visible, it is hidden",
        "call: { tool: none }, expect: allow": "expected the call to be judged, the tool is unlisted",
        "call: { resource: a:b }, expect: allow": "expected the call to be judged, the resource is unlisted",
        "call: { prompt: sum }, expect: hidden": "expected the prompt to be hidden, it is visible",
        "call: { tool: list }, expect: deny": "expected the call to be denied, it is permitted",
        "call: { tool: pay, arguments: { amount: 11 } }, expect: allow":
            "expected the call to be permitted, /tools/pay/deny_if/0 denies it: Too much.",
        "call: { tool: pay, arguments: { amount: 11 } }, expect: deny, rule: /tools/pay/deny_if/1":
            "expected /tools/pay/deny_if/1 to deny, /tools/pay/deny_if/0 did",
        "call: { tool: pay, arguments: { amount: 11 } }, expect: deny, message: No.":
            "expected the message `No.`, it is `Too much.`",
        "call: { tool: pay, arguments: { amount: 3 } }, expect: allow, charges: []":
            "expected other charges than [paid 3]",
        "call: { tool: pay, arguments: { amount: 3 } }, expect: allow, charges: [{ counter: paid, amount: 4 }]":
            "expected other charges than [paid 3]",
        "call: { tool: pay, arguments: { amount: 6 } }, expect: allow, approvals: []":
            "expected [] to ask for approval, [/tools/pay/approve_if/0] did",
        "call: { tool: tagged, context: { grant: { tags: { team: other } } } }, expect: allow":
            "expected the call to be permitted, /tools/tagged/deny_if/0 denies it: Calls to `tagged` like this one are not allowed.",
        "call: { tool: tagged }, expect: allow":
            "expected the call to be permitted, /tools/tagged/deny_if/0 denies it: Calls to `tagged` like this one are not allowed.",
    ]

    @Test("each difference is said", arguments: failing.sorted { $0.key < $1.key })
    func differences(_ line: (key: String, value: String)) throws {
        #expect(try run("- { name: case, \(line.key) }").first?.differences == [line.value])
    }

    private static let holding = [
        "call: { resource: file:///srv/a }, expect: visible", "call: { resource: file:///etc/a }, expect: unlisted",
        "call: { resource: file:///srv/a }, expect: allow",
        "call: { resource: file:///srv/key }, expect: deny, rule: '/resources/rules/file:~1~1~1srv~1*/deny_if/0'",
        "call: { prompt: old }, expect: hidden", "call: { prompt: sum, arguments: { in: en } }, expect: allow",
        "call: { prompt: sum }, expect: deny, rule: /prompts/rules/sum/require/0",
        "call: { prompt: sum, schema: { properties: { in: { default: en } } } }, expect: allow",
        "call: { tool: late, context: { time: 2026-07-28T17:59:59Z } }, expect: allow",
        "call: { tool: late, context: { time: 2026-07-28T18:00:00Z } }, expect: deny",
        "call: { tool: late }, expect: deny",
        "call: { tool: list }, expect: visible", "call: { tool: gone }, expect: hidden",
        "call: { tool: none }, expect: unlisted",
        "call: { tool: list }, expect: allow, charges: [], approvals: []",
        "call: { tool: pay, arguments: { amount: 3 } }, expect: allow, charges: [{ counter: paid, amount: 3, max: 100, window: day }]",
        "call: { tool: pay, arguments: { amount: 6 } }, expect: allow, approvals: [/tools/pay/approve_if/0]",
        "call: { tool: tagged, context: { grant: { label: l, tags: { team: platform } }, tool: { category: c, risk: r }, server: { name: s }, principal: { id: i, email: e } } }, expect: allow",
        "call: { tool: pay, schema: { properties: { amount: { default: 11 } } } }, expect: deny, rule: /tools/pay/deny_if/0",
    ]

    @Test("what a case does not name may be anything", arguments: holding)
    func holds(_ line: String) throws {
        #expect(try run("- { name: case, \(line) }").first?.differences == [])
    }

    @Test("cases may share schemas")
    func schemas() throws {
        let results = try run(
            """
            tools:
              pay: { properties: { amount: { default: 11 } } }
            cases:
              - { name: case, call: { tool: pay }, expect: deny, rule: /tools/pay/deny_if/0 }
            """)
        #expect(results.first?.holds == true)
    }

    private static let bad = [
        "cases: []\ntolls: {}": "cases.yaml:2:1: unknown key `tolls` in a file of cases – did you mean `tools`?",
        "tools: {}": "cases.yaml:1:1: `cases` is missing in a file of cases",
        "- { name: case, call: { tool: t }, expect: maybe }":
            "cases.yaml:1:44: `expect` is one of `visible`, `hidden`, `unlisted`, `allow`, `deny`, not `maybe`",
        "- { name: case, call: { tool: t }, expect: allow, rule: /tools/t }":
            "cases.yaml:1:51: `rule` does not go with `expect: allow`",
        "- { call: { tool: t }, expect: allow }": "cases.yaml:1:3: `name` is missing in a case",
        "- { name: case, call: {}, expect: allow }":
            "cases.yaml:1:23: a call has one of `tool`, `resource` and `prompt`",
        "- { name: case, call: { tool: t, prompt: p }, expect: allow }":
            "cases.yaml:1:23: a call has one of `tool`, `resource` and `prompt`",
        "- { name: case, call: { resource: a:b, arguments: {} }, expect: allow }":
            "cases.yaml:1:40: a resource is read without `arguments`",
        "- { name: case, call: { tool: t, context: { time: noon } }, expect: allow }":
            "cases.yaml:1:51: `time` is an RFC 3339 time such as 2026-07-28T12:00:00Z",
    ]

    @Test("mistakes in cases are said at their place", arguments: bad.sorted { $0.key < $1.key })
    func diagnostics(_ line: (key: String, value: String)) {
        let (cases, diagnostics) = GoldenCases.parse(bytes(line.key), name: "cases.yaml")
        #expect(cases == nil)
        #expect(diagnostics.map(\.description) == [line.value])
    }
}

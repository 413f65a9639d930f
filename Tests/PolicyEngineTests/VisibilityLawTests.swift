import PolicyEngine
import Testing

/// What must be so of names, for every policy.
@Suite("laws of visibility")
struct VisibilityLawTests {
    private static let policies = 1_500

    /// What policy.md section 1 says of visibility, in the plainest words.
    private func expected(_ document: PolicyDocument, _ tool: String) -> Bool {
        let utf8 = Array(tool.utf8)
        let hides = document.tools.hide + document.tools.entries.filter { $0.group.action == .hide }.map(\.names)
        if hides.contains(where: { $0.matches(utf8) }) { return false }
        let listing = document.tools.entries.filter { !$0.names.matchesEverything }
        return document.tools.standing == .allow || listing.contains { $0.names.matches(utf8) }
    }

    @Test("a tool that is not visible is never permitted, one that is visible is never called unavailable")
    func agreement() {
        var chance = Chance(seed: 11)
        for _ in 0..<Self.policies {
            let document = chance.document { $0.shortGroup() }
            let policy = policy(document)
            for tool in Chance.names {
                let visibility = policy.visibility(of: name(tool))
                let rules = policy.rules(for: name(tool), inputSchema: nil)
                let decision = rules.decide(chance.request(for: tool))
                #expect((visibility == .visible) == expected(document, tool), "\(tool)")
                let unavailable = decision.denial?.message == "tool not available: \(tool)"
                #expect((visibility != .visible) == unavailable, "\(tool)")
            }
        }
    }

    @Test("resources and prompts follow the same law")
    func sections() {
        var chance = Chance(seed: 12)
        for _ in 0..<Self.policies / 3 {
            let tools = chance.document { $0.shortGroup() }
            var document = PolicyEngineTests.document(.deny, [])
            document.resources = tools.tools
            document.prompts = tools.tools
            let policy = policy(document)
            for thing in Chance.names {
                let visibility = policy.visibility(ofPrompt: thing)
                #expect((visibility == .visible) == expected(tools, thing), "\(thing)")
                #expect((policy.visibility(ofResource: thing) == .visible) == expected(tools, thing), "\(thing)")
                let decision = policy.rules(forPrompt: thing).decide(chance.request())
                let unavailable = decision.denial?.message == "prompt not available: \(thing)"
                #expect((visibility != .visible) == unavailable, "\(thing)")
            }
        }
    }

    @Test("hiding one more name shows no more")
    func hiding() {
        var chance = Chance(seed: 13)
        for _ in 0..<Self.policies {
            let base = chance.document { $0.group() }
            var more = base
            more.tools.hide.append(NamePattern(chance.pick(["t", "*", "get*", "*a", "caf\u{e9}"]))!)
            let (before, after) = (policy(base), policy(more))
            for tool in Chance.names {
                let isMore =
                    after.visibility(of: name(tool)) == .visible && before.visibility(of: name(tool)) != .visible
                #expect(!isMore, "\(tool)")
            }
        }
    }

    @Test("a shorthand means what its long form means")
    func shorthands() {
        var chance = Chance(seed: 14)
        for _ in 0..<Self.policies {
            let document = chance.document { $0.shortGroup() }
            let (short, long) = (policy(document), policy(document.expanded))
            for tool in Chance.names {
                let request = chance.request(for: tool)
                let one = short.rules(for: name(tool), inputSchema: nil).decide(request)
                let other = long.rules(for: name(tool), inputSchema: nil).decide(request)
                let isSame =
                    one.isPermitted == other.isPermitted
                    && one.denial?.message == other.denial?.message
                    && one.obligations?.approvals.map(\.message) == other.obligations?.approvals.map(\.message)
                    && one.obligations.map { Set($0.charges.map { "\($0.counter) \($0.amount) \($0.max)" }) }
                        == other.obligations.map { Set($0.charges.map { "\($0.counter) \($0.amount) \($0.max)" }) }
                #expect(isSame, "\(tool): \(one) \(other)")
                let isAsVisible =
                    (short.visibility(of: name(tool)) == .visible)
                    == (long.visibility(of: name(tool)) == .visible)
                #expect(isAsVisible, "\(tool)")
            }
        }
    }
}

import PolicyEngine
import Testing

@Suite("visibility")
struct VisibilityTests {
    private let denying = policy(
        document(
            .deny, hide: ["detach_user_policy", "purge_*"], all: RuleGroup(),
            [
                ("list_users", RuleGroup()), ("get_*", RuleGroup()), ("delete_user", RuleGroup(action: .deny)),
                ("drop", RuleGroup(action: .hide)), ("*", RuleGroup(action: .allow)), ("detach_*", RuleGroup()),
            ]))

    @Test("a tool is visible when a key other than * lists it and nothing hides it")
    func visible() {
        #expect(denying.visibility(of: name("list_users")) == .visible)
        #expect(denying.visibility(of: name("get_user")) == .visible)
        #expect(denying.visibility(of: name("detach_role")) == .visible)
        #expect(denying.visibility(of: name("delete_user")) == .visible)
        #expect(denying.visibility(of: name("create_user")) == .unlisted)
        #expect(denying.visibility(of: name("List_Users")) == .unlisted)
        #expect(denying.visibility(of: name("list_users ")) == .unlisted)
    }

    @Test("hiding wins over listing, and says which rule hides")
    func hidden() {
        #expect(denying.visibility(of: name("detach_user_policy")) == .hidden(by: RuleID(pointer: "/hide/0")))
        #expect(denying.visibility(of: name("purge_all")) == .hidden(by: RuleID(pointer: "/hide/1")))
        #expect(denying.visibility(of: name("drop")) == .hidden(by: RuleID(pointer: "/tools/drop/action")))
    }

    @Test("default allow shows what nothing lists")
    func allowing() {
        let allowing = policy(document(.allow, hide: ["x"], []))
        #expect(allowing.visibility(of: name("anything")) == .visible)
        #expect(allowing.visibility(of: name("x")) == .hidden(by: RuleID(pointer: "/hide/0")))
    }

    @Test("hiding * hides everything")
    func nothing() {
        let policy = policy(document(.allow, hide: ["*"], [("a", RuleGroup())]))
        #expect(policy.visibility(of: name("a")) == .hidden(by: RuleID(pointer: "/hide/0")))
        #expect(policy.visibility(of: name("b")) == .hidden(by: RuleID(pointer: "/hide/0")))
    }

    @Test("stars alone list nothing, however many")
    func stars() {
        for star in ["*", "**"] {
            #expect(policy(document(.deny, [(star, RuleGroup())])).visibility(of: name("a")) == .unlisted)
        }
    }

    @Test("equivalent names are two names: the other spelling of a listed tool is not listed")
    func normalisation() {
        let policy = policy(document(.deny, hide: ["e\u{301}"], [("caf\u{e9}", RuleGroup()), ("\u{e9}", RuleGroup())]))
        #expect(policy.visibility(of: name("caf\u{e9}")) == .visible)
        #expect(policy.visibility(of: name("cafe\u{301}")) == .unlisted)
        #expect(policy.visibility(of: name("\u{e9}")) == .visible)
        #expect(policy.visibility(of: name("e\u{301}")) == .hidden(by: RuleID(pointer: "/hide/0")))
    }

    @Test("a tool that is not visible is denied should anybody ask")
    func deciding() {
        let hidden = denying.decide("purge_all", "{}").denial
        #expect(hidden == Denial(rule: .hidden, message: "tool not available: purge_all"))
        let unlisted = denying.decide("create_user", "{}").denial
        #expect(unlisted == Denial(rule: .defaultDeny, message: "tool not available: create_user"))
    }

    @Test("a tool that nothing is said about is permitted and owes nothing")
    func unconditional() {
        let rules = denying.rules(for: name("list_users"), inputSchema: nil)
        #expect(rules.isUnconditional)
        #expect(denying.decide("list_users", "{}") == .permitted(.none))
        #expect(!denying.rules(for: name("delete_user"), inputSchema: nil).isUnconditional)
        #expect(!denying.rules(for: name("purge_all"), inputSchema: nil).isUnconditional)
    }

    @Test("a policy of ten thousand tools is asked for one")
    func large() {
        let many = (0..<10_000).map { ("tool_\($0)", RuleGroup(denyIf: [rule(when("args.n", .greater, "\($0)"))])) }
        let policy = policy(document(.deny, many))
        #expect(policy.decide("tool_7000", #"{"n":7000}"#).isPermitted)
        #expect(
            policy.decide("tool_7000", #"{"n":7001}"#).denial?.rule == RuleID(pointer: "/tools/tool_7000/deny_if/0"))
    }
}

import PolicyEngine
import Testing

/// What a policy says of resources and prompts (policy.md section 1).
@Suite("resources and prompts")
struct SectionTests {
    private func document(
        _ standing: RuleSection.Standing, resources: RuleSection? = nil, prompts: RuleSection? = nil,
        all: RuleGroup? = nil, tools: [(String, RuleGroup)] = []
    ) -> PolicyDocument {
        var document = PolicyEngineTests.document(standing, all: all, tools)
        document.resources = resources
        document.prompts = prompts
        return document
    }

    private func section(hide: [String] = [], _ entries: [(String, RuleGroup)] = []) -> RuleSection {
        var section = PolicyEngineTests.document(.deny, hide: hide, entries).tools
        section.standing = nil
        return section
    }

    private func read(_ policy: Policy, _ uri: String) -> Decision {
        let arguments = json("{\"uri\":\"\(uri)\"}")
        return policy.rules(forResource: uri).decide(PolicyRequest(arguments: arguments, context: bare))
    }

    private let bare = PolicyContext(tool: nil, serverName: "server", grantLabel: "laptop")

    @Test("without a section, resources and prompts follow the document's default")
    func absent() {
        let allowing = policy(document(.allow))
        #expect(allowing.visibility(ofResource: "file:///a") == .visible)
        #expect(allowing.visibility(ofPrompt: "p") == .visible)
        let denying = policy(document(.deny, tools: [("p", RuleGroup())]))
        #expect(denying.visibility(ofResource: "file:///a") == .unlisted)
        #expect(denying.visibility(ofPrompt: "p") == .unlisted)
    }

    @Test("a section's own default stands for its kind alone")
    func ownDefault() {
        let policy = policy(document(.deny, resources: RuleSection(standing: .allow), prompts: section()))
        #expect(policy.visibility(ofResource: "file:///a") == .visible)
        #expect(policy.visibility(ofPrompt: "p") == .unlisted)
        #expect(policy.visibility(of: name("t")) == .unlisted)
    }

    @Test("a section lists and hides by pattern, and says which rule hides")
    func listing() {
        let policy = policy(
            document(
                .deny,
                resources: section(hide: ["file:///etc/*"], [("file:///*", RuleGroup()), ("*", RuleGroup())]),
                prompts: section([("summary", RuleGroup()), ("old", RuleGroup(action: .hide))])))
        #expect(policy.visibility(ofResource: "file:///srv/a") == .visible)
        #expect(policy.visibility(ofResource: "file:///etc/a") == .hidden(by: RuleID(pointer: "/resources/hide/0")))
        #expect(policy.visibility(ofResource: "https://a") == .unlisted)
        #expect(policy.visibility(ofPrompt: "summary") == .visible)
        #expect(policy.visibility(ofPrompt: "Summary") == .unlisted)
        #expect(policy.visibility(ofPrompt: "old") == .hidden(by: RuleID(pointer: "/prompts/rules/old/action")))
    }

    @Test("names compare as bytes")
    func bytes() {
        let policy = policy(document(.deny, prompts: section([("caf\u{e9}", RuleGroup())])))
        #expect(policy.visibility(ofPrompt: "caf\u{e9}") == .visible)
        #expect(policy.visibility(ofPrompt: "cafe\u{301}") == .unlisted)
    }

    @Test("a resource's rules judge its URI, and the rule is named by its place")
    func resourceRules() {
        let deny = group(.denyIf, [when("args.uri", .contains, "\"secret\"")])
        let policy = policy(document(.allow, resources: section([("file:///*", deny)])))
        #expect(read(policy, "file:///a").isPermitted)
        let denial = read(policy, "file:///secret").denial
        #expect(denial?.rule == RuleID(pointer: "/resources/rules/file:~1~1~1*/deny_if/0"))
        #expect(denial?.message == "Reads of `file:///secret` like this one are not allowed.")
        #expect(read(policy, "https://secret").isPermitted)
    }

    @Test("a prompt's rules judge its arguments, with what its schema says of them")
    func promptRules() {
        let require = group(.require, [when("args.language", .isIn, "[\"en\",\"de\"]")])
        let policy = policy(document(.deny, prompts: section([("summary", require)])))
        func get(_ arguments: String?, schema: String? = nil) -> Decision {
            policy.rules(forPrompt: "summary", inputSchema: schema.map { json($0) }).decide(
                PolicyRequest(arguments: arguments.map { json($0) }, context: bare))
        }
        #expect(get(#"{"language":"de"}"#).isPermitted)
        let denial = get(nil).denial
        #expect(denial?.rule == RuleID(pointer: "/prompts/rules/summary/require/0"))
        #expect(denial?.message == "The call does not meet what is required of uses of `summary`.")
        #expect(get("{}", schema: #"{"properties":{"language":{"type":"string","default":"en"}}}"#).isPermitted)
    }

    @Test("what is not visible is denied should anybody ask, and called what it is")
    func unavailable() {
        let policy = policy(document(.deny, resources: section(hide: ["a:*"])))
        let hidden = Denial(rule: .hidden, message: "resource not available: a:b")
        #expect(read(policy, "a:b").denial == hidden)
        let unlisted = policy.rules(forPrompt: "p").decide(PolicyRequest(arguments: nil, context: bare))
        #expect(unlisted.denial == Denial(rule: .defaultDeny, message: "prompt not available: p"))
    }

    @Test("all_tools is for tools")
    func allTools() {
        let policy = policy(
            document(.allow, all: RuleGroup(denyIf: [rule(says: "no tools")]), tools: [("t", RuleGroup())]))
        #expect(policy.decide("t", nil).denial?.message == "no tools")
        #expect(read(policy, "file:///a").isPermitted)
        #expect(policy.rules(forPrompt: "p").isUnconditional)
    }

    @Test("* among the rules is for all of the kind and lists none")
    func star() {
        let policy = policy(document(.deny, resources: section([("*", RuleGroup(denyIf: [rule()]))])))
        #expect(policy.visibility(ofResource: "a:b") == .unlisted)
        let allowing = Self.compiled(document(.allow, resources: section([("*", RuleGroup(denyIf: [rule()]))])))
        #expect(read(allowing, "a:b").denial?.rule == RuleID(pointer: "/resources/rules/*/deny_if/0"))
    }

    private static func compiled(_ document: PolicyDocument) -> Policy { PolicyEngineTests.policy(document) }

    @Test(
        "a URI that leads elsewhere is no way around a pattern",
        arguments: [
            "file:///srv/../etc/passwd", "file:///etc/./passwd", "file:////etc/passwd", "file:///%65tc/passwd",
            "FILE:///etc/passwd", "file:///srv/%2e%2e/etc/passwd", "file:///srv%2f..%2fetc/passwd",
            "file:///srv/%252e%252e/etc/passwd", "file:///srv/..%2Fetc/passwd", "file:///srv//..//etc//passwd",
        ])
    func ways(_ uri: String) {
        let hiding = policy(document(.allow, resources: section(hide: ["file:///etc/*"])))
        #expect(hiding.visibility(ofResource: uri) == .hidden(by: RuleID(pointer: "/resources/hide/0")))
        let listing = policy(document(.deny, resources: section([("file:///srv/*", RuleGroup())])))
        #expect(listing.visibility(ofResource: uri) == .unlisted)
        let denying = policy(document(.allow, resources: section([("file:///etc/*", RuleGroup(action: .deny))])))
        #expect(!read(denying, uri).isPermitted)
        #expect(read(denying, "file:///srv/a").isPermitted)
    }

    @Test(
        "a URI with readings that are not known is visible only by its own name, or where all are",
        arguments: [
            "file:///srv\\..\\etc", "file:///srv/a%00", "file:///srv/%ff", "file:///srv/%25252525252565",
            "file:///srv/a b",
            "file:///srv/%u0065",
        ])
    func doubtful(_ uri: String) {
        let listing = policy(document(.deny, resources: section([("file:///srv/*", RuleGroup())])))
        #expect(listing.visibility(ofResource: uri) == .unlisted)
        #expect(policy(document(.allow, resources: section(hide: ["x"]))).visibility(ofResource: uri) == .unlisted)
        #expect(policy(document(.allow)).visibility(ofResource: uri) == .visible)
        let exact = policy(document(.deny, resources: section([(uri, RuleGroup())])))
        #expect(exact.visibility(ofResource: uri) == .visible)
    }

    @Test("everyday URIs and templates are what they look like")
    func everyday() {
        let listing = policy(document(.deny, resources: section([("repo://*/contents/*", RuleGroup())])))
        for uri in ["repo://o/r/contents/a.txt", "repo://o/r/contents/{path}", "repo://o/r/contents/a%20b?ref=main#L1"]
        {
            #expect(listing.visibility(ofResource: uri) == .visible)
        }
    }

    @Test("a tool's name is no context of a resource or prompt, so it cannot be judged")
    func context() {
        let policy = policy(
            document(
                .allow, resources: section([("*", group(.denyIf, [when("tool.name", .equal, "\"t\"")]))])))
        #expect(!read(policy, "a:b").isPermitted)
    }

    @Test("a rate of a pattern of resources is one counter, that of a prompt is its own")
    func rates() {
        let rate = RuleGroup(rateLimit: RateLimit(max: 5_000_000, window: .seconds(60)))
        let policy = policy(
            document(
                .allow, resources: section([("file:///*", rate)]), prompts: section([("s*", rate)]),
                tools: [("summary", rate)]))
        #expect(read(policy, "file:///a").obligations?.charges.map(\.counter) == ["resource:file:///*_rate"])
        #expect(read(policy, "file:///b").obligations?.charges.map(\.counter) == ["resource:file:///*_rate"])
        let prompt = policy.rules(forPrompt: "summary").decide(PolicyRequest(arguments: nil, context: bare))
        #expect(prompt.obligations?.charges.map(\.counter) == ["prompt:summary_rate"])
        #expect(policy.decide("summary", nil).obligations?.charges.map(\.counter) == ["summary_rate"])
        let expanded = PolicyEngineTests.policy(policy.document.expanded)
        #expect(read(expanded, "file:///a").obligations?.charges.map(\.counter) == ["resource:file:///*_rate"])
    }

    @Test("what no rule may be is found in every section, with its place")
    func problems() {
        let limits = RuleGroup(limits: [LimitRule(counter: "", window: .seconds(1), max: 1)])
        let wrong = document(.allow, resources: section([("a:b", limits)]))
        #expect(
            throws: PolicyError(
                pointer: "/resources/rules/a:b/limits/0/counter", message: "a counter's name is not empty")
        ) {
            try Policy(compiling: wrong, id: "p", version: 1)
        }
    }
}

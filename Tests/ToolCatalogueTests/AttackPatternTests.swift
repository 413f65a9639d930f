import Testing
import ToolCatalogue
import WireJSON

/// The pages of documented attacks, and which tool lends itself to which.
@Suite("Attack patterns")
struct AttackPatternTests {
    @Test("every pattern the product names has a page with steps, defences and references")
    func pages() {
        let wanted = [
            "tool-poisoning", "definition-change", "indirect-prompt-injection", "confused-deputy", "token-passthrough",
            "data-exfiltration", "privilege-escalation", "destructive-bulk-action", "runaway-loop",
            "credential-exposure", "server-side-request-forgery", "command-injection", "package-squatting",
        ]
        for slug in wanted { #expect(AttackPattern.named(slug) != nil, "\(slug)") }
        #expect(Set(AttackPattern.all.map(\.slug)).count == AttackPattern.all.count)
        for pattern in AttackPattern.all {
            #expect(pattern.steps.count >= 3 && !pattern.defences.isEmpty && !pattern.references.isEmpty)
            #expect(pattern.slug.utf8.allSatisfy { $0 == 0x2D || (0x61...0x7A).contains($0) })
            #expect(pattern.summary.hasSuffix("."))
        }
    }

    static let table: [(String, String, [String], [String])] = [
        (
            "detach_user_policy", "Detach a managed policy from a user.", ["user_name", "confirmed"],
            [
                "lock-out", "destructive-bulk-action", "indirect-prompt-injection", "confused-deputy",
                "self-confirmation",
            ]
        ),
        (
            "attach_role_policy", "Attach a policy to a role.", ["role"],
            ["privilege-escalation", "indirect-prompt-injection", "confused-deputy"]
        ),
        (
            "execute_command", "Execute a shell command.", ["command"],
            ["command-injection", "indirect-prompt-injection", "confused-deputy", "runaway-loop"]
        ),
        ("get_issue", "Get an issue.", ["id"], ["indirect-prompt-injection"]),
        ("get_secret_value", "Get the value of a secret.", ["id"], ["data-exfiltration", "credential-exposure"]),
        (
            "fetch", "Fetches a page from the internet.", ["url"],
            ["indirect-prompt-injection", "server-side-request-forgery"]
        ),
        (
            "send_email", "Send an email.", ["to", "body"],
            ["indirect-prompt-injection", "data-exfiltration", "confused-deputy", "runaway-loop"]
        ),
        ("get_current_time", "Get the current time.", ["timezone"], []),
        ("connect", "Connect to a service.", ["access_token"], ["token-passthrough"]),
        ("read_file", "Read a file.", ["path"], ["indirect-prompt-injection", "path-traversal"]),
    ]

    @Test("a tool is matched with the attacks it lends itself to, and each says why", arguments: table)
    func matches(_ name: String, _ text: String, _ arguments: [String], _ slugs: [String]) throws {
        let tool = try SampleTool.named(name, text, arguments: arguments)
        let matches = AttackMatch.matches(tool, ToolClassifier().classify(tool))
        #expect(matches.map(\.pattern.slug) == slugs)
        for match in matches { #expect(match.reason.hasSuffix(".")) }
    }
}

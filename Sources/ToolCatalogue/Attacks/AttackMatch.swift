/// A documented attack that a tool lends itself to, and why.
public struct AttackMatch: Sendable, Hashable {
    public let pattern: AttackPattern
    /// Why it applies to this tool: one sentence of our own. Argument names in it are the server's text; escape it.
    public let reason: String

    /// The patterns that apply to a tool, the most telling first.
    public static func matches(
        _ definition: ToolDefinition, _ verdict: Classification, among server: ServerContext = .none
    ) -> [AttackMatch] {
        let nature = ToolNature(Material(definition, among: server), verdict)
        return rules.compactMap { rule in
            guard let reason = rule.reason(nature), let pattern = AttackPattern.named(rule.slug) else { return nil }
            return AttackMatch(pattern: pattern, reason: reason)
        }
    }

    /// Which pattern applies when. In the order in which a page shows them.
    private struct Rule {
        let slug: String
        let reason: @Sendable (ToolNature) -> String?

        init(_ slug: String, _ reason: @escaping @Sendable (ToolNature) -> String?) {
            self.slug = slug
            self.reason = reason
        }
    }

    private static let rules = [
        Rule("unauthorised-payment") {
            $0.movesMoney ? "It moves money or makes somebody owe it, on arguments that the model chooses." : nil
        },
        Rule("privilege-escalation") {
            $0.changesAccess && !$0.takesAway ? "It can give rights, or make credentials that carry them." : nil
        },
        Rule("lock-out") {
            $0.changesAccess && $0.takesAway ? "It can take rights from those who would repair the damage." : nil
        },
        Rule("destructive-bulk-action") {
            if $0.takesAwayMuch { return "One call takes away many things at once." }
            return $0.takesAway ? "Called in a row, it takes away one thing after another." : nil
        },
        Rule("command-injection") {
            if let program = $0.program { return "The argument `\(program.name)` is text that is run." }
            return $0.runsText ? "It lets something run whose effect the call does not spell out." : nil
        },
        Rule("indirect-prompt-injection") {
            if $0.bringsForeignText { return "It returns text that strangers may have written." }
            return $0.actsForOthers ? "Text planted in a ticket, a page or a mail can lead an agent to call it." : nil
        },
        Rule("data-exfiltration") {
            if $0.reachesOut { return "What an agent has read can leave through it." }
            return $0.readsPrivate ? "What it returns is private, and may leave through another tool." : nil
        },
        Rule("credential-exposure") {
            $0.returnsSecrets ? "Its result can hold secrets, which then stand in the conversation." : nil
        },
        Rule("server-side-request-forgery") { nature in
            nature.address.map { "The argument `\($0.name)` is an address that the server visits or passes on." }
        },
        Rule("path-traversal") { nature in
            nature.path.map { "The argument `\($0.name)` is a path that may lead out of its folder." }
        },
        Rule("confused-deputy") {
            $0.actsForOthers ? "It acts with the server's rights, not with those of the person who asks." : nil
        },
        Rule("self-confirmation") { nature in
            nature.confirmation.flatMap { argument in
                nature.runsText || nature.takesAway || nature.movesMoney || nature.actsForOthers
                    ? "The model sets `\(argument.name)` itself; no person is asked." : nil
            }
        },
        Rule("token-passthrough") { nature in
            nature.secret.map { "The argument `\($0.name)` carries a credential through the model." }
        },
        Rule("runaway-loop") {
            $0.runsText || $0.movesMoney || $0.reachesOut
                ? "Repeated without an end, it costs money, work or other people's patience." : nil
        },
        Rule("tool-poisoning") { $0.contradicts ? "Its name, text and hints contradict each other." : nil },
    ]
}

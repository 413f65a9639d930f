/// Sentences about one tool, from its name, its arguments and its verdict.
struct ToolProse {
    let tool: CatalogueTool
    let server: CatalogueServer

    init(_ tool: CatalogueTool, of server: CatalogueServer) {
        self.tool = tool
        self.server = server
    }

    private var verdict: Classification { tool.verdict }

    private var level: String { "\(verdict.risk.rawValue) risk, \(verdict.category.rawValue)" }

    var summary: String {
        let worst = verdict.evidence.lazy.compactMap { evidence -> String? in
            guard case .raises(let concern) = evidence.claim, concern != .cutShort else { return nil }
            return concern.sentence(of: verdict.category)
        }.first
        return "\(level): \(deed)." + (worst.map { " \($0)." } ?? "")
    }

    /// What the name says it does: `it detaches a user policy`.
    private var deed: String {
        let context = ServerContext(names: server.tools.map(\.name))
        guard let clause = ToolDeed(tool.name, verdict, among: context).clause else {
            return "its name does not say what it does"
        }
        return "it \(clause)"
    }

    var whatItDoes: [String] {
        ["By its name, \(deed).", effect] + worstChoice + [arguments]
    }

    /// The choice of an argument that the verdict rests on.
    private var worstChoice: [String] {
        for evidence in verdict.evidence where evidence.claim == .category(verdict.category) {
            guard case .schema(let pointer) = evidence.place, !evidence.found.isEmpty,
                let name = pointer.split(separator: "/").last
            else { continue }
            return [
                "One call can choose what is done: `\(name)` may be `\(evidence.found)`, and the worst choice counts."
            ]
        }
        return []
    }

    private var arguments: String {
        let required = tool.arguments.filter(\.isRequired)
        switch (tool.arguments.count, required.count) {
        case (0, _): return "It takes no arguments."
        case (1, 0): return "It takes one argument, which may be left out."
        case (1, _): return "It takes one argument."
        case (let all, 0): return "It takes \(all) arguments, all of which may be left out."
        case (let all, let needed) where all == needed: return "It takes \(all) arguments, all of them required."
        case (let all, let needed) where needed > 4: return "It takes \(all) arguments, \(needed) of them required."
        case (let all, _): return "It takes \(all) arguments; \(Self.listed(required.map(\.name))) required."
        }
    }

    /// `user` is, `user` and `policy` are.
    private static func listed(_ names: [String]) -> String {
        let quoted = names.map { "`\($0)`" }
        guard let last = quoted.last, quoted.count > 1 else { return "\(quoted.first ?? "") is" }
        return "\(quoted.dropLast().joined(separator: ", ")) and \(last) are"
    }

    private var effect: String {
        switch verdict.category {
        case .read: "It only looks: nothing is changed by the call."
        case .write: "It makes or changes something on the server's side."
        case .execute: "It lets something run whose effect the call does not spell out."
        case .destructive: "What it takes away is gone afterwards."
        case .financial: "It moves money, or makes somebody owe it."
        }
    }

    var why: [String] {
        var sentences: [String] = []
        for evidence in verdict.evidence {
            guard case .raises(let concern) = evidence.claim else { continue }
            let sentence = concern.sentence(of: verdict.category) + "."
            if !sentences.contains(sentence) { sentences.append(sentence) }
        }
        switch verdict.risk {
        case .low: sentences.append("A wrong call does little harm; a policy still says that it may be made.")
        case .medium: sentences.append("A wrong call can be repaired, with some work.")
        case .high: sentences.append("A wrong call is hard to repair, or is felt by others.")
        case .critical: sentences.append("A wrong call may be beyond repair.")
        }
        return sentences
    }

    /// What the verdict rests on.
    var evidence: [ToolPage.EvidenceRow] {
        verdict.evidence.map { evidence in
            let place =
                switch evidence.place {
                case .name: "Name"
                case .title: "Title"
                case .description: "Description"
                case .schema: "Argument"
                case .annotation: "Annotation"
                case .siblings: "Other tools"
                }
            let speaksFor =
                switch evidence.claim {
                case .category(let category): category.rawValue
                case .raises(let concern), .lowers(let concern): concern.sentence(of: verdict.category)
                }
            return ToolPage.EvidenceRow(place: place, found: evidence.found, speaksFor: speaksFor)
        }
    }

    var basis: String {
        let hundredths = Int((verdict.confidence * 100).rounded())
        let confidence = "Confidence \(hundredths / 100).\(hundredths / 10 % 10)\(hundredths % 10)."
        guard !server.package.isEmpty else { return confidence }
        let version = server.version.isEmpty ? "" : "version \(server.version) of "
        return "\(confidence) Judged from \(version)`\(server.package)`."
    }

    var policyMeaning: String {
        switch tool.recommendation.action {
        case .hide: "The tool leaves the agent's list, and a call to it is denied all the same."
        case .approval: "The agent sees the tool, and a person consents to each call before it is made."
        case .limit:
            "Each grant may call the tool \(tool.recommendation.callsAMinute ?? 0) times in any minute, and no more."
        case .allow: "The tool may be called; nothing else of the server is opened by it."
        }
    }

    var actionWord: String {
        switch tool.recommendation.action {
        case .hide, .approval: "Restrict"
        case .limit: "Limit"
        case .allow: "Allow"
        }
    }

    var steps: [ToolPage.Step] {
        [
            ToolPage.Step(
                title: "Register the server",
                text:
                    "Tell your gateway how `\(server.slug)` is started or reached. A program gets the variables that are "
                    + "named for it and no others: name `PATH` and what it signs in with."),
            ToolPage.Step(
                title: "Add the policy",
                text: "Save the recommended policy as `policy.json`, or open it in the builder, and publish it."),
            ToolPage.Step(
                title: "Point your client at the gateway",
                text: "Make a grant, whose token is printed once, and give the client the token and the address "
                    + "`/mcp/\(server.slug)`. Nothing is installed on its side."),
        ]
    }

    var questions: [ToolPage.Question] {
        let name = tool.name
        return [
            ToolPage.Question(question: "What does \(name) do?", answer: whatItDoes.joined(separator: " ")),
            ToolPage.Question(
                question: "How do I enforce a policy on it?",
                answer: "Register `\(server.slug)`, publish a policy that names the tool, and point the client at "
                    + "`/mcp/\(server.slug)`. Every call is judged before it reaches the server."),
            ToolPage.Question(
                question: "What risk level is it?",
                answer: "\(verdict.risk.rawValue), in the category \(verdict.category.rawValue). "
                    + why.joined(separator: " ")),
            ToolPage.Question(
                question: "Can I rate-limit it?",
                answer:
                    "Yes: `\"rate_limit\": \"10/minute\"` under its name admits ten calls in any minute for each grant."
                    + (verdict.risk >= .high ? " For a tool like this a limit only slows the damage." : "")),
            ToolPage.Question(
                question: "How do I block it?",
                answer:
                    "List it under `hide` and the agent never sees it. With `\"action\": \"deny\"` the agent sees it "
                    + "and reads your reason when it tries."),
            ToolPage.Question(question: "Which server provides it?", answer: provider),
        ]
    }

    private var provider: String {
        let count = server.tools.count == 1 ? "its only tool" : "one of its \(server.tools.count) tools"
        guard !server.package.isEmpty else { return "`\(server.slug)`; it is \(count)." }
        let registry = server.registry.isEmpty ? "" : " from \(server.registry)"
        return "`\(server.slug)`, package `\(server.package)`\(registry); it is \(count)."
    }
}

extension ToolAppraisal {
    /// An appraisal from the tool's name and claims alone, in which every doubt is danger.
    ///
    /// Only a tool that claims to be read-only, and whose name says so too, is advised to be allowed; a claim against
    /// the name counts for nothing (a tool that runs any command was seen to call itself read-only).
    public static func careful(_ tool: ToolDefinition) -> ToolAppraisal {
        let words = tool.name.words
        let verb = words.first { verbs[$0] != nil }
        let said = verb.flatMap { verbs[$0] }
        if tool.claims.isDestructive == true, tool.claims.isReadOnly != true {
            return ToolAppraisal(category: .destructive, advice: .deny, evidence: "it says it is destructive")
        }
        if let grave = words.first(where: { [.destructive, .execute].contains(verbs[$0]) }), said != .read {
            let category = verbs[grave] ?? .destructive
            return ToolAppraisal(category: category, advice: .deny, evidence: "its name says `\(grave)`")
        }
        if said != .read, let money = words.first(where: { moneyWords.contains($0) }) {
            return ToolAppraisal(
                category: .financial, advice: .requireApproval, evidence: "its name says `\(money)`")
        }
        let onlyReads = words.allSatisfy { verbs[$0] == nil || verbs[$0] == .read }
        if said == .read, onlyReads, tool.claims.isReadOnly == true {
            return ToolAppraisal(
                category: .read, advice: .allow, evidence: "it says it only reads, and so does its name")
        }
        if said == .read {
            return ToolAppraisal(
                category: .read, advice: .requireApproval, evidence: "its name says `\(verb ?? "")`, nothing else does")
        }
        let evidence = verb.map { "its name says `\($0)`" } ?? "nothing says what it does"
        return ToolAppraisal(category: .write, advice: .requireApproval, evidence: evidence)
    }

    /// What the verbs of tool names do.
    private static let verbs: [String: Category] = {
        var verbs: [String: Category] = [:]
        let reading = """
            get list read search find describe show view count check status lookup query fetch inspect explain browse
            """
        let writing = """
            create add update set put write edit insert append upload send post move rename copy attach assign enable
            disable start stop merge push commit approve publish import sync schedule register invite tag
            """
        let destroying = """
            delete remove drop destroy purge terminate revoke detach wipe truncate erase reset uninstall kill empty
            flush clear discard unlink rm
            """
        let executing = "execute exec run eval shell bash command invoke spawn script"
        for (text, category) in [
            (reading, Category.read), (writing, .write), (destroying, .destructive), (executing, .execute),
        ] {
            for word in text.split(whereSeparator: \.isWhitespace) { verbs[String(word)] = category }
        }
        return verbs
    }()

    private static let moneyWords: Set<String> = [
        "pay", "payment", "payments", "payout", "payouts", "charge", "charges", "refund", "refunds", "transfer",
        "withdraw", "withdrawal", "purchase", "buy", "checkout", "invoice", "subscription", "capture",
    ]
}

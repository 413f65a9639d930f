public import PolicyEngine

extension PolicyDocument {
    /// A starting policy for a server: everything denied but what is listed, each tool with its recommended rule.
    ///
    /// Tools come in the order given, a name that came before is passed over. A name that no key of a policy can spell
    /// exactly, because it holds a `*` or is too long, is listed nowhere, and so denied.
    public static func recommended(
        for tools: [(name: String, verdict: Classification)], description: String? = nil
    ) -> PolicyDocument {
        var section = RuleSection(standing: .deny)
        var seen = Set<[UInt8]>()
        for tool in tools {
            guard let name = NamePattern(tool.name), name.isExact, seen.insert(name.utf8).inserted else { continue }
            if let group = Recommendation(for: tool.verdict).group {
                section.entries.append(RuleSection.Entry(name, group))
            } else {
                section.hide.append(name)
            }
        }
        return PolicyDocument(description: description, tools: section)
    }

    /// The fragment for one tool alone, which denies every other tool of the server.
    public static func recommended(forOnly name: String, _ verdict: Classification) -> PolicyDocument {
        recommended(for: [(name, verdict)])
    }
}

import PolicyEngine

extension PolicyDecoder {
    /// The whole document; `nil` when something in it is wrong.
    mutating func document(_ place: Located) -> PolicyDocument? {
        let known = [
            "version", "description", "default", "timezone", "explain", "hide", "all_tools", "tools", "resources",
            "prompts",
        ]
        guard let fields = fields(of: place, "a policy", known) else { return nil }
        version(fields["version"], in: place)
        let standing: RuleSection.Standing? = word(fields["default"], "default")
        if fields["default"] == nil { problems.error("`default` is missing; write `allow` or `deny`", at: place) }
        let section = RuleSection(
            standing: standing, hide: names(fields["hide"], "hide"), entries: entries(fields["tools"], "tools"))
        let document = PolicyDocument(
            description: text(fields["description"], "description"),
            timezone: timezone(fields["timezone"]),
            explain: truth(fields["explain"], "explain"),
            tools: section,
            allTools: fields["all_tools"].flatMap { ruleGroup($0, "`all_tools`", .everything) },
            resources: fields["resources"].flatMap { self.section($0, "resources") },
            prompts: fields["prompts"].flatMap { self.section($0, "prompts") })
        return problems.hasErrors ? nil : document
    }

    private mutating func version(_ place: Located?, in document: Located) {
        guard let place else { return problems.error("`version` is missing; write \"1\"", at: document) }
        if case .number("1") = place.content {
            return problems.error("`version` is text; write \"1\"", at: place)
        }
        guard let version = text(place, "version"), !version.utf8.elementsEqual("1".utf8) else { return }
        problems.error("unknown version `\(version)`; only \"1\" is known", at: place)
    }

    private mutating func timezone(_ place: Located?) -> Zone? {
        guard let place, let name = text(place, "timezone") else { return nil }
        if let zone = Zones.named(name) { return zone }
        problems.error(
            "`timezone` is an IANA name such as `Europe/Berlin`, not `\(name)`", at: place,
            nearest: Zones.nearest(to: name))
        return nil
    }

    private mutating func section(_ place: Located, _ name: String) -> RuleSection? {
        guard let fields = fields(of: place, "`\(name)`", ["default", "hide", "rules"]) else { return nil }
        return RuleSection(
            standing: word(fields["default"], "default"),
            hide: names(fields["hide"], "hide"),
            entries: entries(fields["rules"], "rules"))
    }

    private mutating func names(_ place: Located?, _ what: String) -> [NamePattern] {
        elements(of: place, what).compactMap { element in
            text(element, elementOf: what).flatMap { pattern($0) { $0.error($1, at: element) } }
        }
    }

    private mutating func entries(_ place: Located?, _ what: String) -> [RuleSection.Entry] {
        guard let place else { return [] }
        guard let members = place.members else {
            problems.error("`\(what)` is an object of names and their rules, not \(place.noun)", at: place)
            return []
        }
        return members.compactMap { member in
            let names = pattern(member.key) { $0.error($1, at: member.at) }
            let reach: RuleReach =
                names?.matchesEverything == true ? .everything : names?.isExact == true ? .one : .several
            guard let group = ruleGroup(member.value, "the entry `\(member.key)`", reach), let names else { return nil }
            return RuleSection.Entry(names, group)
        }
    }

    private mutating func pattern(_ text: String, _ report: (inout Problems, String) -> Void) -> NamePattern? {
        if let pattern = NamePattern(text) { return pattern }
        let message = text.isEmpty ? "a name is not empty" : "a name has at most \(PolicyBounds.nameBytes) bytes"
        report(&problems, message)
        return nil
    }
}

/// What the key of a rule group names.
enum RuleReach {
    case one
    case several
    /// `*` and `all_tools`.
    case everything
}

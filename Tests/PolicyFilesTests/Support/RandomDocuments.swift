import PolicyEngine
import PolicyFiles
import WireJSON

/// Makes documents by chance, of everything the language has.
struct RandomDocuments {
    var random: Seeded

    init(seed: UInt64) {
        random = Seeded(seed)
        print("seed \(seed)")
    }

    mutating func document() -> PolicyDocument {
        PolicyDocument(
            description: maybe { $0.text() },
            timezone: maybe { Zones.named($0.pick(["UTC", "Europe/Berlin"]))! },
            explain: maybe { $0.flip() },
            tools: section(standing: pick(RuleSection.Standing.allCases)),
            allTools: maybe { $0.group(isAllTools: true) },
            resources: maybe { $0.section(standing: $0.maybe { $0.pick(RuleSection.Standing.allCases) }) },
            prompts: maybe { $0.section(standing: nil) })
    }

    private mutating func section(standing: RuleSection.Standing?) -> RuleSection {
        var names = Set<String>()
        let entries = (0..<number(0...3)).compactMap { _ -> RuleSection.Entry? in
            let name = self.name()
            // Readers of YAML take equivalent keys for one.
            return names.insert(name).inserted ? RuleSection.Entry(NamePattern(name)!, group()) : nil
        }
        return RuleSection(standing: standing, hide: many { NamePattern($0.name())! }, entries: entries)
    }

    private mutating func group(isAllTools: Bool = false) -> RuleGroup {
        var group = RuleGroup(
            require: many { ConditionRule(conditions: $0.many { $0.condition() }, onDeny: $0.maybe { $0.text() }) },
            denyIf: many { ConditionRule(conditions: $0.many { $0.condition() }, onDeny: $0.maybe { $0.text() }) },
            approveIf: many { $0.approval() },
            limits: many { $0.limit() })
        if isAllTools { return group }
        group.action = maybe { $0.pick(RuleGroup.Action.allCases) }
        group.reason = maybe { $0.text() }
        group.rateLimit = maybe {
            RateLimit(max: $0.millionths(), window: $0.window(), scope: $0.maybe { $0.pick(LimitScope.allCases) })
        }
        return group
    }

    private mutating func approval() -> ApprovalRule {
        ApprovalRule(
            conditions: many { $0.condition() }, message: maybe { $0.text() },
            expires: maybe { .seconds(Int64($0.number(1...100_000))) },
            validFor: maybe { .seconds(Int64($0.number(1...100)) * 60) },
            approvers: maybe {
                Approvers(
                    roles: [$0.pick(Approvers.Role.allCases)], members: $0.many { $0.pick(["ann", "bob", "c d"]) },
                    excludesOwner: $0.flip())
            },
            minimum: maybe { $0.number(1...3) })
    }

    private mutating func limit() -> LimitRule {
        let window = window()
        return LimitRule(
            counter: pick(["calls", "a b", "é"]), window: window, max: millionths(),
            scope: maybe { $0.pick(LimitScope.allCases) },
            amount: maybe { $0.flip() ? .fixed($0.millionths()) : .argument(try! PolicyPath("args.amount")) },
            alignment: maybe { window == .month ? .calendar : $0.pick(LimitAlignment.allCases) },
            onDeny: maybe { $0.text() })
    }

    private mutating func window() -> LimitWindow {
        pick([
            .month, .seconds(1), .seconds(60), .seconds(3_600), .seconds(86_400),
            .seconds(Int64(number(1...1_000_000))),
        ])
    }

    private mutating func condition(depth: Int = 0) -> Condition {
        if depth < 3, number(0...3) == 0 {
            switch number(0...2) {
            case 0: return .any([condition(depth: depth + 1)] + many { $0.condition(depth: depth + 1) })
            case 1: return .all(many { $0.condition(depth: depth + 1) })
            default: return .not(comparison(["args.a", "args[\"odd key\"].b", "grant.tags.team"]))
            }
        }
        return comparison([
            "args.a", "args[\"odd key\"].b", "args.list[*].x", "args.list[0]", "grant.label", "tool.risk",
            "args.body.json().a", "args.rows[*].json()[0]",
        ])
    }

    private mutating func comparison(_ paths: [String]) -> Condition {
        let op = pick(PolicyEngine.Operator.allCases)
        let value: String
        switch op {
        case .equal, .notEqual, .contains: value = json()
        case .less, .lessOrEqual, .greater, .greaterOrEqual:
            value = pick(["5", "-0.50", "1e400", "\"2026-07-28T12:00:00Z\""])
        case .isIn, .isNotIn: value = "[" + many { $0.json() }.joined(separator: ",") + "]"
        case .exists: value = pick(["true", "false"])
        case .pathWithin: value = pick(["[\"/srv\",\"/tmp\"]", "[]", "[\"docs\"]"])
        case .hostIn: value = pick(["[\"example.com\",\"*.example.org\"]", "[\"127.0.0.1\"]"])
        case .ipIn: value = pick(["[\"10.0.0.0/8\"]", "[\"::1\",\"fc00::/7\"]"])
        case .regex: value = pick(["\"^a+$\"", "\"(?i)x|y\"", "\"\\\\d{3}: #\""])
        }
        let isAnchored = op == .regex && flip()
        return .comparison(
            try! Comparison(
                path: PolicyPath(pick(paths)), op: op, value: JSON(Array(value.utf8)), isAnchored: isAnchored))
    }

    private mutating func json(depth: Int = 0) -> String {
        switch number(0...(depth < 2 ? 7 : 5)) {
        case 0: return pick(["0", "-1.50", "1e3", "123456789012345678901234567890"])
        case 1: return pick(["true", "false"])
        case 2: return "null"
        case 3, 4, 5:
            var writer = JSONWriter()
            writer.string(text())
            return String(decoding: writer.bytes, as: UTF8.self)
        case 6: return "[" + many { $0.json(depth: depth + 1) }.joined(separator: ",") + "]"
        default: return "{\"a\":\(json(depth: depth + 1)),\"b c\":\(json(depth: depth + 1))}"
        }
    }

    private mutating func text() -> String {
        pick([
            "Say why.", "", "no", "yes", "null", "true", "5", "0x1F", "010", "1e3", "- a", "a: b", "a #b", "# c", "*",
            "&a", "!t",
            "{a}", "[b]", "x, y", "\"quoted\"", "it's", "a\nb", " a ", "tab\there", "é", "e\u{301}", "\u{202e}",
            "\u{85}", "\u{2028}", "🙂", "a\\b", "%d", "@x", "`y`", "|", ">", "?", ":", "-", "~", "<<", "2026-07-28",
            "\u{0}\u{1f}",
            String(repeating: "long ", count: 40),
        ])
    }

    private mutating func name() -> String {
        pick([
            "list_users", "delete_*", "*", "**", "a b", "é", "a/b~c", "5", "true", "x:y", "*_policy", "file:///etc/*",
            "- z",
        ])
    }

    private mutating func millionths() -> Int64 {
        pick([0, 1, 500_000, 1_000_000, 20_000_000_000, 9_000_000_000_000_000])
    }

    // MARK: - Chance

    mutating func pick<Element>(_ elements: [Element]) -> Element { elements.randomElement(using: &random)! }
    mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
    mutating func flip() -> Bool { Bool.random(using: &random) }

    mutating func maybe<Value>(_ make: (inout RandomDocuments) -> Value) -> Value? { flip() ? make(&self) : nil }

    mutating func many<Value>(_ make: (inout RandomDocuments) -> Value) -> [Value] {
        var values: [Value] = []
        for _ in 0..<number(0...2) { values.append(make(&self)) }
        return values
    }
}

import PolicyEngine
import PolicyFiles
import WireJSON

/// Rules and the arguments they look at: arguments that the tools do not have, have as another type, or need not have.
extension PolicyCheck {
    mutating func lookAtArguments(of source: RuleSource) {
        let reach = reach(of: source)
        guard !reach.isEmpty else { return }
        var seen: [PolicyPath: ArgumentSightings] = [:]
        for rule in source.rules(for: source.names?.description ?? "") {
            if let conditions = rule.conditions, let use = rule.use {
                let sites = ComparisonSite.all(in: conditions, at: rule.conditionsPointer)
                let spokenOf = Set(sites.filter { $0.comparison.op == .exists }.map(\.comparison.path))
                for site in sites {
                    let path = site.comparison.path
                    guard case .arguments(let steps) = path.root,
                        let known = seen[path] ?? sightings(of: steps, in: reach)
                    else { continue }
                    seen[path] = known
                    look(at: site, use, of: reach, known, isSpokenOf: spokenOf.contains(path))
                }
            } else if case .limit(let limit) = rule.effect, case .argument(let path) = limit.amount {
                look(atAmount: path, rule.pointer, of: reach)
            }
        }
    }

    /// What the tools' schemas say of a path; `nil` when so many were looked at that the rest is let be.
    private mutating func sightings(of steps: [PolicyPath.Step], in reach: [ToolDefinition]) -> ArgumentSightings? {
        lookups += reach.count
        return lookups <= PolicyToolsBounds.lookups ? ArgumentSightings(of: steps, in: reach) : nil
    }

    /// - Parameter isSpokenOf: the rule itself says what the argument's absence means.
    private mutating func look(
        at site: ComparisonSite, _ use: RuleUse, of reach: [ToolDefinition], _ seen: ArgumentSightings, isSpokenOf: Bool
    ) {
        let path = Wording.quoted(site.comparison.path)
        let pointer = site.pointer + "/path"
        let absent = Outcome.absent(site, use)
        if seen.undeclared.count == reach.count {
            let who =
                reach.count == 1
                ? "`\(Wording.shown(reach[0].name.description))` has no argument \(path)"
                : "none of the \(reach.count) tools here has the argument \(path)"
            return findings.warn("\(who), so \(absent)", of: pointer, seen.suggestion)
        }
        if !seen.undeclared.isEmpty, use == .require, absent == Outcome.denied {
            let names = Wording.list(seen.undeclared)
            return findings.warn(
                "\(names) has no argument \(path), so \(absent)", of: pointer,
                seen.suggestion ?? "give those tools a key of their own")
        }
        lookAtTypes(of: site, use, seen)
        lookAtValues(of: site, use, seen)
        if use == .denyIf, !isSpokenOf { lookAtOptions(of: site, seen) }
    }

    private mutating func look(atAmount path: PolicyPath, _ pointer: String, of reach: [ToolDefinition]) {
        guard case .arguments(let steps) = path.root, let seen = sightings(of: steps, in: reach) else { return }
        let named = findings.places.value(at: pointer + "/amount").pointer == pointer + "/amount"
        let place = pointer + (named ? "/amount" : "/increment_from")
        if let name = seen.undeclared.first {
            let message =
                "\(Wording.quoted(name)) has no argument \(Wording.quoted(path)) to charge, so every call is denied"
            return findings.warn(message, of: place, seen.suggestion)
        }
        let others = seen.declared.filter { !($0.schema.types?.contains("number") ?? true) }
        guard let other = others.first else { return }
        findings.warn(
            "\(Wording.quoted(path)) of \(Wording.quoted(other.tool)) is \(TypeWords.of(other.schema)), and only a number can be charged, so every call is denied",
            of: place)
    }

    private mutating func lookAtTypes(of site: ComparisonSite, _ use: RuleUse, _ seen: ArgumentSightings) {
        guard let wanted = WantedTypes.of(site.comparison) else { return }
        let others = seen.declared.filter { $0.schema.types.map { $0.isDisjoint(with: wanted) } ?? false }
        guard let other = others.first else { return }
        let what = "\(Wording.quoted(site.comparison.path)) of \(Wording.list(others.map(\.tool)))"
        let is_ = TypeWords.of(other.schema)
        findings.warn(
            "\(what) is \(is_), so this cannot be judged: \(Outcome.unjudged(use))", of: site.pointer,
            WantedTypes.suggestion(for: site.comparison, other.schema))
    }

    private mutating func lookAtValues(of site: ComparisonSite, _ use: RuleUse, _ seen: ArgumentSightings) {
        let comparison = site.comparison
        let isList = comparison.op == .isIn || comparison.op == .isNotIn
        guard isList || comparison.op == .equal || comparison.op == .notEqual else { return }
        // A value counts as wrong when no tool's schema lets it be.
        let allowed = seen.declared.map(\.schema.values)
        guard !allowed.isEmpty, allowed.allSatisfy({ $0 != nil }) else { return }
        let values = allowed.compactMap { $0 }.flatMap { $0 }
        let compared = isList ? Array(comparison.value.elements) : [comparison.value]
        guard compared.count <= PolicyToolsBounds.comparedValues, values.count <= PolicyToolsBounds.comparedValues
        else {
            return
        }
        for (index, value) in compared.enumerated() where !values.contains(where: { $0.isEqual(to: value) }) {
            let words = values.compactMap(\.string)
            let suggestion = value.string.flatMap { Spelling.suggestion($0, among: words) }
            let shown = Wording.quoted(String(decoding: value.bytes, as: UTF8.self))
            findings.warn(
                "\(shown) is none of the values that \(Wording.quoted(comparison.path)) may have",
                of: site.pointer + "/value" + (isList ? "/\(index)" : ""), suggestion)
        }
    }

    /// An argument that a call may leave out leaves a `deny_if` without anything to act on.
    private mutating func lookAtOptions(of site: ComparisonSite, _ seen: ArgumentSightings) {
        guard !site.isNegated, Outcome.absent(site, .denyIf) == Outcome.neverActs else { return }
        let path = site.comparison.path
        let optional = seen.declared.filter { !$0.schema.isRequired && !$0.schema.hasDefault }.map(\.tool)
            .filter { !presence(for: $0).contains(path) }
        guard !optional.isEmpty else { return }
        findings.warn(
            "\(Wording.list(optional)) may be called without \(Wording.quoted(path)), which passes this rule",
            of: site.pointer + "/path",
            "say what its absence means: `require` that it exists, or add `{ path: \(path), op: exists, value: true }` here"
        )
    }

    /// The arguments of which some rule says what a call without them is to come to.
    private mutating func presence(for tool: ToolName) -> Set<PolicyPath> {
        if let known = presences[tool] { return known }
        var paths: Set<PolicyPath> = []
        for rule in sources.applying(to: tool).flatMap({ $0.rules(for: "") }) {
            let sites = ComparisonSite.all(in: rule.conditions ?? [], at: "")
            switch rule.effect {
            case .require:
                paths.formUnion(sites.filter { $0.isPlain && !$0.isNegated }.map(\.comparison.path))
            case .deny, .approve:
                paths.formUnion(sites.filter { $0.comparison.op == .exists }.map(\.comparison.path))
            case .limit(let limit):
                // What cannot be charged is denied.
                if case .argument(let path) = limit.amount { paths.insert(path) }
            }
        }
        presences[tool] = paths
        return paths
    }
}

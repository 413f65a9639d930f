/// The entries of a section, found by name: exact names by hash, patterns one by one.
struct NameIndex: Sendable {
    /// One key of the section, with its rules.
    struct Entry: Sendable {
        let names: NamePattern
        let group: RuleGroup
        let pointer: String
        let rank: RuleRank
    }

    private let entries: [Entry]
    private let exact: [[UInt8]: [Int]]
    private let patterns: [Int]
    private let hiding: [(names: NamePattern, rule: RuleID)]

    /// - Parameters:
    ///   - pointer: where the section's entries are in the document.
    ///   - hide: where its `hide` is.
    init(_ section: RuleSection, at pointer: String, hiddenAt hide: String) {
        var exact: [[UInt8]: [Int]] = [:]
        var patterns: [Int] = []
        var entries: [Entry] = []
        for (position, entry) in section.entries.enumerated() {
            let place = "\(pointer)/\(RuleID.token(for: entry.names.description))"
            let rank = RuleRank(of: entry.names, at: position)
            entries.append(Entry(names: entry.names, group: entry.group, pointer: place, rank: rank))
            if entry.names.isExact {
                exact[entry.names.utf8, default: []].append(position)
            } else {
                patterns.append(position)
            }
        }
        var hiding = section.hide.enumerated().map { ($1, RuleID(pointer: "\(hide)/\($0)")) }
        for entry in entries where entry.group.action == .hide {
            hiding.append((entry.names, RuleID(pointer: entry.pointer + "/action")))
        }
        self.entries = entries
        self.exact = exact
        self.patterns = patterns
        self.hiding = hiding
    }

    /// The entries whose key matches the name.
    func entries(matching name: [UInt8]) -> [Entry] {
        let named = exact[name] ?? []
        let matching = patterns.filter { entries[$0].names.matches(name) }
        return (named + matching).map { entries[$0] }
    }

    /// Whether the thing is hidden, listed or left to what stands for those not listed. `*` lists nothing.
    func visibility(of name: [UInt8], otherwise standing: RuleSection.Standing) -> Visibility {
        if let found = hiding.first(where: { $0.names.matches(name) }) { return .hidden(by: found.rule) }
        if standing == .allow || exact[name] != nil { return .visible }
        let isListed = patterns.contains { position in
            let names = entries[position].names
            return !names.matchesEverything && names.matches(name)
        }
        return isListed ? .visible : .unlisted
    }
}

/// The entries of a section, found by name.
struct NameIndex: Sendable {
    /// One key of the section, with its rules.
    struct Entry: Sendable {
        let names: NamePattern
        let group: RuleGroup
        let pointer: String
        let rank: RuleRank
    }

    private let entries: [Entry]
    private let listing: NameTable
    /// What hides, in the order in which it is reported.
    private let hidingRules: [RuleID]
    private let hiding: NameTable

    /// - Parameters:
    ///   - pointer: where the section's entries are in the document.
    ///   - hide: where its `hide` is.
    init(_ section: RuleSection, at pointer: String, hiddenAt hide: String) {
        let entries = section.entries.enumerated().map { position, entry in
            Entry(
                names: entry.names, group: entry.group,
                pointer: "\(pointer)/\(RuleID.token(for: entry.names.description))",
                rank: RuleRank(of: entry.names, at: position))
        }
        let hidden = entries.filter { $0.group.action == .hide }
        self.entries = entries
        self.listing = NameTable(entries.map(\.names))
        self.hidingRules =
            section.hide.indices.map { RuleID(pointer: "\(hide)/\($0)") }
            + hidden.map { RuleID(pointer: $0.pointer + "/action") }
        self.hiding = NameTable(section.hide + hidden.map(\.names))
    }

    /// Says nothing about anything.
    var isEmpty: Bool { entries.isEmpty && hidingRules.isEmpty }

    /// The entries whose key matches the name.
    func entries(matching name: [UInt8]) -> [Entry] {
        listing.positions(matching: name).map { entries[$0] }
    }

    /// The entries whose key matches one of the names, each once.
    func entries(matchingAny names: [[UInt8]]) -> [Entry] {
        Set(names.flatMap { listing.positions(matching: $0) }).sorted().map { entries[$0] }
    }

    /// The rule that hides the name.
    func rule(hiding name: [UInt8]) -> RuleID? {
        hiding.positions(matching: name).first.map { hidingRules[$0] }
    }

    /// Some key other than `*` matches the name.
    func lists(_ name: [UInt8]) -> Bool {
        listing.positions(matching: name).contains { !entries[$0].names.matchesEverything }
    }

    /// Some key is the name itself.
    func namesExactly(_ name: [UInt8]) -> Bool {
        listing.positions(matching: name).contains { entries[$0].names.isExact }
    }

    /// Whether the thing is hidden, listed or left to what stands for those not listed. `*` lists nothing.
    func visibility(of name: [UInt8], otherwise standing: RuleSection.Standing) -> Visibility {
        if let rule = rule(hiding: name) { return .hidden(by: rule) }
        return standing == .allow || lists(name) ? .visible : .unlisted
    }
}

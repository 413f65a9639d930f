import PolicyEngine
import PolicyFiles

/// Keys and patterns: what they name, and what they name without seeming to.
extension PolicyCheck {
    /// What each pattern names.
    var patterns: [PatternReach] {
        guard let tools else { return [] }
        let hidden = document.tools.hide.enumerated().filter { !$1.isExact }.map { index, names in
            PatternReach(
                pattern: names.description, pointer: "/hide/\(index)", use: .hides,
                tools: tools.matching(names).map(\.name))
        }
        let listed = sources.all.compactMap { source -> PatternReach? in
            guard let names = source.names, !names.isExact, !names.matchesEverything else { return nil }
            return PatternReach(
                pattern: names.description, pointer: source.pointer, use: .lists,
                tools: tools.matching(names).map(\.name))
        }
        return hidden + listed
    }

    mutating func lookAtNames() {
        guard let tools else { return }
        for (index, names) in document.tools.hide.enumerated() {
            let pointer = "/hide/\(index)"
            let matching = tools.matching(names)
            if matching.isEmpty {
                warnOfUnknown(names, "hidden", tools) { $0.warn($1, of: pointer, $2) }
            } else if let found = Self.unseeming(names, matching) {
                findings.warn(found.message, of: pointer, found.suggestion)
            }
        }
        for source in sources.all {
            guard let names = source.names, !names.matchesEverything else { continue }
            let matching = tools.matching(names)
            if matching.isEmpty {
                warnOfUnknown(names, "listed", tools) { $0.warn($1, ofKey: source.pointer, $2) }
            } else if let found = Self.unseeming(names, matching) {
                findings.warn(found.message, ofKey: source.pointer, found.suggestion)
            } else if names.literalLength < 3, matching.count == tools.tools.count, matching.count > 1 {
                findings.warn(
                    "`\(names)` lists all \(matching.count) tools", ofKey: source.pointer,
                    "write `default: allow` if that is meant")
            }
        }
    }

    private mutating func warnOfUnknown(
        _ names: NamePattern, _ what: String, _ tools: ToolDefinitions,
        _ warn: (inout Findings, String, String?) -> Void
    ) {
        guard names.isExact else {
            return warn(
                &findings, "no tool matches \(Wording.quoted(names)), so nothing is \(what) by this",
                "remove it, or correct the pattern")
        }
        let name = names.description
        let suggestion = Spelling.suggestion(name, among: tools.names)
        warn(
            &findings, "there is no tool \(Wording.quoted(name)), so nothing is \(what) by this",
            suggestion ?? "remove it, or correct the name")
    }

    /// A star in the middle of a word: `get*` names `getaway` too.
    private static func unseeming(
        _ names: NamePattern, _ matching: [ToolDefinition]
    ) -> (message: String, suggestion: String)? {
        // Only where it is plain what the star stands for: one star, at the end of a word.
        guard let last = names.utf8.last, last == UInt8(ascii: "*"), names.utf8.dropLast().last?.isLetter == true,
            names.literalLength == names.utf8.count - 1
        else { return nil }
        let stem = names.utf8.dropLast()
        let surprising = matching.filter { tool in
            let rest = tool.name.utf8.dropFirst(stem.count)
            return rest.first.map { $0 &- 0x61 < 26 } ?? false
        }
        guard !surprising.isEmpty, surprising.count < matching.count else { return nil }
        let also = Wording.list(surprising.map(\.name))
        let usual = matching.first { !surprising.map(\.name).contains($0.name) }
        let separator = usual.flatMap { $0.name.utf8.dropFirst(stem.count).first }.map { UnicodeScalar($0) }
        let better = separator.map { $0.isASCII && !$0.properties.isAlphabetic ? "\($0)" : "" } ?? ""
        let suggestion =
            better.isEmpty
            ? "list the tools that are meant"
            : "write `\(String(decoding: stem, as: UTF8.self))\(better)*`"
        return ("`\(names)` also names \(also)", suggestion)
    }
}

extension UInt8 {
    fileprivate var isLetter: Bool { (self | 0x20) &- 0x61 < 26 }
}

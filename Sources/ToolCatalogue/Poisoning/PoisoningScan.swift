public import WireJSON

/// Looks for what is written for the model and not for people: in every text of a definition, keys and schemas
/// included, and in what a tool returns.
///
/// It finds what is known; a clean scan is no proof. Takes time in proportion to the text.
public struct PoisoningScan: Sendable {
    /// The names of tools that other servers provide to the same agents, with their server.
    private let others: [[UInt8]: String]
    /// The skeletons of those names.
    private let alike: [[UInt8]: [UInt8]]
    private let own: Set<[UInt8]>

    /// - Parameters:
    ///   - own: The names of the server's own tools, which its texts may speak of.
    ///   - others: The names of other servers' tools, with the server that provides each.
    public init(own: some Sequence<String> = [], others: [(tool: String, server: String)] = []) {
        self.own = Set(own.map { Array($0.utf8) })
        var byName: [[UInt8]: String] = [:]
        var bySkeleton: [[UInt8]: [UInt8]] = [:]
        for (tool, server) in others.prefix(CatalogueBounds.otherTools) {
            let name = Array(tool.utf8)
            byName[name] = server
            bySkeleton[Skeleton.of(name)] = name
        }
        self.others = byName
        alike = bySkeleton
    }

    /// What is found in a whole definition, in its order.
    public func findings(in definition: JSON) -> [PoisoningFinding] {
        var walk = DefinitionWalk(scan: self)
        walk.visit(definition, at: "", depth: 0)
        if let name = definition["name"]?.utf8 { walk.findings += nameFindings(name, at: "/name") }
        if walk.isCut { walk.findings.append(PoisoningFinding(.unscanned, .warning, at: "", found: "")) }
        return walk.findings
    }

    /// What is found in one text, such as an error message or a result.
    public func findings(inText text: [UInt8], at pointer: String = "", isKey: Bool = false) -> [PoisoningFinding] {
        var findings = HiddenScalars.findings(in: text, at: pointer, isKey: isKey)
        guard text.count >= 8 else { return findings }
        let plain = HiddenScalars.stripped(text)
        let words = WordReader.words(
            of: plain, isName: false, limit: CatalogueBounds.scannedWords, bytes: CatalogueBounds.scannedText)
        for (phrase, range) in PoisoningPhrase.found(in: words).prefix(CatalogueBounds.findings) {
            let found = plain[words[range.lowerBound].start..<words[range.upperBound].end]
            findings.append(
                PoisoningFinding(phrase.kind, phrase.severity, at: pointer, found: ShownText.of(found), isKey: isKey))
        }
        findings += markFindings(plain, at: pointer, isKey)
        for word in words where Skeleton.mixesScripts(plain[word.start..<word.end]) {
            let found = ShownText.of(plain[word.start..<word.end])
            findings.append(
                PoisoningFinding(.mixedScripts, isKey ? .danger : .warning, at: pointer, found: found, isKey: isKey))
            break
        }
        if let run = EncodedRuns.first(in: plain) {
            let found = ShownText.of(plain[run], limit: 24)
            findings.append(PoisoningFinding(.encodedPayload, .warning, at: pointer, found: found, isKey: isKey))
        }
        if !others.isEmpty { findings += foreignTools(plain, at: pointer, isKey) }
        if text.count > CatalogueBounds.usualText {
            findings.append(
                PoisoningFinding(.oversized, .notice, at: pointer, found: "\(text.count) bytes", isKey: isKey))
        }
        return findings
    }

    private func markFindings(_ text: [UInt8], at pointer: String, _ isKey: Bool) -> [PoisoningFinding] {
        let lowered = text.prefix(CatalogueBounds.scannedText).map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
        return PoisoningMark.all.compactMap { kind, severity, mark in
            guard ByteSearch.first(mark, in: lowered) != nil else { return nil }
            return PoisoningFinding(kind, severity, at: pointer, found: ShownText.of(mark), isKey: isKey)
        }
    }

    /// Names with an underscore or a hyphen, which are no words of prose, where another server has that tool.
    private func foreignTools(_ text: [UInt8], at pointer: String, _ isKey: Bool) -> [PoisoningFinding] {
        var findings: [PoisoningFinding] = []
        for name in text.split(whereSeparator: { !Self.isNameByte($0) }) {
            guard name.contains(where: { $0 == 0x5F || $0 == 0x2D }), name.count >= 5 else { continue }
            let name = Array(name)
            guard !own.contains(name), let server = others[name] else { continue }
            let found = ShownText.of(name) + " of " + ShownText.of(server.utf8, limit: 40)
            findings.append(PoisoningFinding(.foreignTool, .warning, at: pointer, found: found, isKey: isKey))
            if findings.count == CatalogueBounds.findings { break }
        }
        return findings
    }

    private func nameFindings(_ name: [UInt8], at pointer: String) -> [PoisoningFinding] {
        var findings: [PoisoningFinding] = []
        if Skeleton.mixesScripts(name[...]) {
            findings.append(PoisoningFinding(.mixedScripts, .danger, at: pointer, found: ShownText.of(name)))
        }
        if let other = alike[Skeleton.of(name)], !own.contains(other), other != name {
            findings.append(
                PoisoningFinding(.lookAlikeName, .danger, at: pointer, found: "looks like " + ShownText.of(other)))
        }
        return findings
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte >= 0x30 && byte <= 0x39 || byte == 0x5F || byte == 0x2D
    }
}

/// Every text of a definition with its place, within bounds.
private struct DefinitionWalk {
    let scan: PoisoningScan
    var findings: [PoisoningFinding] = []
    var isCut = false
    private var values = 0

    init(scan: PoisoningScan) { self.scan = scan }

    mutating func visit(_ value: JSON, at pointer: String, depth: Int) {
        values += 1
        guard depth <= CatalogueBounds.scannedDepth, values <= CatalogueBounds.scannedValues,
            findings.count < 4 * CatalogueBounds.findings
        else {
            isCut = true
            return
        }
        switch value.kind {
        case .string:
            if let text = value.utf8 {
                if text.count > CatalogueBounds.scannedText { isCut = true }
                findings += scan.findings(inText: text, at: pointer)
            }
        case .object:
            for (key, member) in value.members {
                let name = key.utf8
                let place = pointer + "/" + PointerStep.escaped(name)
                findings += scan.findings(inText: name, at: place, isKey: true)
                visit(member, at: place, depth: depth + 1)
            }
        case .array:
            for (position, element) in value.elements.enumerated() {
                visit(element, at: pointer + "/\(position)", depth: depth + 1)
            }
        case .number, .bool, .null: break
        }
    }
}

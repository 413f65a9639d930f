public import WireJSON

extension CatalogueServer {
    /// Judges a server's definitions, as `tools/list` or a definitions file gives them.
    ///
    /// Of the texts nothing is kept but the few words that a verdict rests on. Elements that are no definition are
    /// passed over; of two tools with one name the first counts.
    ///
    /// - Parameter provider: A ``Provider``'s slug; nil for what the package proves.
    public init(
        slug: String, registry: String, package: String, version: String, provider: String? = nil, definitions: [JSON]
    ) {
        let tools = definitions.compactMap { json in ToolDefinition(json).map { (json: json, definition: $0) } }
        let context = ServerContext(tools: tools.map(\.definition))
        var seen = Set<[UInt8]>()
        self.init(
            slug: slug, registry: registry, package: package, version: version, provider: provider,
            tools: tools.compactMap { tool in
                guard seen.insert(tool.definition.name).inserted else { return nil }
                let verdict = ToolClassifier().classify(tool.definition, among: context)
                return CatalogueTool(
                    name: String(decoding: tool.definition.name, as: UTF8.self),
                    arguments: CatalogueArgument.list(of: tool.definition.inputSchema), verdict: verdict.kept,
                    definition: DefinitionHash(of: tool.json))
            })
    }
}

extension Classification {
    /// The verdict as a catalogue keeps it: the words of its evidence cut short, confidence in hundredths.
    fileprivate var kept: Classification {
        Classification(
            category: category, risk: risk, confidence: (confidence * 100).rounded() / 100,
            evidence: evidence.map { evidence in
                Evidence(evidence.place, Self.words(of: evidence.found), evidence.claim)
            })
    }

    /// The first words of what was found, cut where a scalar begins.
    private static func words(of found: String) -> String {
        var kept: [Substring.UnicodeScalarView] = []
        var bytes = 0
        let words = found.unicodeScalars.split(whereSeparator: \.properties.isWhitespace)
        for word in words.prefix(CatalogueBounds.foundWords) {
            var end = word.startIndex
            while end < word.endIndex, bytes + UTF8.width(word[end]) <= CatalogueBounds.foundBytes {
                bytes += UTF8.width(word[end])
                end = word.index(after: end)
            }
            kept.append(word[..<end])
            bytes += 1
        }
        return kept.map { String($0) }.joined(separator: " ")
    }
}

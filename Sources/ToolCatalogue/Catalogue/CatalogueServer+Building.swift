public import WireJSON

extension CatalogueServer {
    /// Judges a server's definitions, as `tools/list` or a definitions file gives them.
    ///
    /// Of the texts nothing is kept but the few words that a verdict rests on. Elements that are no definition are
    /// passed over; of two tools with one name the first counts.
    public init(slug: String, registry: String, package: String, version: String, definitions: [JSON]) {
        let tools = definitions.compactMap { json in ToolDefinition(json).map { (json: json, definition: $0) } }
        let context = ServerContext(tools: tools.map(\.definition))
        var seen = Set<[UInt8]>()
        self.init(
            slug: slug, registry: registry, package: package, version: version,
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
                let found = String(decoding: evidence.found.utf8.prefix(CatalogueBounds.foundBytes), as: UTF8.self)
                return Evidence(evidence.place, found, evidence.claim)
            })
    }
}

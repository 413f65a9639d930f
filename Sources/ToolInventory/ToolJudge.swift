public import ClientFiles
public import PolicyEngine
public import ToolCatalogue
public import WireJSON

/// Judges the tools of servers that the same agents can call: each among its siblings, and its texts for what they say to
/// the model, other servers' tools included.
public struct ToolJudge: Sendable {
    /// A server's definitions as listed.
    public struct Listing: Sendable {
        public let server: String
        public let definitions: [JSON]
        /// Whose agents can call it: only what the same agents can call is compared. Nil where no agents are known.
        public let agents: String?
        /// What its configuration holds, to be taken out of what it says.
        public let secrets: [Concealed]

        public init(server: String, definitions: [JSON], agents: String? = nil, secrets: [Concealed] = []) {
            self.server = server
            self.agents = agents
            self.definitions = definitions
            self.secrets = secrets
        }

        fileprivate var names: [String] { definitions.compactMap { $0["name"]?.string } }
    }

    /// The tools of each listing, in the listings' order; an element without a name is no tool.
    public static func judge(_ listings: [Listing]) -> [[InventoryTool]] {
        let names = listings.map(\.names)
        return listings.indices.map { index in
            let own = Set(names[index].map { Array($0.utf8) })
            let others = listings.indices.filter { other in
                // Another listing of the same server is not another server.
                other != index && listings[index].agents != nil && listings[other].agents == listings[index].agents
                    && names[other] != names[index]
            }.flatMap { other in
                names[other].filter { !own.contains(Array($0.utf8)) }.map { ($0, listings[other].server) }
            }
            return tools(of: listings[index], PoisoningScan(own: names[index], others: others))
        }
    }

    private static func tools(of listing: Listing, _ scan: PoisoningScan) -> [InventoryTool] {
        let scrubber = SecretScrubber(listing.secrets)
        let definitions = listing.definitions.compactMap { json in ToolDefinition(json).map { (json, $0) } }
        let context = ServerContext(tools: definitions.map(\.1))
        let classifier = ToolClassifier()
        return definitions.map { json, definition in
            let name = String(decoding: definition.name, as: UTF8.self)
            let told = scrubber.cleaned(name)
            let verdict = classifier.classify(definition, among: context)
            let evidence = verdict.evidence.map { Evidence($0.place, scrubber.cleaned($0.found), $0.claim) }
            let findings = scan.findings(in: json).prefix(InventoryBounds.findings).map { finding in
                PoisoningFinding(
                    finding.kind, finding.severity, at: scrubber.cleaned(finding.pointer),
                    found: scrubber.cleaned(finding.found), isKey: finding.isKey)
            }
            return InventoryTool(
                name: told,
                verdict: Classification(
                    category: verdict.category, risk: verdict.risk, confidence: verdict.confidence, evidence: evidence),
                findings: findings, roles: ChainRole(definition, verdict, among: context), isNameable: told == name)
        }
    }

    /// The tools of a server as the catalogue knows them.
    public static func tools(of known: CatalogueServer) -> [InventoryTool] {
        known.tools.map { tool in
            InventoryTool(name: tool.name, verdict: tool.verdict, findings: [], roles: ChainRole(tool, of: known))
        }
    }
}

extension Catalogue {
    /// The server that a package provides; names of PyPI compare as its index does (PEP 503).
    public func server(of package: PackageName) -> CatalogueServer? {
        func key(_ name: String) -> [UInt8] {
            guard package.registry == "pypi" else { return Array(name.utf8) }
            let parts = name.lowercased().utf8.split { $0 == 0x2D || $0 == 0x2E || $0 == 0x5F }
            return Array(parts.joined(separator: [0x2D]))
        }
        let wanted = key(package.name)
        return servers.first { $0.registry == package.registry && key($0.package) == wanted }
    }
}

extension Inventory {
    /// A starting policy for each server whose tools are known: everything denied but what is listed, each tool with its
    /// recommended rule. A server that several files name alike gets one.
    public var policies: [(server: InventoryServer, document: PolicyDocument)] {
        var seen: [[UInt8]: [[String]]] = [:]
        return servers.compactMap { server in
            let tools = server.tools.filter(\.isNameable)
            guard !tools.isEmpty else { return nil }
            let key = tools.map { "\($0.name) \($0.recommendation.action.rawValue)" }
            if seen[Array(server.name.utf8)]?.contains(key) ?? false { return nil }
            seen[Array(server.name.utf8), default: []].append(key)
            let document = PolicyDocument.recommended(
                for: tools.map { ($0.name, $0.verdict) },
                description: "Recommended for a server with \(tools.count) tools; read it before you use it.")
            return (server, document)
        }
    }
}

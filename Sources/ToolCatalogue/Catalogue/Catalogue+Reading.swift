internal import Crypto
internal import WireJSON

extension Catalogue {
    /// Reads a catalogue file and checks who signed it.
    ///
    /// Nothing of a file is taken that was altered, cut off or signed by a stranger.
    ///
    /// - Parameter trusted: The keys whose signatures count.
    public init(_ file: [UInt8], trusting trusted: Set<CataloguePublicKey>) throws(CatalogueError) {
        guard file.count <= CatalogueBounds.catalogueFile else { throw .tooLarge }
        guard file.starts(with: "gatehouse-catalogue ".utf8) else { throw .notACatalogue }
        guard file.starts(with: (Self.firstLine + "\n").utf8) else {
            throw .laterFormat(String(decoding: file.prefix(64).prefix { $0 != 0x0A }, as: UTF8.self))
        }
        let body = try Self.signedBody(of: file, trusting: trusted)
        var reader = CatalogueLines()
        for (number, line) in body.split(separator: 0x0A).enumerated().dropFirst() {
            guard reader.take(Array(line), isHeader: number == 1) else { throw .malformed(line: number + 1) }
        }
        guard let catalogue = reader.catalogue else { throw .miscounted }
        self = catalogue
    }

    /// What stands before the last line, if that line signs it.
    private static func signedBody(
        of file: [UInt8], trusting trusted: Set<CataloguePublicKey>
    ) throws(CatalogueError) -> ArraySlice<UInt8> {
        guard file.last == 0x0A, let end = file.dropLast().lastIndex(of: 0x0A) else { throw .unsigned }
        let (body, last) = (file[...end], Array(file[(end + 1)...].dropLast()))
        guard let line = try? JSON(last), let key = line["key"]?.string.flatMap(CataloguePublicKey.init(hex:)),
            let signature = line["signature"]?.string.flatMap(Hexadecimal.bytes)
        else { throw .unsigned }
        guard trusted.contains(key) else { throw .strangeKey(key.description) }
        guard let checker = try? Curve25519.Signing.PublicKey(rawRepresentation: key.raw),
            checker.isValidSignature(signature, for: Array(SHA256.hash(data: body)))
        else { throw .altered }
        return body
    }
}

/// The lines of a catalogue file, taken one after another.
struct CatalogueLines {
    private var issued = ""
    private var counts: (servers: Int, tools: Int, packages: Int)?
    private var servers: [CatalogueServer] = []
    private var packages: [CataloguePackage] = []
    private var open:
        (slug: String, registry: String, package: String, version: String, provider: String, tools: [CatalogueTool])?

    /// Nil where there is less, or more, than the header says.
    var catalogue: Catalogue? {
        var servers = servers
        if let open { servers.append(Self.server(open)) }
        let catalogue = Catalogue(issued: issued, servers: servers, packages: packages)
        guard let counts, counts == (servers.count, catalogue.toolCount, packages.count) else { return nil }
        return catalogue
    }

    /// The servers whose lines were taken.
    var taken: [CatalogueServer] { servers + [open.map(Self.server)].compactMap(\.self) }

    mutating func take(_ line: [UInt8], isHeader: Bool) -> Bool {
        guard let json = try? JSON(line) else { return false }
        if isHeader { return takeHeader(json) }
        switch json[0]?.string {
        case "s": return takeServer(json)
        case "t": return takeTool(json)
        case "p": return takePackage(json)
        default: return false
        }
    }

    private mutating func takeHeader(_ json: JSON) -> Bool {
        guard let issued = json["issued"]?.string, let servers = json["servers"]?.int, let tools = json["tools"]?.int,
            let packages = json["packages"]?.int
        else { return false }
        self.issued = issued
        counts = (servers, tools, packages)
        return true
    }

    private mutating func takeServer(_ json: JSON) -> Bool {
        let texts = json.elements.compactMap(\.string)
        guard texts.count == 6 else { return false }
        if let open { servers.append(Self.server(open)) }
        open = (texts[1], texts[2], texts[3], texts[4], texts[5], [])
        return true
    }

    private mutating func takePackage(_ json: JSON) -> Bool {
        let texts = json.elements.compactMap(\.string)
        guard texts.count == 4 else { return false }
        packages.append(CataloguePackage(registry: texts[1], name: texts[2], version: texts[3]))
        return true
    }

    private mutating func takeTool(_ json: JSON) -> Bool {
        let parts = Array(json.elements)
        guard open != nil, parts.count == 8, let name = parts[1].string, let codes = parts[2].string, codes.count == 2,
            let category = CatalogueCodes.category(String(codes.prefix(1))),
            let risk = CatalogueCodes.risk(String(codes.suffix(1))), let confidence = parts[3].int,
            (0...100).contains(confidence), let hash = parts[5].string, hash.utf8.count == 64,
            let arguments = Self.arguments(parts[6]), let evidence = Self.evidence(parts[7])
        else { return false }
        let verdict = Classification(
            category: category, risk: risk, confidence: Double(confidence) / 100, evidence: evidence)
        let tool = CatalogueTool(
            name: name, arguments: arguments, verdict: verdict, definition: DefinitionHash(hex: hash))
        guard tool.recommendation.action.rawValue == parts[4].string else { return false }
        open?.tools.append(tool)
        return true
    }

    private static func arguments(_ json: JSON) -> [CatalogueArgument]? {
        let texts = json.elements.compactMap(\.string)
        guard json.kind == .array, texts.count == json.count, texts.count % 2 == 0 else { return nil }
        var arguments: [CatalogueArgument] = []
        for position in stride(from: 0, to: texts.count, by: 2) {
            let isRequired = texts[position + 1].hasSuffix("!")
            guard let kind = CatalogueArgument.Kind(rawValue: String(texts[position + 1].prefix(1))) else { return nil }
            arguments.append(CatalogueArgument(name: texts[position], kind: kind, isRequired: isRequired))
        }
        return arguments
    }

    private static func evidence(_ json: JSON) -> [Evidence]? {
        let texts = json.elements.compactMap(\.string)
        guard json.kind == .array, texts.count == json.count, texts.count % 3 == 0 else { return nil }
        var evidence: [Evidence] = []
        for position in stride(from: 0, to: texts.count, by: 3) {
            guard let place = CatalogueCodes.place(texts[position]),
                let claim = CatalogueCodes.claim(texts[position + 2])
            else { return nil }
            evidence.append(Evidence(place, texts[position + 1], claim))
        }
        return evidence
    }

    private static func server(
        _ open: (
            slug: String, registry: String, package: String, version: String, provider: String, tools: [CatalogueTool]
        )
    ) -> CatalogueServer {
        CatalogueServer(
            slug: open.slug, registry: open.registry, package: open.package, version: open.version,
            provider: open.provider, tools: open.tools)
    }
}

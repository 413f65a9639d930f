import Testing
import ToolCatalogue
import WireJSON

/// The catalogue as it is shipped: facts and verdicts, signed.
@Suite("Catalogue file")
struct CatalogueFileTests {
    static let key = CatalogueKey()

    private func sample() throws -> Catalogue {
        let definitions = try [
            #"""
            {"name":"delete_user","description":"A sentence of somebody else, to be left out, deletes a user.","inputSchema":
            {"type":"object","required":["id"],"properties":{"id":{"type":"string"},"force":{"anyOf":[{"type":"boolean"},
            {"type":"null"}]},"count":{"type":["integer","null"]},"any":{},"odd \"name\"":{"type":["string","number"]},
            "list":{"type":"array"},"sum":{"type":"number"},"more":{"type":"object"}}}}
            """#,
            #"{"name":"list_users"}"#, #"{"name":"list_users","description":"again"}"#, #"{"no":"name"}"#,
            #"{"name":"名前 with spaces","description":"<script>alert(1)</script>"}"#,
        ].map(SampleTool.json)
        let server = CatalogueServer(
            slug: "sample", registry: "pypi", package: "sample-server", version: "1.0", definitions: definitions)
        return Catalogue(
            issued: "2026-11-23", servers: [server],
            packages: [CataloguePackage(registry: "npm", name: "@a/b", version: "2.0.0")])
    }

    @Test("what is written and read back is the same catalogue")
    func roundTrip() throws {
        let catalogue = try sample()
        let read = try Catalogue(try catalogue.signed(with: Self.key), trusting: [Self.key.publicKey])
        #expect(read == catalogue)
        #expect(read.servers[0].tools.map(\.name) == ["delete_user", "list_users", "名前 with spaces"])
        #expect(read.servers[0].tools[0].verdict.risk == .critical)
        #expect(read.servers[0].tools[0].recommendation.action == .hide)
        #expect(
            read.servers[0].tools[0].arguments.map { "\($0.name) \($0.kind.words) \($0.isRequired)" } == [
                "id text true", "force true or false false", "count whole number false", "any any false",
                "odd \"name\" any false", "list list false", "sum number false", "more object false",
            ])
    }

    @Test("no sentence of a definition is in the file")
    func noSentences() throws {
        let file = String(decoding: try sample().signed(with: Self.key), as: UTF8.self)
        #expect(!file.contains("sentence"))
        #expect(!file.contains("script"))
    }

    @Test("a file that was altered, cut off or signed by a stranger is not taken")
    func refusals() throws {
        let file = try sample().signed(with: Self.key)
        let trusted: Set = [Self.key.publicKey]
        func error(_ file: [UInt8], _ trusted: Set<CataloguePublicKey> = trusted) -> CatalogueError? {
            do {
                _ = try Catalogue(file, trusting: trusted)
                return nil
            } catch {
                return error
            }
        }
        #expect(error(file) == nil)
        #expect(error(file, []) == .strangeKey(Self.key.publicKey.description))
        #expect(error(file, [CatalogueKey().publicKey]) == .strangeKey(Self.key.publicKey.description))
        #expect(error([]) == .notACatalogue)
        #expect(error(Array("gatehouse-catalogue 2\n".utf8)) == .laterFormat("gatehouse-catalogue 2"))
        for cut in stride(from: 30, to: file.count, by: 97) {
            #expect(error(Array(file.prefix(cut))) != nil, "cut at \(cut)")
        }
        for place in stride(from: 24, to: file.count, by: 13) {
            var altered = file
            altered[place] ^= 1
            #expect(error(altered) != nil, "altered at \(place)")
        }
        // The lines of one file under the signature of another.
        let other = Catalogue(issued: "2026-11-24", servers: try sample().servers)
        let lines =
            file.split(separator: 0x0A).dropLast() + (try other.signed(with: Self.key)).split(separator: 0x0A).suffix(1)
        #expect(error(Array(lines.joined(separator: [0x0A])) + [0x0A]) == .altered)
    }

    static let malformed = [
        #"["t","a","RL",50,"allow","00",[],[]]"#, #"["x"]"#, "{}", "nonsense", #"["s","a"]"#, #"["p","npm","a"]"#,
        // A verdict and a rule that do not belong together.
        #"["t","a","DC",90,"allow","0000000000000000000000000000000000000000000000000000000000000000",[],[]]"#,
    ]

    @Test("a signed file with a line that means nothing is not taken", arguments: malformed)
    func malformedLines(_ line: String) throws {
        let text = "gatehouse-catalogue 1\n{\"issued\":\"x\",\"servers\":0,\"tools\":0,\"packages\":0}\n\(line)\n"
        #expect(throws: CatalogueError.self) {
            try Catalogue(try SignedLines.file(text, with: Self.key), trusting: [Self.key.publicKey])
        }
    }

    @Test("a key is kept as hexadecimal digits and comes back the same")
    func keys() {
        let key = CatalogueKey()
        #expect(CatalogueKey(hex: key.secretHex)?.publicKey == key.publicKey)
        #expect(CataloguePublicKey(hex: key.publicKey.description) == key.publicKey)
        #expect(CatalogueKey(hex: "abc") == nil)
        #expect(CataloguePublicKey(hex: String(repeating: "0", count: 62)) == nil)
    }
}

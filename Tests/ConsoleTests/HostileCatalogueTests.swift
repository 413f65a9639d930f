import HTTPTypes
import HummingbirdTesting
import NIOCore
import PolicyFiles
import Testing
import ToolCatalogue
import WireJSON

@testable import Console

/// Servers that try to be more than text on the pages about them.
struct HostileCatalogueTests {
    static let names = [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'; DROP TABLE tool; --", "a b/c?d#e", "..",
        ".",
        "get.json", "~", "safe\u{202E}txt.exe", "zero\u{200B}width", "tag\u{E0041}", "`code` and `more", "</title><b>",
        "{{7*7}}", "${jndi:x}", "é", "e\u{301}", "日本語", String(repeating: "x", count: 5_000), "\u{0}", "\n\r\t",
        "providers",
        "*", "-rf /", "$(reboot)", "</script><script>alert(2)</script>",
    ]

    @Test("strangers' names are text on every page, and each tool has its address")
    func strangersNames() async throws {
        let tools = Self.names.map { name in
            CatalogueTool(
                name: name,
                arguments: [CatalogueArgument(name: name, kind: .text, isRequired: true)],
                verdict: Classification(
                    category: .destructive, risk: .critical, confidence: 0.5,
                    evidence: [
                        Evidence(.name, name, .category(.destructive)),
                        Evidence(.schema("/properties/\(name)"), name, .raises(.accessControl)),
                    ]),
                definition: DefinitionHash(hex: String(repeating: "a", count: 64)))
        }
        let servers = Self.names.map {
            CatalogueServer(slug: $0, registry: "pypi", package: $0, version: $0, provider: $0, tools: tools)
        }
        let parts = try await SampleConsole.parts(servers)
        try await withConsole(parts) { client in
            var paths = [CatalogueAddress.index.text, CatalogueAddress.providers.text]
            for (place, name) in Self.names.enumerated() where name.utf8.count < 1_000 {
                paths.append(CatalogueAddress.server(name).text)
                paths.append(CatalogueAddress.provider(name).text)
                let other = Self.names[(place + 1) % Self.names.count]
                if other.utf8.count < 1_000 { paths.append(CatalogueAddress.tool(other, of: name).text) }
            }
            for path in paths {
                let page = try await client.execute(uri: path, method: .get)
                #expect(page.status == .ok, "\(path)")
                expectHarmless(page.text, path)
                let data = try await client.execute(uri: "\(path).json", method: .get)
                #expect((try? JSON(Array(data.body.readableBytesView)))?.kind == .object, "\(path).json")
            }
        }
    }

    /// Every element is one that pages are made of, every attribute is quoted, and nothing hides.
    private func expectHarmless(_ text: String, _ path: String) {
        let withoutData = text.split(separator: "<script type=\"application/ld+json\">").enumerated().map {
            place, part in
            place == 0 ? part : part[(part.firstRange(of: "</script>")?.upperBound ?? part.startIndex)...]
        }.joined()
        #expect(
            !withoutData.contains("<script") && !withoutData.contains("<img") && !withoutData.contains("</title><b>"),
            "\(path)"
        )
        #expect(!withoutData.contains("javascript:"), "\(path)")
        // What a form sends back is not seen, and stays what it is.
        let seen = withoutData.split(separator: " value=\"").enumerated().map { place, part in
            place == 0 ? part : part[(part.firstIndex(of: "\"") ?? part.startIndex)...]
        }.joined()
        for hidden in ["\u{202E}", "\u{200B}", "\u{E0041}", "\u{0}"] {
            #expect(!seen.unicodeScalars.contains(hidden.unicodeScalars.first ?? " "), "\(path)")
        }
        #expect(withoutData.components(of: "<h1>") == 1 && withoutData.components(of: "</html>") == 1, "\(path)")
    }

    @Test("what people copy into a shell or a file holds nothing of a stranger's name but letters and digits")
    func snippets() throws {
        for name in Self.names {
            let slug = GatewaySlug(name).text
            #expect(slug.utf8.allSatisfy { "abcdefghijklmnopqrstuvwxyz0123456789-_".utf8.contains($0) })
            #expect(!slug.isEmpty && slug.utf8.count <= 64 && slug.utf8.first != UInt8(ascii: "-"))
            let server = CatalogueServer(slug: name, registry: "pypi", package: name, version: "1", tools: [])
            guard let declaration = ServerDeclaration(server) else { continue }
            #expect(!(declaration.text + declaration.command).contains { "$`;<>'".contains($0) })
            #expect(!declaration.command.contains { "\"&|()*?[]{}!#\\".contains($0) })
        }
        #expect(GatewaySlug("awslabs-iam-mcp-server").text == "awslabs-iam-mcp-server")
    }

    @Test("a policy marks its tool's rule whatever the tool is called, and pastes as the same policy", arguments: names)
    func marks(name: String) throws {
        let server = CatalogueServer(
            slug: "s", registry: "", package: "", version: "",
            tools: [("get_a", Risk.low), (name, .critical), (name + "2", .high)].map { name, risk in
                CatalogueTool(
                    name: name, arguments: [],
                    verdict: Classification(category: .write, risk: risk, confidence: 0.9, evidence: []),
                    definition: DefinitionHash(hex: ""))
            })
        for tool in server.tools {
            guard let page = ToolPage(of: tool.name, in: server) else { continue }
            let text = PolicyText(page.serverPolicy)
            let (document, diagnostics) = PolicyFile.parse(Array(text.text.utf8), name: "policy.json")
            #expect(diagnostics.filter { $0.severity == .error }.isEmpty)
            #expect(document == page.serverPolicy)
            let marked = String(decoding: text.marked(tool.name).bytes, as: UTF8.self)
            // A name that no policy can spell is listed nowhere, and so has no rule to mark.
            let isListed = !tool.name.utf8.contains(UInt8(ascii: "*")) && tool.name.utf8.count <= 1_024
            #expect((marked.components(of: "<mark>") == 1) == isListed, "\(tool.name)")
        }
    }

    @Test("a long list and a long name make a page, not an accident")
    func large() async throws {
        let tools = (0..<404).map { #"{"name":"tool_\#($0)_\#(String(repeating: "x", count: 280))"}"# }
        let parts = try await SampleConsole.parts([
            try SampleConsole.server("many", tools),
            try SampleConsole.server(
                "big", [#"{"name":"one","description":"\#(String(repeating: "delete everything ", count: 6_400))"}"#]),
        ])
        try await withConsole(parts) { client in
            let page = try await client.execute(uri: "/catalog/many", method: .get)
            #expect(page.text.components(of: "<th scope=\"row\">") == 404)
            let big = try await client.execute(uri: "/catalog/big/one", method: .get)
            #expect(big.status == .ok)
            #expect(big.body.readableBytes < 64 * 1024)
        }
    }
}

extension String {
    /// How often a text occurs.
    fileprivate func components(of text: String) -> Int { ranges(of: text).count }
}

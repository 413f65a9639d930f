import Testing
import ToolCatalogue

@Suite("Merging into a catalogue")
struct CatalogueMergingTests {
    private func server(_ slug: String, package: String = "", version: String = "1") -> CatalogueServer {
        CatalogueServer(
            slug: slug, registry: package.isEmpty ? "" : "npm", package: package, version: version, tools: [])
    }

    @Test("a server takes the place of the one with its slug, and its package leaves the index")
    func replacing() {
        let index = [
            CataloguePackage(registry: "npm", name: "b", version: "1"),
            CataloguePackage(registry: "pypi", name: "b", version: "1"),
        ]
        let catalogue = Catalogue(issued: "a", servers: [server("a"), server("z")], packages: index)
        let merged = catalogue.replacing([server("a", version: "2"), server("b", package: "b")], issued: "b")
        #expect(merged.servers.map { "\($0.slug) \($0.version)" } == ["a 2", "z 1", "b 1"])
        #expect(merged.packages == [index[1]])
        #expect(merged.issued == "b")
    }

    static let providers: [(registry: String, package: String, slug: String?)] = [
        ("pypi", "awslabs.iam-mcp-server", "aws"), ("pypi", "AWSLabs-x", "aws"), ("npm", "@azure/mcp", "microsoft"),
        ("npm", "@scope/x", "scope"), ("github", "stripe/agent-toolkit", "stripe"), ("npm", "stripe-mcp", nil),
        ("pypi", "stripe-agents-mcp", nil), ("pypi", "mcp-server-git", "modelcontextprotocol"),
        ("pypi", "mcp-server-github", nil), ("github", "docker/mcp-registry", nil), ("npm", "@<script>/x", nil),
        ("npm", "@/x", nil), ("oci", "ghcr.io/o/x", nil),
    ]

    @Test(
        "a provider is told by what only it can publish under, never by a name that anybody can take",
        arguments: providers)
    func provider(_ registry: String, _ package: String, _ slug: String?) {
        #expect(Provider(registry: registry, package: package)?.slug == slug)
        let server = CatalogueServer(slug: "s", registry: registry, package: package, version: "", tools: [])
        #expect(server.provider == slug ?? "")
    }
}

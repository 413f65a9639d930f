import Testing
import ToolCatalogue

/// How a server of the catalogue is started.
struct PinnedCommandTests {
    static let cases: [(registry: String, package: String, version: String, command: [String]?)] = [
        ("pypi", "awslabs.iam-mcp-server", "1.1.2", ["uvx", "awslabs.iam-mcp-server@1.1.2"]),
        ("npm", "@scope/server", "2.0.0-rc.1", ["npx", "-y", "@scope/server@2.0.0-rc.1"]),
        ("docker", "mcp/server", "1", nil), ("", "server", "1", nil), ("PyPI", "server", "1", nil),
        // Nothing to pin.
        ("pypi", "server", "", nil), ("npm", "server", "@latest", nil), ("npm", "server", "-1", nil),
        // What a program would take for an option, or a shell for more than a word.
        ("pypi", "--with=evil", "1", nil), ("npm", "-g", "1", nil), ("npm", "a b", "1", nil), ("npm", "a;b", "1", nil),
        ("npm", "git+https://evil.example/x", "1", nil), ("pypi", "server", "1 --with evil", nil),
        ("pypi", "", "1", nil), ("pypi", "s\u{E9}rver", "1", nil),
    ]

    @Test("a package is started in its version by its registry's own program, or not at all", arguments: cases.indices)
    func command(_ index: Int) {
        let one = Self.cases[index]
        let server = CatalogueServer(
            slug: "s", registry: one.registry, package: one.package, version: one.version, tools: [])
        #expect(server.pinnedCommand == one.command)
    }
}

import Testing
import ToolCatalogue
import WireJSON

/// What a registry says, also one that is old, careless or lies (protocol.md section 6).
@Suite("Registry")
struct RegistryTests {
    private func page(_ text: String) throws -> RegistryPage {
        try #require(RegistryPage(try SampleTool.json(text)))
    }

    private func entry(_ name: String, _ rest: String = "", status: String = "active", latest: Bool = true) -> String {
        #"{"server":{"name":"\#(name)","version":"1.0"\#(rest)},"_meta":{"io.modelcontextprotocol.registry/official":{"status":"\#(status)","isLatest":\#(latest)}}}"#
    }

    private let package = #","packages":[{"registryType":"npm","identifier":"a-server","version":"1.0"}]"#

    @Test("a page is read: names, versions, packages, where the next begins")
    func plain() throws {
        let remotes = #","remotes":[{"type":"sse"}]"#
        let (a, b) = (entry("io.example/a", package), entry("io.example/b", remotes))
        let page = try page(#"{"servers":[\#(a),\#(b)],"metadata":{"nextCursor":"x=="}}"#)
        #expect(page.entries.map(\.name) == ["io.example/a", "io.example/b"])
        #expect(page.entries[0].packages == [CataloguePackage(registry: "npm", name: "a-server", version: "1.0")])
        #expect(page.entries.map(\.isRemote) == [false, true])
        #expect(page.nextCursor == "x==")
        #expect(page.skipped.isEmpty)
    }

    @Test("an older shape is understood")
    func olderShape() throws {
        let page = try page(
            #"{"servers":[{"name":"io.example/a","status":"deprecated","version_detail":{"version":"0.9"},"packages":[{"registry_name":"pypi","name":"p"}]}],"metadata":{"next_cursor":""}}"#
        )
        #expect(page.entries[0].status == .deprecated)
        #expect(page.entries[0].packages == [CataloguePackage(registry: "pypi", name: "p", version: "0.9")])
        #expect(page.nextCursor == nil)
    }

    static let malformed = [
        "7", "null", "{}", #"{"server":7}"#, #"{"server":{"name":"kbag","version":"1"}}"#,
        #"{"server":{"name":"a/b/c","version":"1"}}"#, #"{"server":{"name":"io.example/a"}}"#,
        #"{"server":{"name":"io.example/a\u0000","version":"1"}}"#, #"{"server":{"name":"/a","version":"1"}}"#,
        #"{"server":{"name":"io.example/a","version":"1","status":"shiny"}}"#,
    ]

    @Test("a malformed entry is passed over with a reason, and costs no other", arguments: malformed)
    func malformedEntries(_ text: String) throws {
        let page = try page(#"{"servers":[\#(entry("io.example/a")),\#(text),\#(entry("io.example/b"))]}"#)
        #expect(page.entries.map(\.name) == ["io.example/a", "io.example/b"])
        #expect(page.skipped.map(\.place) == [1])
        #expect(page.skipped.allSatisfy { !$0.reason.isEmpty })
    }

    @Test("what is no page is refused", arguments: ["{}", "[]", "7", #"{"servers":{}}"#])
    func noPage(_ text: String) throws { #expect(RegistryPage(try SampleTool.json(text)) == nil) }

    @Test("cursors that lie do not lead in a circle")
    func cursors() throws {
        var walk = RegistryWalk()
        let first = try page(#"{"servers":[\#(entry("io.example/a"))],"metadata":{"nextCursor":"c"}}"#)
        #expect(walk.next(after: first) == .page("c"))
        #expect(walk.next(after: first) == .stop("the registry repeats a cursor"))
        #expect(walk.next(after: try page(#"{"servers":[]}"#)) == .end)
        var empty = RegistryWalk()
        var last = RegistryWalk.Next.end
        for number in 0..<5 {
            last = empty.next(after: try page(#"{"servers":[],"metadata":{"nextCursor":"\#(number)"}}"#))
        }
        #expect(last == .stop("the registry sends pages without an end that are empty or repeat what came before"))
        var repeating = RegistryWalk()
        for number in 0..<5 {
            let page = try page(
                #"{"servers":[\#(entry("io.example/a"))],"metadata":{"nextCursor":"\#(number)"}}"#)
            last = repeating.next(after: page)
        }
        #expect(last == .stop("the registry sends pages without an end that are empty or repeat what came before"))
    }

    @Test(
        "active entries are added, newer ones replace, deleted ones are taken out, known servers are not listed twice")
    func merging() throws {
        func npm(_ name: String, _ version: String) -> CataloguePackage {
            CataloguePackage(registry: "npm", name: name, version: version)
        }
        func packages(_ name: String, _ version: String) -> String {
            #","packages":[{"registryType":"npm","identifier":"\#(name)","version":"\#(version)"}]"#
        }
        let known = CatalogueServer(slug: "k", registry: "npm", package: "known", version: "1", tools: [])
        let catalogue = Catalogue(issued: "a", servers: [known], packages: [npm("old", "1"), npm("gone", "1")])
        let page = try page(
            """
            {"servers":[\(entry("i.e/a", packages("old", "2"))),\(entry("i.e/b", packages("gone", "1"), status: "deleted")),
            \(entry("i.e/c", packages("new", "1"))),\(entry("i.e/d", packages("known", "2"))),
            \(entry("i.e/e", packages("old", "0"), latest: false))]}
            """)
        let merged = catalogue.merging(page.entries, issued: "b")
        #expect(merged.packages == [npm("old", "2"), npm("new", "1")])
        #expect(merged.issued == "b")
        #expect(merged.servers == [known])
        let withdrawn = try self.page(
            #"{"servers":[\#(entry("i.e/a", packages("old", "1"), status: "deleted", latest: false))]}"#)
        #expect(merged.merging(withdrawn.entries, issued: "b").packages == merged.packages)
    }
}

import GatewayStorage
import GatewayTesting
import HTTPTypes
import HummingbirdTesting
import NIOCore
import PolicyEngine
import PolicyFiles
import Testing
import ToolCatalogue
import WireJSON

@testable import Console

struct CataloguePageTests {
    /// product.md, "Catalogue": what the page of a tool has, in its order.
    static let sections = [
        "Critical risk", ">What it does<", ">Why it needs a policy<", ">Evidence<", ">Attack patterns that apply<",
        ">Recommended policy<", "<mark>", "Denies every other tool", ">Put it in force<", ">Register the server<",
        ">Add the policy<", ">Open in builder<", ">Point your client at the gateway<", "claude mcp add",
        ">Related tools<",
        ">Further reading<", ">Restrict it now<", ">Questions and answers<", ">What does detach_user_policy do?<",
        ">How do I enforce a policy on it?<", ">What risk level is it?<", ">Can I rate-limit it?<",
        ">How do I block it?<", ">Which server provides it?<", "5 tools of", "2 servers", "5 tools",
    ]

    @Test("the page of a tool has every section, in order")
    func toolSections() async throws {
        let parts = try await SampleConsole.parts([try SampleConsole.server("iam", SampleConsole.iam)])
        try await withConsole(parts) { client in
            let answer = try await client.execute(uri: "/catalog/iam/detach_user_policy", method: .get)
            #expect(answer.status == .ok)
            var rest = answer.text[...]
            for section in Self.sections {
                let place = try #require(rest.firstRange(of: section), "\(section)")
                rest = rest[place.upperBound...]
            }
            for client in ["Claude", "Cursor", "VS Code", "Codex", "Windsurf", "curl"] {
                #expect(answer.text.contains(">\(client)</label>"))
            }
            #expect(answer.text.contains("<h1><bdi class=\"mono\">detach_user_policy</bdi></h1>"))
            #expect(answer.text.contains("<title>detach_user_policy, iam · Gatehouse</title>"))
            #expect(answer.text.contains("\"@type\":\"FAQPage\""))
        }
    }

    @Test("both recommended documents are policies, and the whole server's allows what it says")
    func documents() async throws {
        let parts = try await SampleConsole.parts([try SampleConsole.server("iam", SampleConsole.iam)])
        try await withConsole(parts) { client in
            for (path, tools, hidden) in [("/catalog/iam", 4, 1), ("/catalog/iam/detach_user_policy", 0, 1)] {
                let answer = try await client.execute(uri: "\(path).json?document=policy", method: .get)
                let (document, diagnostics) = PolicyFile.parse(
                    Array(answer.body.readableBytesView), name: "policy.json")
                #expect(diagnostics.isEmpty)
                #expect(document?.tools.entries.count == tools)
                #expect(document?.tools.hide.count == hidden)
            }
        }
    }

    @Test(
        "every page is there as data too",
        arguments: [
            "/catalog", "/catalog/iam", "/catalog/iam/detach_user_policy", "/catalog/providers",
            "/catalog/providers/aws",
            "/attacks", "/attacks/lock-out",
        ])
    func data(path: String) async throws {
        let parts = try await SampleConsole.parts([try SampleConsole.server("iam", SampleConsole.iam)])
        try await withConsole(parts) { client in
            let page = try await client.execute(uri: path, method: .get)
            #expect(page.status == .ok)
            #expect(page.text.contains("<link rel=\"alternate\" type=\"application/json\" href=\"\(path).json\">"))
            let answer = try await client.execute(uri: "\(path).json", method: .get)
            #expect(answer.headers[.contentType] == "application/json")
            #expect((try? JSON(Array(answer.body.readableBytesView)))?.kind == .object)
            let tag = try #require(page.headers[.eTag])
            let again = try await client.execute(uri: path, method: .get, headers: [.ifNoneMatch: tag])
            #expect(again.status == .notModified)
            #expect(again.body.readableBytes == 0)
        }
    }

    @Test("the page of an attack lists the tools that it applies to, by provider, and leads to all of them")
    func attackTools() async throws {
        let parts = try await SampleConsole.parts([try SampleConsole.server("iam", SampleConsole.iam)])
        try await withConsole(parts) { client in
            let page = try await client.execute(uri: "/attacks/lock-out", method: .get).text
            #expect(page.contains("Tools it applies to") && page.contains("/catalog/iam/detach_user_policy"))
            #expect(page.contains("/catalog?attack=lock-out"))
            let data = try JSON(Array(try await client.execute(uri: "/attacks/lock-out.json", method: .get).text.utf8))
            let count = try #require(data["toolCount"]?["value"]?.int)
            #expect(
                count > 0
                    && data["worst"]?.elements.contains { $0["name"]?.hasText("detach_user_policy") ?? false } ?? false)
            let found = try await client.execute(uri: "/catalog.json?attack=lock-out", method: .get).text
            let results = try JSON(Array(found.utf8))
            #expect(results["tools"]?.count == count)
            let server = try JSON(Array(try await client.execute(uri: "/catalog/iam.json", method: .get).text.utf8))
            let exposure = server["attacks"]?.elements.first { $0["pattern"]?.hasText("lock-out") ?? false }
            #expect(exposure?["toolCount"]?.int == count)
            let none = try await client.execute(uri: "/attacks/package-squatting", method: .get)
            #expect(none.status != .ok || !none.text.contains("Tools it applies to"))
        }
    }

    @Test("a search and its filters stand in the address and in the form")
    func search() async throws {
        let parts = try await SampleConsole.parts([try SampleConsole.server("iam", SampleConsole.iam)])
        try await withConsole(parts) { client in
            let found = try await client.execute(uri: "/catalog?q=user+pol&risk=Critical", method: .get)
            #expect(found.text.contains(">1 tool<"))
            #expect(found.text.contains("value=\"user pol\""))
            #expect(found.text.contains("<option value=\"Critical\" selected>"))
            let near = try await client.execute(uri: "/catalog?q=detahc_user_policy", method: .get)
            #expect(near.text.contains("Nothing begins like that.") && near.text.contains(">detach_user_policy</bdi>"))
            let hostile = try await client.execute(
                uri: "/catalog?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&risk=%3Cb%3E&page=-9", method: .get)
            #expect(hostile.status == .ok)
            #expect(!hostile.text.contains("<script>"))
            let package = try await client.execute(uri: "/catalog?q=known", method: .get)
            #expect(package.text.contains("Known by its package"))
        }
    }

    @Test(
        "there is nothing at an address that names nothing",
        arguments: [
            "/catalog/x", "/catalog/x.json", "/catalog/iam/x", "/catalog/iam/%FF", "/catalog/iam/%",
            "/catalog/providers/x",
            "/catalog/iam.json/detach_user_policy", "/attacks/x", "/catalog/iam/..", "/catalog/IAM",
        ])
    func nothing(path: String) async throws {
        let parts = try await SampleConsole.parts([try SampleConsole.server("iam", SampleConsole.iam)])
        try await withConsole(parts) { client in
            let answer = try await client.execute(uri: path, method: .get)
            #expect(answer.status == .notFound)
        }
    }

    @Test("pages show what the index holds, and an instance's own servers and their texts nowhere")
    func factsOnly() async throws {
        let definition = #"{"name":"get_time","description":"A sentence that a third party wrote about clocks."}"#
        let parts = try await SampleConsole.parts([try SampleConsole.server("clock", [definition])])
        try await withConsole(parts) { client in
            for path in ["/catalog/clock/get_time", "/catalog/clock/get_time.json", "/catalog/clock"] {
                let answer = try await client.execute(uri: path, method: .get)
                #expect(!answer.text.contains("third party wrote"))
            }
        }
    }
}

import GatewayStorage
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing
import WireJSON

@testable import Console

struct ServingTests {
    /// Whatever is asked, the answer tells browsers what not to do.
    @Test("every answer has the security headers", arguments: ["/", "/livez", "/nothing", "/nothing.json", "/catalog"])
    func headers(path: String) async throws {
        try await withConsole { client in
            let answer = try await client.execute(uri: path, method: .get)
            #expect(answer.headers[.contentSecurityPolicy] == SecurityHeaders.contentSecurityPolicy)
            #expect(answer.headers[.xContentTypeOptions] == "nosniff")
            #expect(answer.headers[.frameOptions] == "DENY")
            #expect(answer.headers[.referrerPolicy] == "same-origin")
            #expect(answer.headers[.cacheControl] != nil)
            #expect(answer.headers[.strictTransportSecurity] == nil)
        }
    }

    @Test("a policy that allows inline script or style, or another site, is none")
    func contentSecurityPolicy() {
        for word in ["unsafe", "http:", "https:", "*", "data:"] {
            #expect(!SecurityHeaders.contentSecurityPolicy.contains(word))
        }
    }

    @Test("people are told of an error by a page, programs by problem details")
    func errors() async throws {
        try await withConsole { client in
            let page = try await client.execute(uri: "/nothing", method: .get, headers: [.accept: "text/html"])
            #expect(page.status == .notFound)
            #expect(page.headers[.contentType] == "text/html; charset=utf-8")
            #expect(page.text.contains("<h1>There is nothing at this address</h1>"))
            for (path, accepted) in [("/nothing.json", "*/*"), ("/api/v1/x", "*/*"), ("/x", "application/json")] {
                let answer = try await client.execute(uri: path, method: .get, headers: [.accept: accepted])
                #expect(answer.headers[.contentType] == "application/problem+json")
                let json = try JSON(Array(answer.body.readableBytesView))
                #expect(json["status"]?.int == 404)
                #expect(json["title"]?.string == "Not Found")
                #expect(json["type"]?.string == "about:blank")
            }
        }
    }

    static let names: [(hosts: [String], isLetIn: Bool)] = [
        (["127.0.0.1:8421"], true), (["localhost:8421"], true), (["[::1]:8421"], true), (["Console.example"], true),
        (["console.example:443"], true), (["evil.example"], false), (["127.0.0.1.evil.example:8421"], false),
        (["127.0.0.1:8420"], false), (["localhost"], false), (["\u{212A}onsole.example"], false), ([], false),
        (["127.0.0.1:8421", "evil.example"], false), (["evil.example", "127.0.0.1:8421"], false),
    ]

    @Test("a request for another name is refused, but for health", arguments: names)
    func rebinding(hosts: [String], isLetIn: Bool) {
        let door = Door(settings: ConsoleSettings(host: "127.0.0.1", port: 8421, names: ["console.example"]))
        func refusal(_ path: String) -> Problem? {
            var fields = HTTPFields()
            for host in hosts.dropFirst() { fields.append(HTTPField(name: .host, value: host)) }
            let head = HTTPRequest(
                method: .get, scheme: "http", authority: hosts.first, path: path, headerFields: fields)
            return door.refusal(of: Request(head: head, body: .init(buffer: ByteBuffer())), at: 8421)
        }
        #expect(refusal("/catalog")?.status == (isLetIn ? nil : .misdirectedRequest))
        #expect(refusal("/livez")?.status == nil)
    }

    @Test("what another site's page sends is refused")
    func otherSites() async throws {
        try await withConsole { client in
            let fields: [HTTPFields] = [
                [.origin: "https://evil.example"], [.origin: "null"], [.secFetchSite: "cross-site"],
                [.secFetchSite: "same-site"],
            ]
            for headers in fields {
                let answer = try await client.execute(uri: "/catalog", method: .post, headers: headers)
                #expect(answer.status == .forbidden, "\(headers)")
            }
        }
    }

    @Test("bodies and addresses over the bounds are refused")
    func bounds() async throws {
        var limits = ConsoleLimits()
        limits.bodyBytes = 10
        limits.targetBytes = 100
        try await withConsole(limits: limits) { client in
            let long = try await client.execute(
                uri: "/catalog", method: .post, body: .init(string: "12345678901"))
            #expect(long.status == .contentTooLarge)
            let far = try await client.execute(uri: "/" + String(repeating: "a", count: 100), method: .get)
            #expect(far.status == .uriTooLong)
        }
    }

    @Test("a page that does not come in time is given up")
    func slow() async throws {
        var limits = ConsoleLimits()
        limits.answer = .milliseconds(50)
        var parts = ConsoleParts(catalogue: MemoryCatalogue())
        parts.unready = {
            try? await Task.sleep(for: .seconds(30))
            return []
        }
        try await withConsole(parts, limits: limits) { client in
            let answer = try await client.execute(uri: "/readyz", method: .get)
            #expect(answer.status == .serviceUnavailable)
        }
    }

    @Test("readiness names what is missing")
    func readiness() async throws {
        var parts = ConsoleParts(catalogue: MemoryCatalogue())
        parts.unready = { ["the store cannot be written"] }
        try await withConsole(parts) { client in
            let answer = try await client.execute(uri: "/readyz", method: .get)
            #expect(answer.status == .serviceUnavailable)
            #expect(answer.text == "the store cannot be written\n")
        }
    }

    @Test(
        "until a catalogue is indexed its pages say so, and not that there is nothing",
        arguments: ["/catalog/some-server", "/catalog/some-server/some_tool", "/catalog/providers/aws"])
    func unindexed(address: String) async throws {
        try await withConsole { client in
            let page = try await client.execute(uri: address, method: .get)
            #expect(page.status == .serviceUnavailable)
            #expect(page.headers[.retryAfter] == "3")
            #expect(page.text.contains("No catalogue is loaded yet"))
            let data = try await client.execute(uri: address + ".json", method: .get)
            #expect(data.status == .serviceUnavailable)
            #expect(data.text.contains(#""code":"no_catalogue""#))
        }
    }

    @Test("the stylesheet's address names its content and is kept for ever")
    func stylesheet() async throws {
        try await withConsole { client in
            let answer = try await client.execute(uri: Asset.stylesheet.address.text, method: .get)
            #expect(answer.status == .ok)
            #expect(answer.headers[.cacheControl] == "public, max-age=31536000, immutable")
            #expect(answer.headers[.contentType] == "text/css; charset=utf-8")
            #expect(answer.body.readableBytes == Asset.stylesheet.content.count)
            let other = try await client.execute(uri: "/assets/console-0000000000000000.css", method: .get)
            #expect(other.status == .notFound)
            let head = try await client.execute(uri: Asset.stylesheet.address.text, method: .head)
            #expect(head.status == .ok)
        }
    }
}

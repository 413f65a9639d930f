import Administration
import GatewayStorage
import OAuthMessages
import Testing
import WireJSON

/// What a client may ask a member for, and whose grants are offered.
@Suite("Clients' questions")
struct AuthorizationRequestTests {
    static let wrong: [[String: String?]] = [
        ["client_id": nil], ["client_id": ""], ["client_id": "reg.0.AAAA"], ["client_id": "gatehouse"],
        ["redirect_uri": nil], ["redirect_uri": "https://client.example/cb/"],
        ["redirect_uri": "https://evil.example/cb"],
        ["redirect_uri": "http://127.0.0.1.evil.example/cb"], ["redirect_uri": "http://localhost/cb"],
        ["response_type": nil], ["response_type": "token"], ["response_type": "code id_token"],
        ["response_mode": "fragment"], ["request": "x"], ["request_uri": "https://evil.example/r"],
        ["code_challenge": nil], ["code_challenge": "short"], ["code_challenge_method": nil],
        ["code_challenge_method": "plain"], ["code_challenge_method": "s256"],
        ["resource": nil], ["resource": "https://gateway.example"], ["resource": "https://gateway.example/mcp/"],
        ["resource": "https://gateway.example/mcp/iam/"], ["resource": "https://gateway.example/mcp/IAM"],
        ["resource": "https://gateway.example/mcp/iam?x"], ["resource": "https://gateway.example/mcpx"],
        ["resource": "http://gateway.example/mcp/iam"], ["resource": "https://evil.example/mcp/iam"],
        ["resource": "https://gateway.example/mcp/..%2Fiam"], ["state": String(repeating: "s", count: 1025)],
    ]

    @Test("a question with anything wrong is told to the person and nobody is sent anywhere", arguments: wrong)
    func refused(changes: [String: String?]) async throws {
        let desk = try await SignInDesk()
        let query = desk.question(try await desk.register(), changes)
        for isMember in [true, false] {
            guard case .refused = await desk.server.look(at: query, isMember: isMember) else {
                Issue.record("not refused: \(changes)")
                continue
            }
        }
    }

    @Test("a member that is there twice, or an escape that is none, is no question")
    func twice() async throws {
        let desk = try await SignInDesk()
        let query = desk.question(try await desk.register())
        for broken in [query + "&state=t", query + "&x=%zz", query + "&resource=" + SignInDesk.gateway, "", "&", "a=b"]
        {
            guard case .refused = await desk.server.look(at: broken, isMember: true) else {
                Issue.record("not refused: \(broken)")
                continue
            }
        }
    }

    @Test("what is in order waits for somebody to sign in, then for a decision")
    func ready() async throws {
        let desk = try await SignInDesk()
        let client = try await desk.register()
        for changes in [[:], ["redirect_uri": "http://127.0.0.1:50000/cb"], ["resource": SignInDesk.gateway + "/mcp"]] {
            let query = desk.question(client, changes)
            #expect(await desk.server.look(at: query, isMember: false) == .signInFirst)
            let request = try await desk.ready(query)
            #expect(request.query == query && request.document == nil && request.client.name == "Client")
            #expect(
                desk.server.refusal(of: request)
                    == "\(request.redirect.text)?error=access_denied&state=s&iss=https%3A%2F%2Fconsole.example")
        }
    }

    @Test("a registration can be used for a while, from this instance alone, and after the keys were rotated")
    func registrations() async throws {
        let (desk, other) = (try await SignInDesk(), try await SignInDesk())
        let client = try await desk.register()
        guard case .refused = await other.server.look(at: other.question(client), isMember: true) else {
            Issue.record("another instance's client is known")
            return
        }
        desk.instance.wait(.seconds(90 * 86_400))
        guard case .refused = await desk.server.look(at: desk.question(client), isMember: true) else {
            Issue.record("an old registration is known")
            return
        }
    }

    @Test("how many register in a minute has a bound")
    func flood() async throws {
        let desk = try await SignInDesk()
        for _ in 0..<60 { _ = try await desk.register() }
        await expectRefused(.temporarilyUnavailable) { _ = try await desk.register() }
        desk.instance.wait(.seconds(60))
        _ = try await desk.register()
    }

    @Test("a client's document is fetched for members alone, once in a while, and must be its own")
    func documents() async throws {
        let desk = try await SignInDesk()
        let id = "https://client.example/about.json"
        let query = desk.question(id)
        desk.documents.put(#"{"client_id":"\#(id)","redirect_uris":["\#(SignInDesk.callback)"]}"#, at: id)
        #expect(await desk.server.look(at: query, isMember: false) == .signInFirst)
        #expect(desk.documents.asked.isEmpty)
        #expect(try await desk.ready(query).document == id)
        #expect(try await desk.ready(query).client.name == nil)
        #expect(desk.documents.asked == [id])
        desk.documents.put(#"{"client_id":"\#(id)","redirect_uris":["https://evil.example/"]}"#, at: id)
        desk.instance.wait(.seconds(300))
        guard case .refused = await desk.server.look(at: query, isMember: true) else {
            Issue.record("what the document no longer names is taken")
            return
        }
        for id in ["https://client.example/other.json", "https://client.example/other.json"] {
            _ = await desk.server.look(at: desk.question(id), isMember: true)
        }
        #expect(desk.documents.asked.count == 3)
    }

    @Test(
        "an address that is no document's is not asked",
        arguments: [
            "http://client.example/a", "https://client.example", "https://client.example/", "https://a@b.example/c",
            "https://client.example/a#b", "https://client.example/a?b", "https://client.example/../a",
            "https://client.example/a/%2e%2E/b", "https://client.example/./a", "ftp://client.example/a", "https:///a",
            "https://client.example\\@evil.example/a",
        ])
    func noDocuments(id: String) async throws {
        let desk = try await SignInDesk()
        _ = await desk.server.look(at: desk.question(id), isMember: true)
        #expect(desk.documents.asked.isEmpty)
    }

    @Test(
        "a member is offered the grants in force that the role may use and that reach the endpoint, and gives no other")
    func offers() async throws {
        let desk = try await SignInDesk()
        let request = try await desk.ready(desk.question(try await desk.register()))
        let viewer = try await desk.instance.member("viv@example.com", .viewer, by: desk.admin)
        let other = try await desk.instance.otherAdmin()
        func labels(_ actor: Actor) async throws -> [String] {
            try await desk.server.offers(for: request, to: actor).map(\.label)
        }
        #expect(try await labels(desk.admin) == ["claude"])
        #expect(try await labels(viewer).isEmpty)
        #expect(try await labels(other).isEmpty)
        for actor in [viewer, other] {
            await expectRefusal(.unknown("grant")) {
                _ = try await desk.server.consent(to: request, with: desk.grant, by: actor)
            }
        }
        _ = try await desk.office.changeGrant(
            desk.grant, tags: nil, expiresAt: nil, connectableBy: .some(.viewer), by: desk.admin)
        #expect(try await labels(viewer) == ["claude"])
        #expect(try await labels(other).isEmpty)
        let elsewhere = try await desk.ready(
            desk.question(try await desk.register(), ["resource": SignInDesk.gateway + "/mcp/elsewhere"]))
        #expect(try await desk.server.offers(for: elsewhere, to: desk.admin).isEmpty)
        try await desk.office.setStopped(true, .grant(desk.grant), by: desk.admin)
        #expect(try await labels(desk.admin).isEmpty)
    }

    @Test("only people let clients sign in: no token of the interface does")
    func tokens() async throws {
        let desk = try await SignInDesk()
        let request = try await desk.ready(desk.question(try await desk.register()))
        let token = Actor(.operator, of: desk.admin.organisation, role: .admin)
        await expectRefusal(.conflict("only a member lets a client sign in")) {
            _ = try await desk.server.consent(to: request, with: desk.grant, by: token)
        }
    }
}

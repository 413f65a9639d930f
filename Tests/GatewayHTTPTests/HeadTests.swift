import Gateway
import GatewayHTTP
import GatewayTesting
import MCPMessages
import Testing
import WireJSON

/// What a request's head alone can be turned away for (protocol notes 1.3, in the reference server's order).
@Suite("Request heads")
struct HeadTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let status: Int
        let reason: RefusalReason?
        let change: @Sendable (HTTPRequest) -> HTTPRequest

        init(
            _ name: String, _ status: Int, _ reason: RefusalReason?,
            _ change: @escaping @Sendable (HTTPRequest) -> HTTPRequest
        ) {
            testDescription = name
            self.status = status
            self.reason = reason
            self.change = change
        }
    }

    static let rows = [
        Row("in order", 200, nil) { $0 },
        Row("no token", 401, .unauthenticated) { $0.with("Authorization", nil) },
        Row("another token", 401, .unauthenticated) { $0.with("Authorization", "Bearer ghs_other") },
        Row("an empty token", 401, .unauthenticated) { $0.with("Authorization", "Bearer ") },
        Row("another scheme", 401, .unauthenticated) { $0.with("Authorization", "Basic \(RunningLine.token)") },
        Row("the token alone", 401, .unauthenticated) { $0.with("Authorization", RunningLine.token) },
        Row("a scheme in other case", 200, nil) { $0.with("Authorization", "bEARER \(RunningLine.token)") },
        Row("two tokens", 401, .unauthenticated) { $0.adding("Authorization", "Bearer \(RunningLine.token)") },
        Row("a session instead of a token", 401, .unauthenticated) {
            $0.with("Authorization", nil).adding("Mcp-Session-Id", "gs-1")
        },
        Row("the token in the query", 404, .unknownServer) {
            $0.with("Authorization", nil).at("/mcp/tools?access_token=\(RunningLine.token)")
        },
        Row("another path", 404, .unknownServer) { $0.at("/") },
        Row("no server", 404, .unknownServer) { $0.at("/mcp/") },
        Row("only /mcp, and no token", 401, .unauthenticated) { $0.at("/mcp").with("Authorization", nil) },
        Row("a query", 404, .unknownServer) { $0.at("/mcp/tools?x") },
        Row("a query behind /mcp", 404, .unknownServer) { $0.at("/mcp?server=tools") },
        Row("a fragment", 404, .unknownServer) { $0.at("/mcp/tools#x") },
        Row("more behind /mcp", 404, .unknownServer) { $0.at("/mcptools") },
        Row("parameters", 404, .unknownServer) { $0.at("/mcp/tools;x") },
        Row("an asterisk", 404, .unknownServer) { $0.by("OPTIONS").at("*") },
        Row("a tunnel", 404, .unknownServer) { $0.by("CONNECT").at("127.0.0.1:80") },
        Row("a server that is not there", 404, .unknownServer) { $0.at("/mcp/other") },
        Row("a slash behind", 404, .unknownServer) { $0.at("/mcp/tools/") },
        Row("a path in other case", 404, .unknownServer) { $0.at("/MCP/tools") },
        Row("an encoded path", 404, .unknownServer) { $0.at("/mcp/%74ools") },
        Row("dots", 404, .unknownServer) { $0.at("/mcp/../mcp/tools") },
        Row("two slashes", 404, .unknownServer) { $0.at("//mcp/tools") },
        Row("an absolute address", 404, .unknownServer) { $0.at("http://127.0.0.1/mcp/tools") },
        Row("PUT", 405, .wrongEra) { $0.by("PUT") }, Row("OPTIONS", 405, .wrongEra) { $0.by("OPTIONS") },
        Row("HEAD", 405, .wrongEra) { $0.by("HEAD") }, Row("PATCH", 405, .wrongEra) { $0.by("PATCH") },
        Row("a modern GET", 405, .wrongEra) { $0.by("GET") },
        Row("a modern DELETE", 405, .wrongEra) { $0.by("DELETE") },
        Row("no Accept", 406, .notAcceptable) { $0.with("Accept", nil) },
        Row("only JSON", 406, .notAcceptable) { $0.with("Accept", "application/json") },
        Row("only streams", 406, .notAcceptable) { $0.with("Accept", "text/event-stream") },
        Row("a type that only begins so", 406, .notAcceptable) {
            $0.with("Accept", "application/json, text/event-streams")
        },
        Row("JSON with the weight 0", 406, .notAcceptable) {
            $0.with("Accept", "application/json;q=0, text/event-stream")
        },
        Row("anything but streams", 406, .notAcceptable) { $0.with("Accept", "*/*, text/event-stream; q=0.000") },
        Row("anything", 200, nil) { $0.with("Accept", "*/*") },
        Row("wildcards and weights", 200, nil) { $0.with("Accept", "text/*;q=0.5 , APPLICATION/json; q=1") },
        Row("on two lines", 200, nil) { $0.with("Accept", "application/json").adding("Accept", "text/event-stream") },
        Row("no content type", 415, .contentType) { $0.with("Content-Type", nil) },
        Row("text/plain", 415, .contentType) { $0.with("Content-Type", "text/plain") },
        Row("a form", 415, .contentType) { $0.with("Content-Type", "application/x-www-form-urlencoded") },
        Row("a type that only begins so", 415, .contentType) { $0.with("Content-Type", "application/jsonp") },
        Row("UTF-16", 415, .contentType) { $0.with("Content-Type", "application/json; charset=utf-16") },
        Row("two charsets", 415, .contentType) {
            $0.with("Content-Type", "application/json; charset=utf-8; charset=utf-16")
        },
        Row("two content types", 415, .contentType) { $0.adding("Content-Type", "application/json") },
        Row("UTF-8", 200, nil) { $0.with("Content-Type", "Application/JSON ; Charset=\"UTF-8\"") },
        Row("gzip", 415, .contentType) { $0.adding("Content-Encoding", "gzip") },
        Row("identity and gzip", 415, .contentType) {
            $0.adding("Content-Encoding", "identity").adding("Content-Encoding", "gzip")
        },
        Row("identity", 200, nil) { $0.adding("Content-Encoding", "identity") },
        // What only a proxy of the house's own would say is nobody's word (hostile F70).
        Row("forwarded headers", 200, nil) {
            $0.adding("X-Forwarded-For", "127.0.0.1").adding("X-Forwarded-Host", "evil.example")
        },
    ]

    @Test("a head is turned away with its status and one entry, and nothing is called", arguments: rows)
    func head(_ row: Row) async throws {
        let words = try await EndpointUnderTest.with { endpoint in
            let response = try await endpoint.exchange(row.change(endpoint.call("echo")))
            #expect(response.status == row.status)
            #expect(endpoint.world.upstream.calls.value.count == (row.status == 200 ? 1 : 0))
            #expect(response["www-authenticate"] == (row.status == 401 ? "Bearer" : nil))
            #expect(response["allow"] == (row.status == 405 ? "POST" : nil))
            #expect(!response.fields.contains { $0.name.lowercased().hasPrefix("access-control-") })
            guard row.status != 200, row.testDescription != "HEAD" else { return }
            #expect(response.errorCode == -32600 && response.json?["id"]?.isNull == true)
            #expect(!response.text.contains(RunningLine.token))
        }
        #expect(words == [row.reason.map { "refused (\($0.rawValue))" } ?? "allowed"])
    }

    @Test("at /mcp a tool is called by its server's name and its own, and by neither alone")
    func stack() async throws {
        let words = try await EndpointUnderTest.with { endpoint in
            try await endpoint.expect(200, endpoint.call("tools__echo").at("/mcp"))
            try await endpoint.expect(400, endpoint.call("echo").at("/mcp"))
            try await endpoint.expect(400, endpoint.call("tools__echo"))
            #expect(endpoint.world.upstream.calls.value.map { $0.params?["name"]?.string } == ["echo"])
        }
        #expect(words == ["allowed", "not_visible (unknown)", "not_visible (default deny)"])
    }

    @Test(
        "a method that is no one's is 405 and told which there are; a browser's question is granted nothing",
        arguments: ["PUT", "PATCH", "OPTIONS", "TRACE", "HEAD", "PROPFIND"])
    func methods(_ method: String) async throws {
        try await EndpointUnderTest.with { endpoint in
            let client = try await endpoint.connect()
            let own = "http://127.0.0.1:\(endpoint.port)"
            let legacy = endpoint.post("{}").by(method).adding("Origin", own)
                .adding("Access-Control-Request-Method", "POST").adding(
                    "Access-Control-Request-Headers", "authorization")
            for (request, allowed) in [(legacy, "GET, POST, DELETE"), (endpoint.call("echo").by(method), "POST")] {
                try await client.send(request.bytes)
                let response = try await client.response(toHead: method == "HEAD")
                #expect(response.status == 405 && response["allow"] == allowed)
                #expect(!response.fields.contains { $0.name.lowercased().hasPrefix("access-control-") })
            }
            // The next response is where a client looks for it, also behind one that has no body.
            try await client.send(endpoint.call("echo").bytes)
            #expect(try await client.response().status == 200)
            await client.leave()
        }
    }

    @Test("HEAD of liveness is told nothing, in as many bytes as it has")
    func headOfLiveness() async throws {
        try await EndpointUnderTest.with { endpoint in
            let client = try await endpoint.connect()
            let head = HTTPRequest(port: endpoint.port, "").by("HEAD").at("/livez")
            try await client.send(head.bytes + head.by("GET").bytes)
            #expect(try await client.response(toHead: true).status == 404)
            #expect(try await client.response().status == 200)
            await client.leave()
        }
    }

    @Test("a tunnel that is asked for is refused and its connection closed")
    func tunnel() async throws {
        try await EndpointUnderTest.with { endpoint in
            let client = try await endpoint.connect()
            let tunnel = endpoint.call("echo").by("CONNECT").at("127.0.0.1:\(endpoint.port)")
            client.throwIn(tunnel.bytes + endpoint.call("echo").bytes)
            let response = try await client.response()
            #expect(response.status == 404 && response["connection"] == "close")
            #expect(try await client.closed() == "")
            #expect(endpoint.world.upstream.calls.value.isEmpty)
        }
    }

    @Test("the order of the checks: host, origin, address, sender, method, accept, content")
    func order() async throws {
        try await EndpointUnderTest.with { endpoint in
            var request = endpoint.call("echo").with("Host", "evil.example").adding("Origin", "null").at("/x")
                .with("Authorization", nil).with("Accept", nil).with("Content-Type", nil)
            request.method = "PUT"
            let repairs: [(Int, @Sendable (HTTPRequest) -> HTTPRequest)] = [
                (403, { $0.with("Host", "127.0.0.1:\(endpoint.port)") }), (403, { $0.with("Origin", nil) }),
                (404, { $0.at("/mcp/tools") }), (401, { $0.with("Authorization", "Bearer \(RunningLine.token)") }),
                (
                    405,
                    { request in
                        var request = request
                        request.method = "POST"
                        return request
                    }
                ), (406, { $0.with("Accept", "*/*") }), (415, { $0.with("Content-Type", "application/json") }),
                (200, { $0 }),
            ]
            for (status, repair) in repairs {
                try await endpoint.expect(status, request)
                request = repair(request)
            }
        }
    }

    @Test("liveness is told to anyone who names the host, and to nobody else")
    func alive() async throws {
        let words = try await EndpointUnderTest.with { endpoint in
            let plain = HTTPRequest(port: endpoint.port, "").by("GET").with("Authorization", nil).with("Accept", nil)
            let response = try await endpoint.exchange(plain.at("/livez"))
            #expect(response.status == 200 && response.body.isEmpty)
            try await endpoint.expect(403, plain.at("/livez").with("Host", "evil.example"))
            try await endpoint.expect(403, plain.at("/livez").adding("Origin", "http://evil.example"))
            try await endpoint.expect(404, plain.at("/livez?x"))
        }
        #expect(words == ["refused (foreign host)", "refused (foreign origin)", "refused (unknown server)"])
    }

    @Test("an endpoint of one server has one address, and asks for no token where that was said")
    func single() async throws {
        let setup = EndpointUnderTest.setup
        try await EndpointUnderTest.with(setup, addresses: .single(server: "tools")) { endpoint in
            try await endpoint.expect(200, endpoint.call("echo").at("/mcp"))
            try await endpoint.expect(401, endpoint.call("echo").at("/mcp").with("Authorization", nil))
            try await endpoint.expect(404, endpoint.call("echo"))
        }
        let anyone = Principal(grant: Grant(label: "laptop", access: ["tools": setup.access]))
        try await EndpointUnderTest.with(setup, senders: .anyone(as: anyone), addresses: .single(server: "tools")) {
            endpoint in
            try await endpoint.expect(200, endpoint.call("echo").at("/mcp").with("Authorization", nil))
            // The defence against rebinding holds all the same.
            let foreign = endpoint.call("echo").at("/mcp").with("Host", "evil.example")
            try await endpoint.expect(403, foreign)
        }
    }
}

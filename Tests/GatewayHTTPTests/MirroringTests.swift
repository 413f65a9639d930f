import GatewayHTTP
import GatewayTesting
import Testing
import WireJSON

/// The modern headers on the wire: exact statuses and codes, and nothing forwarded (hostile B17 to B21).
@Suite("Mirrored headers on the wire")
struct MirroringTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let status: Int
        let code: Int?
        let change: @Sendable (HTTPRequest) -> HTTPRequest

        init(_ name: String, _ status: Int, _ code: Int?, _ change: @escaping @Sendable (HTTPRequest) -> HTTPRequest) {
            testDescription = name
            self.status = status
            self.code = code
            self.change = change
        }
    }

    static let rows = [
        Row("in order", 200, nil) { $0 },
        Row("names in other case", 200, nil) { request in
            var request = request
            request.fields = request.fields.map { ($0.name.uppercased(), $0.value) }
            return request
        },
        Row("white space around a value", 200, nil) { $0.with("Mcp-Name", " \t echo \t ") },
        Row("a name in base64", 200, nil) { $0.with("Mcp-Name", "=?base64?ZWNobw==?=") },
        Row("B17 another name", 400, -32020) { $0.with("Mcp-Name", "evil") },
        Row("B17 no name", 400, -32020) { $0.with("Mcp-Name", nil) },
        Row("B17 an empty name", 400, -32020) { $0.with("Mcp-Name", "") },
        Row("B17 a name with a bad encoding", 400, -32020) { $0.with("Mcp-Name", "=?base64?ZWNobw?=") },
        Row("B18 another method", 400, -32020) { $0.with("Mcp-Method", "tools/list") },
        Row("B18 no method", 400, -32020) { $0.with("Mcp-Method", nil) },
        Row("B20 the name twice", 400, -32020) { $0.adding("Mcp-Name", "echo") },
        Row("B20 the name twice, different", 400, -32020) { $0.adding("mcp-name", "evil") },
        Row("B20 names on one line", 400, -32020) { $0.with("Mcp-Name", "echo, echo") },
        Row("B20 the method twice", 400, -32020) { $0.adding("Mcp-Method", "tools/call") },
        Row("B21 another version", 400, -32020) { $0.with("MCP-Protocol-Version", "2025-11-25") },
        Row("B21 no version", 400, -32020) { $0.with("MCP-Protocol-Version", nil) },
        Row("B21 the version twice", 400, -32020) { $0.adding("MCP-Protocol-Version", "2026-07-28") },
        Row("an unknown parameter header is no concern", 200, nil) { $0.adding("Mcp-Param-Region", "x") },
        Row("a session header means nothing on the modern wire", 200, nil) { $0.adding("Mcp-Session-Id", "gs-1") },
    ]

    @Test("headers that are not the body's are refused and nothing is called", arguments: rows)
    func mirrored(_ row: Row) async throws {
        let words = try await EndpointUnderTest.with { endpoint in
            let response = try await endpoint.exchange(row.change(endpoint.call("echo")))
            #expect(response.status == row.status && response.errorCode == row.code)
            if row.code != nil { #expect(response.json?["id"]?.int == 1) }
            #expect(endpoint.world.upstream.calls.value.count == (row.code == nil ? 1 : 0))
            // Derived anew from what was judged.
            #expect(endpoint.world.upstream.calls.value.allSatisfy { $0.mirroredName == Array("echo".utf8) })
        }
        #expect(words == [row.code == nil ? "allowed" : "refused (headers do not repeat the body)"])
    }

    static let answers: [(method: String, members: String, name: String?, status: Int, code: Int?)] = [
        ("server/discover", "", nil, 200, nil), ("tools/list", "", nil, 200, nil),
        ("tools/call", #""name":"drop""#, "drop", 200, nil), ("tools/call", #""name":"evil""#, "evil", 400, -32602),
        ("tools/call", #""name":7"#, nil, 400, -32602), ("initialize", "", nil, 404, -32601),
        ("ping", "", nil, 404, -32601),
        ("resources/read", #""uri":"a""#, "a", 400, -32602), ("subscriptions/listen", "", nil, 400, -32602),
        ("logging/setLevel", "", nil, 404, -32601), ("tasks/result", "", nil, 404, -32601),
        ("tasks/get", #""taskId":"t""#, "t", 400, -32021),
    ]

    @Test("each answer of the house has its status on the modern wire", arguments: answers)
    func statuses(_ method: String, _ members: String, _ name: String?, _ status: Int, _ code: Int?) async throws {
        try await EndpointUnderTest.with { endpoint in
            let response = try await endpoint.exchange(endpoint.modern(method, members, id: "\"x\"", name: name))
            #expect(response.status == status && response.errorCode == code)
            #expect(response.json?["id"]?.string == "x")
            #expect(endpoint.world.upstream.calls.value.isEmpty)
        }
    }

    static let relayed: [(error: String, status: Int)] = [
        (#"{"code":-32603,"message":"x"}"#, 200), (#"{"code":-32602,"message":"x","data":1.0}"#, 400),
        (#"{"code":-32601,"message":"x"}"#, 404), (#"{"code":-32002,"message":"x"}"#, 200),
        (#"{"code":12,"message":"x"}"#, 200),
    ]

    @Test("a server's own error passes byte for byte, with the status of its code", arguments: relayed)
    func relays(_ error: String, _ status: Int) async throws {
        try await EndpointUnderTest.with { endpoint in
            endpoint.world.upstream.script { $0.answer(error: error) }
            let response = try await endpoint.exchange(endpoint.call("echo"))
            #expect(response.status == status)
            #expect(response.text == #"{"jsonrpc":"2.0","id":1,"error":\#(error)}"#)
        }
    }

    @Test("a version that is not served is told which is")
    func version() async throws {
        try await EndpointUnderTest.with { endpoint in
            let request = endpoint.call("echo")
            let body = String(decoding: request.body, as: UTF8.self).replacing("2026-07-28", with: "2027-01-01")
            var later = HTTPRequest(port: endpoint.port, body)
            for field in request.fields where field.name.lowercased().hasPrefix("mcp-") {
                later = later.adding(field.name, field.value)
            }
            let response = try await endpoint.expect(400, later.with("MCP-Protocol-Version", "2027-01-01"))
            #expect(response.errorCode == -32022)
            #expect(response.json?["error"]?["data"]?["supported"]?[0]?.string == "2026-07-28")
            #expect(response.json?["error"]?["data"]?["requested"]?.string == "2027-01-01")
        }
    }

    @Test("a modern notification is taken with 202 and nothing in it")
    func notification() async throws {
        try await EndpointUnderTest.with { endpoint in
            let body = #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}"#
            let request = HTTPRequest(port: endpoint.port, body).adding("MCP-Protocol-Version", "2026-07-28")
            let response = try await endpoint.expect(202, request)
            #expect(response.body.isEmpty)
            try await endpoint.expect(202, request.adding("Mcp-Method", "notifications/cancelled"))
            try await endpoint.expect(400, request.adding("Mcp-Method", "tools/call"))
            let response2 = HTTPRequest(port: endpoint.port, #"{"jsonrpc":"2.0","id":1,"result":{}}"#)
            try await endpoint.expect(400, response2.adding("MCP-Protocol-Version", "2026-07-28"))
        }
    }
}

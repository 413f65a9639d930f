import GatewayHTTP
import GatewayStorage
import GatewayTesting
import MCPMessages
import Testing

/// The `Date` of responses (RFC 9110 sections 5.6.7 and 6.6.1).
@Suite("Dates")
struct DateTests {
    /// Milliseconds since 1970, and how the second is spelt.
    static let dates: [(Int64, String)] = [
        (0, "Thu, 01 Jan 1970 00:00:00 GMT"), (999, "Thu, 01 Jan 1970 00:00:00 GMT"),
        (784_111_777_000, "Sun, 06 Nov 1994 08:49:37 GMT"), (951_782_399_999, "Mon, 28 Feb 2000 23:59:59 GMT"),
        (951_782_400_000, "Tue, 29 Feb 2000 00:00:00 GMT"), (951_868_800_000, "Wed, 01 Mar 2000 00:00:00 GMT"),
        (1_767_225_599_000, "Wed, 31 Dec 2025 23:59:59 GMT"), (1_767_225_600_000, "Thu, 01 Jan 2026 00:00:00 GMT"),
        (4_107_542_400_000, "Mon, 01 Mar 2100 00:00:00 GMT"), (253_402_300_799_999, "Fri, 31 Dec 9999 23:59:59 GMT"),
    ]

    @Test("every response says when it was made, to the second")
    func date() async throws {
        let setup = EndpointUnderTest.setup
        try await EndpointUnderTest.with(setup) { endpoint in
            let client = try await endpoint.connect()
            let alive = HTTPRequest(port: endpoint.port, "").by("GET").at("/livez")
            for (milliseconds, text) in Self.dates {
                setup.clock.set(to: WallTime(milliseconds: milliseconds))
                try await client.send(alive.bytes)
                #expect(try await client.response()["date"] == text)
            }
            await client.leave()
        }
    }

    @Test("answers, refusals and streams alike have one")
    func everywhere() async throws {
        try await EndpointUnderTest.with { endpoint in
            let session: String = try #require(try await endpoint.exchange(endpoint.initialize)["mcp-session-id"])
            let requests: [(HTTPRequest, Int)] = [
                (endpoint.call("echo"), 200), (endpoint.call("echo").with("Authorization", nil), 401),
                (endpoint.call("echo").with("Host", "evil.example"), 403), (endpoint.call("echo").by("PUT"), 405),
                (endpoint.call("echo").with("Content-Length", "x"), 400), (endpoint.modern("ping"), 404),
            ]
            for (request, status) in requests {
                let response = try await endpoint.expect(status, request)
                #expect(response["date"]?.hasSuffix(" GMT") == true)
            }
            let client = try await endpoint.connect()
            try await client.send(endpoint.post("", session: session).by("GET").bytes)
            try await client.receives("text/event-stream")
            #expect(client.inbox.value.text.contains("\r\nDate: "))
            await client.leave()
        }
    }
}

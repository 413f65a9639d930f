import Gateway
import GatewayHTTP
import GatewayTesting
import NIOCore
import Testing
import WireJSON

/// Clients that signed in at the gateway's own authorisation server.
@Suite("Connected clients at the endpoint")
struct ConnectedClientTests {
    private static let issuer = "https://console.example"

    private static func put(_ connections: [String: Principal], _ endpoint: EndpointUnderTest) throws {
        let world = endpoint.world
        let claims = try JSON(Array(#"{"connection":"con_1"}"#.utf8))
        let (now, port) = (world.line.clock.secondsSince1970, endpoint.port)
        world.line.configuration.replace(
            servers: [world.server], grants: [TokenDigest(of: RunningLine.token.utf8): world.principal],
            identity: IdentityRules(
                generation: 1, providers: [],
                connected: ConnectedClients(issuer: issuer, principals: connections)
            ) { token, _ in
                guard !token.starts(with: "bad".utf8) else { return .invalid }
                let server = token.starts(with: "foreign".utf8) ? "other" : "tools"
                return .verified(
                    VerifiedToken(
                        provider: ConnectedClients.provider, subject: "mem_1",
                        audiences: ["http://127.0.0.1:\(port)/mcp/\(server)"], scopes: [], claims: claims,
                        end: now + 600))
            })
        world.line.endWhatIsRevoked()
    }

    private static func principal(_ endpoint: EndpointUnderTest) -> Principal {
        Principal(id: "grant:laptop/member:mem_1", grant: endpoint.world.principal.grant)
    }

    @Test(
        "a connection calls as its grant and member; once it ended its token is nobody's, however lately it was judged")
    func ends() async throws {
        _ = try await EndpointUnderTest.with { endpoint in
            let request = endpoint.call("echo").with("Authorization", "Bearer good")
            try Self.put(["con_1": Self.principal(endpoint)], endpoint)
            try await endpoint.expect(200, request)
            #expect(endpoint.world.upstream.calls.value.map(\.scope.principal) == ["grant:laptop/member:mem_1"])
            try Self.put(["con_2": Self.principal(endpoint)], endpoint)
            try await endpoint.expect(401, request)
            #expect(endpoint.world.upstream.calls.value.count == 1)
        }
    }

    @Test("a token that is forged or for another endpoint is refused", arguments: ["bad", "foreign", "ghs_good"])
    func refused(token: String) async throws {
        _ = try await EndpointUnderTest.with { endpoint in
            try Self.put(["con_1": Self.principal(endpoint)], endpoint)
            try await endpoint.expect(401, endpoint.call("echo").with("Authorization", "Bearer \(token)"))
            #expect(endpoint.world.upstream.calls.value.isEmpty)
        }
    }

    @Test("the endpoint's metadata and its challenge name where to sign in")
    func metadata() async throws {
        _ = try await EndpointUnderTest.with { endpoint in
            try Self.put([:], endpoint)
            let path = "/.well-known/oauth-protected-resource/mcp/tools"
            let response = try await endpoint.exchange(endpoint.call("echo").with("Authorization", nil))
            #expect(response.status == 401)
            #expect(
                response["www-authenticate"] == "Bearer resource_metadata=\"http://127.0.0.1:\(endpoint.port)\(path)\"")
        }
    }
}

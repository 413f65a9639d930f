import Gateway
import GatewayHTTP
import GatewayTesting
import NIOCore
import NIOPosix
import NIOSSL
import PolicyEngine
import Testing
import WireJSON

/// An endpoint on a loopback port before a running line.
struct EndpointUnderTest: Sendable {
    let world: RunningLine
    let endpoint: Endpoint
    let port: Int
    let tls: NIOSSLContext?

    /// Limits under which nothing that is not provoked happens, looked at often.
    static var limits: EndpointLimits {
        var limits = EndpointLimits()
        limits.look = .milliseconds(20)
        // A machine that has much else to do must not run into these.
        limits.keepAlive = .hours(1)
        limits.idle = .hours(1)
        limits.receive = .hours(1)
        limits.drain = .seconds(30)
        return limits
    }

    static let policy = Policy.sample(
        .deny, hide: ["evil"], tools: ["echo": RuleGroup(), "evil": RuleGroup(), "drop": RuleGroup(action: .deny)])

    static var setup: RunningLine.Setup {
        .init(.policy(policy, .enforce), tools: ["echo", "evil", "drop"])
    }

    /// Runs the endpoint for as long as the closure takes.
    ///
    /// - Returns: the audit's decisions in words, as `outcome (reason)`.
    @discardableResult
    static func with(
        _ setup: RunningLine.Setup = setup, limits: EndpointLimits = limits,
        senders: EndpointConfiguration.Senders = .bearers,
        addresses: EndpointConfiguration.Addresses = .servers, named: [String] = [],
        tls: (server: NIOSSLContext, client: NIOSSLContext)? = nil, _ body: (EndpointUnderTest) async throws -> Void
    ) async throws -> [String] {
        let audit = try await RunningLine.with(setup) { world in
            let endpoint = try await Endpoint.listen(
                host: "127.0.0.1", port: 0, tls: tls?.server, line: world.line,
                on: MultiThreadedEventLoopGroup.singleton
            ) { port in
                EndpointConfiguration(
                    addresses: addresses, senders: senders,
                    peers: AllowedPeers(host: "127.0.0.1", port: port, named: named),
                    publicOrigin: "http://127.0.0.1:\(port)", limits: limits)
            }
            let port: Int = try #require(endpoint.address?.port)
            do {
                try await body(EndpointUnderTest(world: world, endpoint: endpoint, port: port, tls: tls?.client))
            } catch {
                await endpoint.close()
                throw error
            }
            await endpoint.close()
        }
        return audit.filter { $0["kind"]?.string == "decision" }.map { decision in
            [decision["outcome"]?.string, decision["reason"]?.string.map { "(\($0))" }].compactMap(\.self)
                .joined(separator: " ")
        }
    }

    func connect(isReading: Bool = true, window: Int = 4096) async throws -> RawClient {
        try await RawClient.connect(to: port, tls: tls, isReading: isReading, window: window)
    }

    // MARK: Requests

    /// A legacy POST; with a session where there is one.
    func post(_ body: String, session: String? = nil) -> HTTPRequest {
        let request = HTTPRequest(port: port, body)
        return session.map { request.adding("Mcp-Session-Id", $0).adding("MCP-Protocol-Version", "2025-11-25") }
            ?? request
    }

    var initialize: HTTPRequest {
        post(
            #"{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{}}}"#
        )
    }

    /// A modern POST with the headers its body wants.
    func modern(
        _ method: String, _ members: String = "", id: String = "1", name: String? = nil, meta: String = ""
    ) -> HTTPRequest {
        let envelope =
            #""io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}"#
        let all = [envelope, meta].filter { !$0.isEmpty }.joined(separator: ",")
        let params = [members, "\"_meta\":{\(all)}"].filter { !$0.isEmpty }.joined(separator: ",")
        let request = HTTPRequest(
            port: port, #"{"jsonrpc":"2.0","id":\#(id),"method":"\#(method)","params":{\#(params)}}"#
        )
        .adding("MCP-Protocol-Version", "2026-07-28").adding("Mcp-Method", method)
        return name.map { request.adding("Mcp-Name", $0) } ?? request
    }

    func call(_ tool: String, id: String = "1", arguments: String = "{}", meta: String = "") -> HTTPRequest {
        modern("tools/call", "\"name\":\"\(tool)\",\"arguments\":\(arguments)", id: id, name: tool, meta: meta)
    }

    /// Sends one request on a connection of its own and takes the response.
    func exchange(_ request: HTTPRequest) async throws -> HTTPResponse { try await exchange(bytes: request.bytes) }

    /// Sends one request and expects its response to have this status.
    @discardableResult
    func expect(
        _ status: Int, _ request: HTTPRequest, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> HTTPResponse {
        let response = try await exchange(request)
        #expect(response.status == status, "\(response.text)", sourceLocation: sourceLocation)
        return response
    }

    func exchange(bytes: [UInt8]) async throws -> HTTPResponse {
        let client = try await connect()
        client.throwIn(bytes)
        let response = try await client.response(toHead: bytes.starts(with: Array("HEAD ".utf8)))
        await client.leave()
        return response
    }
}

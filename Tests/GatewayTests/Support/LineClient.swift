import Gateway
import GatewayTesting
import MCPMessages
import Testing
import WireJSON

/// A client of one era: composes its messages, with the headers an HTTP client sends along.
struct LineClient: Sendable {
    let world: RunningLine
    let era: Era
    /// Of a legacy client, once it has said `initialize`.
    var session: String?
    var principal: Principal
    /// Where it sends: a server's slug, or ``Stack/address``.
    let server: String

    /// What it says it can be asked for, a JSON object.
    var capabilities = "{}"

    static let envelope = envelope(capabilities: "{}")

    static func envelope(capabilities: String) -> String {
        """
        "io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":\(capabilities)
        """
    }

    /// A client that may ask; a legacy one has its session.
    init(
        _ world: RunningLine, _ era: Era, as principal: Principal? = nil, capabilities: String = "{}",
        at server: String = RunningLine.slug
    ) async throws {
        self.world = world
        self.server = server
        self.capabilities = capabilities
        self.era = era
        self.principal = principal ?? world.principal
        guard era == .legacy else { return }
        let answer = ask(
            "initialize",
            #""protocolVersion":"2025-11-25","capabilities":\#(capabilities),"clientInfo":{"name":"client","version":"7"}"#
        )
        _ = try await answer.end()
        let named: String = try #require(answer.recorder.heard.value.session)
        session = named
    }

    /// A legacy client that presents this session, or none.
    init(_ other: LineClient, session: String?) {
        world = other.world
        server = other.server
        era = .legacy
        principal = other.principal
        self.session = session
    }

    /// A request under way.
    struct Sent: Sendable {
        let recorder: AnswerRecorder
        let cancellation: Cancellation

        /// The answer, once it comes; nothing else may have come that should not.
        func end() async throws -> Answer {
            let answer = try await recorder.awaitAnswer()
            #expect(recorder.heard.value.breaches == [])
            return answer
        }
    }

    /// Sends bytes as they are.
    ///
    /// - Parameter name: what a modern client says in `Mcp-Name`.
    @discardableResult
    func send(_ body: [UInt8], method: String = "tools/call", name: [UInt8]? = nil) -> Sent {
        let headers =
            switch era {
            case .legacy: MirroredHeaders(protocolVersion: session == nil ? [] : ["2025-11-25"])
            case .modern:
                MirroredHeaders(
                    protocolVersion: ["2026-07-28"], method: [method],
                    name: name.map { [String(decoding: HeaderText.encode($0), as: UTF8.self)] } ?? [])
            }
        return send(body, headers)
    }

    /// Sends bytes with these routing headers.
    @discardableResult
    func send(_ body: [UInt8], _ headers: MirroredHeaders?) -> Sent {
        let recorder = AnswerRecorder()
        let entry = Entry(principal: principal, server: server, headers: headers, sessionID: session)
        return Sent(recorder: recorder, cancellation: world.line.receive(body, from: entry, answering: recorder))
    }

    /// Asks for something; `members` are those of `params`, `meta` those of its `_meta`, JSON.
    @discardableResult
    func ask(
        _ method: String, _ members: String = "", id: String = "1", name: [UInt8]? = nil, meta: String = ""
    ) -> Sent {
        let inner = [era == .modern ? Self.envelope(capabilities: capabilities) : "", meta].filter { !$0.isEmpty }
            .joined(separator: ",")
        let params = [members, inner.isEmpty ? "" : "\"_meta\":{\(inner)}"].filter { !$0.isEmpty }.joined(
            separator: ",")
        let body = #"{"jsonrpc":"2.0","id":\#(id),"method":"\#(method)","params":{\#(params)}}"#
        return send(Array(body.utf8), method: method, name: name)
    }

    /// Calls a tool.
    @discardableResult
    func call(_ tool: String, _ arguments: String? = "{}", id: String = "1", meta: String = "") -> Sent {
        var name = JSONWriter()
        name.string(tool)
        let arguments = arguments.map { ",\"arguments\":\($0)" } ?? ""
        return ask(
            "tools/call", "\"name\":\(String(decoding: name.bytes, as: UTF8.self))\(arguments)", id: id,
            name: Array(tool.utf8), meta: meta)
    }

    /// Answers what a server asked, as a legacy client does; `outcome` is `"result":…` or `"error":…`.
    @discardableResult
    func respond(_ id: Int, _ outcome: String) -> Sent {
        send(Array(#"{"jsonrpc":"2.0","id":\#(id),\#(outcome)}"#.utf8))
    }

    /// Takes a request back, as a legacy client does.
    func cancel(_ id: String) {
        let body = #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":\#(id)}}"#
        send(Array(body.utf8), method: "notifications/cancelled")
    }
}

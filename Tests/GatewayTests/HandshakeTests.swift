import Gateway
import GatewayTesting
import MCPMessages
import PolicyEngine
import Testing
import WireJSON

/// What a client is told of a server: the server's words, and only what works from end to end (protocol notes 1.2, 1.7).
@Suite("Handshakes")
struct HandshakeTests {
    private static func setup(_ description: UpstreamDescription, _ access: Access? = nil) -> RunningLine.Setup {
        let upstream = RecordedUpstream(era: description.version.era, tools: [RunningLine.definition("echo")])
        upstream.describes(.success(description))
        return .init(access ?? .policy(.sample(.allow), .enforce), upstream)
    }

    private func initialize(_ world: RunningLine, _ version: String) async throws -> (Answer, AnswerRecorder) {
        let client = LineClient(try await LineClient(world, .modern), session: nil)
        let sent = client.ask("initialize", "\"protocolVersion\":\(version),\"capabilities\":{}")
        return (try await sent.end(), sent.recorder)
    }

    struct Agreement: Sendable {
        let requested: String
        let server: ProtocolVersion
        let agreed: String
    }

    static let agreements = [
        Agreement(requested: "\"2025-06-18\"", server: .v2025_11_25, agreed: "2025-06-18"),
        Agreement(requested: "\"2025-11-25\"", server: .v2025_11_25, agreed: "2025-11-25"),
        Agreement(requested: "\"2025-11-25\"", server: .v2025_06_18, agreed: "2025-06-18"),
        Agreement(requested: "\"2025-11-25\"", server: .v2025_03_26, agreed: "2025-03-26"),
        Agreement(requested: "\"2025-11-25\"", server: .v2024_11_05, agreed: "2025-03-26"),
        Agreement(requested: "\"2025-03-26\"", server: .v2025_11_25, agreed: "2025-03-26"),
        Agreement(requested: "\"2024-11-05\"", server: .v2025_06_18, agreed: "2025-06-18"),
        Agreement(requested: "\"2026-07-28\"", server: .v2026_07_28, agreed: "2025-11-25"),
        Agreement(requested: "\"2025-06-18\"", server: .v2026_07_28, agreed: "2025-06-18"),
        Agreement(requested: "7", server: .v2025_06_18, agreed: "2025-06-18"),
    ]

    @Test("a revision is agreed on that is offered and no newer than the server's", arguments: agreements)
    func agreement(_ row: Agreement) async throws {
        var description = RecordedUpstream.description(era: row.server.era)
        description.version = row.server
        try await withLine(Self.setup(description)) { world in
            let (answer, recorder) = try await initialize(world, row.requested)
            #expect(try answer.json["result"]?["protocolVersion"]?.string == row.agreed)
            let session = try #require(recorder.heard.value.session)
            #expect(answer.status == .ok && !session.isEmpty)
        }
    }

    static let cards: [(members: String, capabilities: String, instructions: String?)] = [
        ("", #"{"tools":{}}"#, nil),
        (#","instructions":"Read \u00e9 first.""#, #"{"tools":{}}"#, #""Read \u00e9 first.""#),
        (#","instructions":7"#, #"{"tools":{}}"#, nil),
    ]

    @Test("the cards carry the server's own name, instructions and capabilities, as it says them", arguments: cards)
    func card(_ members: String, _ capabilities: String, _ instructions: String?) async throws {
        let words = instructions.map { ",\"instructions\":\($0)" } ?? ""
        try await withLine(Self.setup(RecordedUpstream.description(era: .legacy, members: members))) { world in
            let (answer, _) = try await initialize(world, "\"2025-11-25\"")
            #expect(
                answer.text == #"""
                    {"jsonrpc":"2.0","id":1,"result":{"protocolVersion":"2025-11-25","capabilities":\#(capabilities),\#
                    "serverInfo":{"name":"recorded","version":"1"}\#(words)}}
                    """#)
            let modern = try await LineClient(world, .modern).ask("server/discover").end()
            #expect(
                modern.text == #"""
                    {"jsonrpc":"2.0","id":1,"result":{"resultType":"complete","supportedVersions":["2026-07-28"],\#
                    "capabilities":\#(capabilities)\#(words),"ttlMs":0,"cacheScope":"private",\#
                    "_meta":{"io.modelcontextprotocol/serverInfo":{"name":"recorded","version":"1"}}}}
                    """#)
        }
    }

    static let results: [(result: String, capabilities: String)] = [
        (
            #"{"capabilities":{"tools":{},"resources":{},"prompts":{},"logging":{},"tasks":{},"vendor":{}}}"#,
            #"{"tools":{},"prompts":{},"resources":{},"logging":{}}"#
        ),
        (
            #"{"capabilities":{"resources":{"listChanged":false,"subscribe":true},"tools":{"listChanged":true,"x":1}}}"#,
            #"{"tools":{"listChanged":true,"x":1},"resources":{"listChanged":false,"subscribe":true}}"#
        ),
        (
            #"{"capabilities":{"experimental":{"a":{}},"extensions":{"io.modelcontextprotocol/tasks":{},"x/y":{"z":1}}}}"#,
            #"{"experimental":{"a":{}},"extensions":{"x/y":{"z":1}}}"#
        ), (#"{"capabilities":[]}"#, "{}"), ("{}", "{}"),
    ]

    @Test(
        "what does not work from end to end is not promised; a nameless server bears the house's name",
        arguments: results)
    func promises(_ result: String, _ capabilities: String) async throws {
        let description = UpstreamDescription(version: .newestLegacy, result: try JSON(Array(result.utf8)))
        try await withLine(Self.setup(description)) { world in
            let card = try await initialize(world, "\"2025-11-25\"").0.json["result"]
            #expect(card?["capabilities"].map { text($0.bytes) } == capabilities)
            #expect(card?["serverInfo"].map { text($0.bytes) } == text(House.info))
        }
        try await withLine(Self.setup(description, .everything)) { world in
            let given = description.capabilities?.kind == .object ? description.capabilities : nil
            let card = try await initialize(world, "\"2025-11-25\"").0.json["result"]
            #expect(card?["capabilities"].map { text($0.bytes) } == given.map { text($0.bytes) } ?? "{}")
        }
    }

    @Test("where the server cannot be reached there is no session, and nothing of the inside is told")
    func unreachable() async throws {
        let setup = Self.setup(RecordedUpstream.description(era: .modern))
        try await withLine(setup) { world in
            world.upstream.describes(.failure(UpstreamFailure(.unreachable, "secret")))
            let (answer, recorder) = try await initialize(world, "\"2025-11-25\"")
            #expect(answer.errorMessage == "the server is unavailable (unreachable)")
            let session = try #require(recorder.heard.value.session)
            #expect(
                try await LineClient(try await LineClient(world, .modern), session: session).ask("ping").end().status
                    == .notFound)
            let discovered = try await LineClient(world, .modern).ask("server/discover").end()
            #expect(discovered.errorCode == -32603 && !discovered.text.contains("secret"))
            // A server that refuses the handshake says why itself.
            let error = try JSON(Array(#"{"code":-32602,"message":"too old","data":1.0}"#.utf8))
            world.upstream.describes(.failure(UpstreamFailure(.refused, "x", error: error)))
            #expect(
                try await initialize(world, "\"2025-11-25\"").0.json["error"].map { text($0.bytes) }
                    == text(error.bytes))
        }
    }

    @Test("no request but `initialize` is answered before it, on a connection of its own too")
    func first() async throws {
        let audit = try await withLine(Self.setup(RecordedUpstream.description(era: .legacy))) { world in
            let conversation = world.line.openConnection(principal: world.principal, server: RunningLine.slug)
            func send(_ body: String) async throws -> Answer {
                let recorder = AnswerRecorder()
                let entry = Entry(
                    principal: world.principal, server: RunningLine.slug, headers: nil, conversation: conversation)
                _ = world.line.receive(Array(body.utf8), from: entry, answering: recorder)
                return try await recorder.awaitAnswer()
            }
            let call = #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo"}}"#
            #expect(try await send(call).errorCode == -32600)
            #expect(try await send(#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#).errorCode == -32600)
            #expect(world.upstream.calls.value.isEmpty && conversation.version == nil)
            _ = try await send(
                #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18"}}"#)
            #expect(conversation.version == .v2025_06_18)
            #expect(try await send(#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#).status == .accepted)
            #expect(try await send(call).errorCode == nil)
            // A message with the envelope needs no handshake, on the same connection.
            let modern = call.replacing("\"params\":{", with: "\"params\":{\"_meta\":{\(LineClient.envelope)},")
            #expect(try await send(modern).json["result"]?["resultType"]?.string == "complete")
        }
        #expect(audit.words == ["refused (wrong era)", "refused (wrong era)", "allowed echo", "allowed echo"])
    }
}

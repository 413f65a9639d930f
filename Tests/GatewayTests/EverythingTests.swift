import Gateway
import GatewayTesting
import MCPMessages
import PolicyEngine
import Testing
import WireJSON

/// `wrap --allow-all`: the client and the server are each other's only peer, with the audit between them.
@Suite("Letting everything through")
struct EverythingTests {
    static func setup(_ era: Era = .modern) -> RunningLine.Setup {
        .init(.everything, RecordedUpstream(era: era, tools: [RunningLine.definition("echo")]))
    }

    static let methods: [(method: String, members: String, name: String?)] = [
        ("tools/list", #""cursor":"a b""#, nil), ("resources/list", "", nil),
        ("resources/read", #""uri":"file:///caf\u00e9""#, "file:///caf\u{E9}"), ("prompts/get", #""name":"p""#, "p"),
        ("completion/complete", #""ref":{"type":"x", "n":1.0}"#, nil), ("vendor/anything", #""x":[1e2]"#, nil),
        ("tools/call", #""name":"nobody listed it","arguments":{"a":1.0}"#, "nobody listed it"),
        ("tools/call", #""name":"echo","task":{"ttl":1},"requestState":"s""#, "echo"),
    ]

    @Test("every method and every name goes through, as it was sent", arguments: methods)
    func relays(_ method: String, _ members: String, _ name: String?) async throws {
        for era in bothEras {
            let audit = try await withClient(era, Self.setup(era)) { client in
                client.world.upstream.script { $0.answer(#"{"any":1.0,"resultType":"input_required"}"#) }
                let sent = client.ask(method, members, name: name.map { Array($0.utf8) })
                #expect(try await sent.end().json["result"]?["any"].map { text($0.bytes) } == "1.0")
                let call = try #require(client.world.upstream.calls.value.first)
                #expect(call.method == method && (members.isEmpty || call.text.contains(members)))
                #expect(call.mirroredName == Array((name ?? "").utf8))
            }
            #expect(audit.decisions.count == 1 && audit.endings == ["completed"])
            #expect(audit.decisions.first?["outcome"]?.string == "allowed")
            #expect(audit.decisions.first?["method"]?.string == method)
            #expect(audit.decisions.first?["policy"] == nil)
        }
    }

    @Test("the client's capabilities are declared upstream as its own, and only there")
    func capabilities() async throws {
        try await withClient(.modern, Self.setup()) { client in
            let meta = LineClient.envelope.replacing("{}", with: #"{"elicitation":{"url":{}}}"#)
            let body = #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","_meta":{\#(meta)}}}"#
            _ = try await client.send(Array(body.utf8), name: Array("echo".utf8)).end()
            let declared = client.world.upstream.calls.value.first?.params?["_meta"]?[
                RequestMetadata.clientCapabilitiesKey]
            #expect(declared.map { text($0.bytes) } == #"{"elicitation":{"url":{}}}"#)
        }
    }

    @Test("a failed question is answered as an error, a failed call as a tool result")
    func failures() async throws {
        let audit = try await withClient(.modern, Self.setup()) { client in
            client.world.upstream.script { $0.fail(.closed, "secret") }
            try await client.ask("resources/list").expectError(.internalError)
            try await client.call("echo").expectToolError(
                "The server `tools` ended the connection before it answered. Whether the call had an effect is not known."
            )
            client.world.upstream.script { $0.answer(error: #"{"code":-32002,"message":"no","data":{"a":1.0}}"#) }
            let error = try await client.ask("resources/list").end().json["error"]
            #expect(error.map { text($0.bytes) } == #"{"code":-32002,"message":"no","data":{"a":1.0}}"#)
        }
        #expect(audit.endings == ["failed", "failed", "error"])
    }

    @Test("the client's notifications go to the server; those of its own hop stay")
    func notifications() async throws {
        try await withClient(.legacy, Self.setup(.legacy)) { client in
            for method in [
                "notifications/initialized", "notifications/roots/list_changed", "notifications/cancelled",
                "notifications/x",
            ] {
                let sent = client.send(Array(#"{"jsonrpc":"2.0","method":"\#(method)"}"#.utf8))
                let answer = try await sent.end()
                #expect(answer.status == .accepted)
            }
            #expect(
                client.world.upstream.notices.value.map(\.method) == [
                    "notifications/roots/list_changed", "notifications/x",
                ])
        }
    }

    @Test(
        "where there is a policy, clients' notifications stay at the house, but for a change of the roots it declared",
        arguments: [true, false])
    func kept(_ hasRoots: Bool) async throws {
        let setup = RunningLine.Setup(.policy(.sample(.allow), .enforce), tools: ["echo"])
        try await withLine(setup) { world in
            let client = try await LineClient(world, .legacy, capabilities: hasRoots ? #"{"roots":{}}"# : "{}")
            for text in [
                #"{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":1,"progress":1}}"#,
                #"{"jsonrpc":"2.0","method":"notifications/roots/list_changed"}"#,
                #"{"jsonrpc":"2.0","method":"notifications/x"}"#,
                #"{"jsonrpc":"2.0","id":1,"result":{}}"#, #"{"jsonrpc":"2.0","id":1,"error":{"code":1,"message":""}}"#,
            ] {
                let answer = try await client.send(Array(text.utf8)).end()
                #expect(answer.status == .accepted && answer.body.isEmpty)
            }
            #expect(
                world.upstream.notices.value.map(\.method) == (hasRoots ? ["notifications/roots/list_changed"] : []))
        }
    }

    @Test("a client tells how far it is with what it was asked, and nothing once it has answered")
    func progress() async throws {
        let setup = RunningLine.Setup(
            .policy(.sample(.allow), .enforce),
            RecordedUpstream(era: .legacy, tools: [RunningLine.definition("echo")]))
        try await withLine(setup) { world in
            let client = try await LineClient(world, .legacy, capabilities: #"{"roots":{}}"#)
            world.upstream.script { exchange in _ = exchange.ask("roots/list") }
            let call = client.call("echo")
            try await call.recorder.heard.value { !$0.notifications.isEmpty }
            let progress =
                #"{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":1,"progress":1}}"#
            _ = try await client.send(Array(progress.utf8)).end()
            _ = try await client.respond(1, #""result":{"roots":[]}"#).end()
            _ = try await client.send(Array(progress.utf8)).end()
            #expect(world.upstream.notices.value.map(\.method) == ["notifications/progress"])
            world.upstream.calls.value[0].answer(RecordedUpstream.emptyResult)
            try await call.expectAnswer()
        }
    }

    @Test("a legacy client is led through a modern server's questions; a modern one deals with it itself")
    func led() async throws {
        let required =
            #"{"resultType":"input_required","inputRequests":{"a":{"method":"roots/list"}},"requestState":"s"}"#
        for era in bothEras {
            _ = try await RunningLine.with(Self.setup()) { world in
                let client = try await LineClient(world, era, capabilities: #"{"roots":{}}"#)
                world.upstream.script { exchange in
                    exchange.answer(
                        exchange.params?["inputResponses"] == nil ? required : RecordedUpstream.emptyResult)
                }
                let call = client.call("echo")
                guard era == .legacy else {
                    return #expect(try await call.end().json["result"]?["requestState"]?.string == "s")
                }
                try await call.recorder.heard.value { !$0.notifications.isEmpty }
                _ = try await client.respond(1, #""result":{"roots":[]}"#).end()
                try await call.expectResult(#"{"content":[]}"#)
                #expect(world.upstream.calls.value.last?.params?["requestState"]?.string == "s")
            }
        }
    }

    @Test("what the server says outside any request is told to the client that listens")
    func outside() async throws {
        try await withClient(.legacy, Self.setup(.legacy)) { client in
            let stream = AnswerRecorder()
            let entry = Entry(
                principal: client.principal, server: RunningLine.slug, headers: nil, sessionID: client.session)
            _ = client.world.line.listen(entry, answering: stream)
            let bytes = Array(
                #"{"jsonrpc":"2.0","method":"notifications/resources/updated","params":{"uri":"a", "n":1.0}}"#.utf8)
            guard case .notification(let message) = try Message(try JSON(bytes)) else { return }
            client.world.line.heard(.notification(message), from: RunningLine.slug)
            #expect(stream.heard.value.notifications == [bytes])
            client.world.line.heard(.notification(message), from: "other")
            #expect(stream.heard.value.notifications.count == 1)
        }
    }
}

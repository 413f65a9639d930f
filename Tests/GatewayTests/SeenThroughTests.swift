import Gateway
import GatewayTesting
import MCPMessages
import PolicyEngine
import Testing
import WireJSON

/// What either end sees of the other where policy lets it.
@Suite("Seen through")
struct SeenThroughTests {
    private static func setup(_ era: Era) -> RunningLine.Setup {
        .init(.policy(.sample(.allow), .enforce), RecordedUpstream(era: era, tools: [RunningLine.definition("echo")]))
    }

    @Test("a server is asked on behalf of its client by name", arguments: bothEras)
    func clientInfo(_ era: Era) async throws {
        try await withClient(era, Self.setup(era)) { client in
            let info = #"{"name":"client","version":"7"}"#
            let meta = era == .modern ? #""io.modelcontextprotocol/clientInfo":\#(info)"# : ""
            try await client.call("echo", meta: meta).expectAnswer()
            let call = try #require(client.world.upstream.calls.value.last)
            #expect(call.scope.clientInfo.map { text($0) } == info)
        }
    }

    @Test("a level that the server does not take is not kept, and one that it takes is")
    func levels() async throws {
        try await withClient(.legacy, Self.setup(.legacy)) { client in
            func logged() async throws -> Int {
                client.world.upstream.script { exchange in
                    exchange.notify("notifications/message", params: #"{"level":"debug","data":1}"#)
                    exchange.answer(RecordedUpstream.emptyResult)
                }
                let call = client.call("echo")
                _ = try await call.end()
                return call.recorder.heard.value.notifications.count
            }
            client.world.upstream.script { $0.answer(error: #"{"code":-32601,"message":"Method not found"}"#) }
            try await client.ask("logging/setLevel", #""level":"error""#).expectError(.methodNotFound)
            let before = try await logged()
            client.world.upstream.script { $0.answer("{}") }
            try await client.ask("logging/setLevel", #""level":"error""#).expectResult("{}")
            let after = try await logged()
            #expect(before == 1 && after == 0)
        }
    }

    @Test("a result of an extension's type is for those who know extensions; tasks are not among them")
    func extensions() async throws {
        try await withLine(Self.setup(.modern)) { world in
            let declared = #"{"extensions":{"x/y":{"a":1}}}"#
            let knows = try await LineClient(world, .modern, capabilities: declared)
            let plain = try await LineClient(world, .modern)
            let tasks = try await LineClient(world, .modern, capabilities: TaskTests.able)
            let receipt = #"{"resultType":"receipt","token":"r"}"#
            world.upstream.script { $0.answer(receipt) }
            try await knows.call("echo").expectResult(receipt)
            try await plain.call("echo").expectToolError()
            try await tasks.call("echo").expectToolError()
            world.upstream.script { $0.answer(#"{"resultType":"task","taskId":"t"}"#) }
            try await knows.call("echo").expectToolError()
            let told = world.upstream.calls.value[0].params?["_meta"]?["io.modelcontextprotocol/clientCapabilities"]
            #expect(told.map { text($0.bytes) } == #"{"extensions":{"x/y":{"a":1}}}"#)
        }
    }

    static let questions = [
        ("elicitation/create", "Elicitation not supported"), ("sampling/createMessage", "Sampling not supported"),
        ("roots/list", "List roots not supported"),
    ]

    @Test("what a client has not declared is refused for it, as it would itself", arguments: questions)
    func refusals(_ method: String, _ words: String) async throws {
        try await withClient(.legacy, Self.setup(.legacy)) { client in
            client.world.upstream.script { _ in }
            let call = client.call("echo")
            let exchange = try #require(client.world.upstream.calls.value.last)
            #expect(exchange.ask(method).value == #"error {"code":-32600,"message":"\#(words)"}"#)
            exchange.answer(RecordedUpstream.emptyResult)
            try await call.expectAnswer()
            #expect(call.recorder.heard.value.notifications.isEmpty)
        }
    }

    @Test("an update nobody asked for is told in its principal's own session, and nowhere else")
    func updates() async throws {
        try await withClient(.legacy, Self.setup(.legacy)) { client in
            let stream = AnswerRecorder()
            let entry = Entry(
                principal: client.principal, server: RunningLine.slug, headers: nil, sessionID: client.session)
            _ = client.world.line.listen(entry, answering: stream)
            let update =
                #"{"jsonrpc":"2.0","method":"notifications/resources/updated","params":{"uri":"a:1"}}"#
            guard case .notification(let notification) = try Message(try JSON(Array(update.utf8))) else { return }
            client.world.line.heard(.told(notification, principal: "another"), from: RunningLine.slug)
            client.world.line.heard(.notification(notification), from: RunningLine.slug)
            #expect(stream.heard.value.notifications.isEmpty)
            client.world.line.heard(.told(notification, principal: client.principal.id), from: RunningLine.slug)
            #expect(stream.heard.value.notifications.map { text($0) } == [update])
        }
    }
}

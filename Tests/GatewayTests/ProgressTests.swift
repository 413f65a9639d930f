import Gateway
import GatewayTesting
import MCPMessages
import PolicyEngine
import Testing
import WireJSON

/// What a server says before its answer (protocol notes 1.10).
@Suite("Notifications of a call")
struct ProgressTests {
    static func setup() -> RunningLine.Setup {
        .init(.policy(.sample(.deny, tools: ["echo": RuleGroup()]), .enforce), tools: ["echo"])
    }

    static let tokens = ["1", "\"1\"", "\"t \\u00e9\"", "-5", "\"\"", "9007199254740993"]

    @Test("progress comes back under the client's own token, byte for byte", arguments: tokens)
    func token(_ token: String) async throws {
        for era in bothEras {
            try await withClient(era, Self.setup()) { client in
                client.world.upstream.script { exchange in
                    exchange.notify(
                        "notifications/progress",
                        params: #"{"progress":0.50,"progressToken":\#(exchange.progressToken ?? -1), "total":1}"#)
                    exchange.answer(RecordedUpstream.emptyResult)
                }
                let call = client.call("echo", meta: "\"progressToken\":\(token)")
                _ = try await call.end()
                #expect(
                    call.recorder.heard.value.notifications.map { text($0) } == [
                        #"{"jsonrpc":"2.0","method":"notifications/progress","params":{"progress":0.50,"progressToken":\#(token), "total":1}}"#
                    ])
                let sent = try #require(client.world.upstream.calls.value.first)
                #expect(sent.params?["_meta"]?["progressToken"]?.int == sent.progressToken)
            }
        }
    }

    static let noTokens = [
        "", #""progressToken":null"#, #""progressToken":1.5"#, #""progressToken":[1]"#, #""progressToken":true"#,
    ]

    @Test("a client that asked for none hears none, and the server is not asked for any", arguments: noTokens)
    func none(_ meta: String) async throws {
        try await withClient(.modern, Self.setup()) { client in
            client.world.upstream.script { exchange in
                exchange.notify("notifications/progress", params: #"{"progress":1,"progressToken":1}"#)
                exchange.answer(RecordedUpstream.emptyResult)
            }
            let call = client.call("echo", meta: meta)
            _ = try await call.end()
            #expect(call.recorder.heard.value.notifications.isEmpty)
            #expect(client.world.upstream.calls.value.first?.params?["_meta"]?["progressToken"] == nil)
        }
    }

    @Test("two callers with one token each hear of their own call")
    func crossTalk() async throws {
        try await withLine(Self.setup()) { world in
            let (one, other) = (try await LineClient(world, .legacy), try await LineClient(world, .modern))
            world.upstream.script { _ in }
            let calls = [one, other].map { $0.call("echo", id: "\"same\"", meta: #""progressToken":"same""#) }
            let exchanges = world.upstream.calls.value
            #expect(Set(exchanges.map(\.progressToken)).count == 2)
            for (number, exchange) in exchanges.enumerated() { exchange.reportProgress(number) }
            for exchange in exchanges.reversed() {
                exchange.answer(#"{"content":[{"type":"text","text":"\#(exchange.scope.clientEra)"}]}"#)
            }
            #expect(try await calls[0].end().toolText == "legacy")
            #expect(try await calls[1].end().toolText == "modern")
            for (number, call) in calls.enumerated() {
                let heard = try call.recorder.heard.value.notifications.map { try JSON($0)["params"]?["progress"]?.int }
                #expect(heard == [number])
            }
        }
    }

    static let others: [(method: String, meta: String, legacy: Bool, modern: Bool)] = [
        ("notifications/message", "", true, false),
        ("notifications/message", #""io.modelcontextprotocol/logLevel":"info""#, true, true),
        ("notifications/cancelled", "", false, false), ("notifications/tools/list_changed", "", false, false),
        ("notifications/resources/updated", "", false, false), ("vendor/anything", "", false, false),
    ]

    @Test(
        "log messages reach a legacy client, and a modern one that asked; other notifications nobody", arguments: others
    )
    func relayed(_ method: String, _ meta: String, legacy: Bool, modern: Bool) async throws {
        for (era, isHeard) in [(Era.legacy, legacy), (.modern, modern)] {
            try await withClient(era, Self.setup()) { client in
                client.world.upstream.script { exchange in
                    exchange.notify(method, params: #"{"level":"info" ,"data":1.0}"#)
                    exchange.answer(RecordedUpstream.emptyResult)
                }
                let call = client.call("echo", meta: meta)
                _ = try await call.end()
                #expect(
                    call.recorder.heard.value.notifications.map { text($0) }
                        == (isHeard
                            ? [#"{"jsonrpc":"2.0","method":"\#(method)","params":{"level":"info" ,"data":1.0}}"#] : []))
            }
        }
    }

    @Test("what the server says outside any request reaches only whom it concerns")
    func outside() async throws {
        try await withClient(.legacy, Self.setup()) { client in
            let entry = Entry(
                principal: client.principal, server: RunningLine.slug, headers: nil, sessionID: client.session)
            let stream = AnswerRecorder()
            _ = client.world.line.listen(entry, answering: stream)
            let bytes = Array(#"{"jsonrpc":"2.0","method":"notifications/message","params":{}}"#.utf8)
            guard case .notification(let message) = try Message(try JSON(bytes)) else { return }
            client.world.line.heard(.notification(message), from: RunningLine.slug)
            #expect(stream.heard.value.notifications.isEmpty)
            let before = client.world.upstream.lists.value.count
            client.world.line.heard(.changed(.tools), from: RunningLine.slug)
            #expect(stream.heard.value.notifications.count == 1)
            // The changed list is compared with what was accepted.
            try await client.world.upstream.lists.value { $0.count > before }
        }
    }
}

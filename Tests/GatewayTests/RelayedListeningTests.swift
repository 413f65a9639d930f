import Gateway
import GatewayTesting
import MCPMessages
import PolicyEngine
import Testing
import WireJSON

/// `subscriptions/listen` of modern clients to modern servers whose streams are their own.
@Suite("Relayed listening")
struct RelayedListeningTests {
    private static let asked =
        #""notifications":{"toolsListChanged":true,"promptsListChanged":true,"resourceSubscriptions":["a:1","b:1"],"taskIds":["t"]}"#

    private static func setup() throws -> RunningLine.Setup {
        let upstream = RecordedUpstream(tools: [RunningLine.definition("echo")])
        let result = #"{"capabilities":{"tools":{},"resources":{"subscribe":true}}}"#
        upstream.describes(.success(UpstreamDescription(version: .modern, result: try JSON(Array(result.utf8)))))
        upstream.relaysListening(true)
        upstream.script { _ in }
        let document = PolicyDocument(
            tools: RuleSection(standing: .allow),
            resources: RuleSection(
                standing: .deny, entries: [.init(try #require(NamePattern("a:*")), RuleGroup())]))
        return .init(.policy(try Policy(compiling: document, id: "p", version: 1), .enforce), upstream)
    }

    private func listening(
        _ body: (LineClient, LineClient.Sent, RecordedExchange) async throws -> Void
    ) async throws {
        try await withClient(.modern, try Self.setup()) { client in
            let listen = client.ask("subscriptions/listen", Self.asked, id: #""l""#)
            let exchange = try #require(client.world.upstream.calls.value.last)
            try await body(client, listen, exchange)
        }
    }

    private func heard(_ sent: LineClient.Sent) -> [String] { sent.recorder.heard.value.notifications.map { text($0) } }

    private func acknowledge(_ exchange: RecordedExchange, _ honoured: String) {
        exchange.notify(
            "notifications/subscriptions/acknowledged",
            params: #"{"notifications":\#(honoured),"_meta":{"io.modelcontextprotocol/subscriptionId":99}}"#)
    }

    private static let mark = #""_meta":{"io.modelcontextprotocol/subscriptionId":"l"}"#

    @Test("the server is asked what may be watched, and what it honours is acknowledged under the client's own id")
    func acknowledgement() async throws {
        try await listening { _, listen, exchange in
            #expect(
                exchange.params?["notifications"].map { text($0.bytes) }
                    == #"{"toolsListChanged":true,"promptsListChanged":true,"resourceSubscriptions":["a:1"]}"#)
            #expect(heard(listen) == [])
            acknowledge(exchange, #"{"promptsListChanged":true,"resourceSubscriptions":["a:1","b:1"]}"#)
            #expect(
                heard(listen) == [
                    // The house tells of tools itself, whose list changes with policy.
                    #"{"jsonrpc":"2.0","method":"notifications/subscriptions/acknowledged","params":{"notifications":{"toolsListChanged":true,"promptsListChanged":true,"resourceSubscriptions":["a:1"]},\#(Self.mark)}}"#
                ])
            listen.cancellation.cancel()
            #expect(exchange.isCancelled.value)
        }
    }

    @Test(
        "one that its server has not acknowledged ends with its answer where the gateway stops, and so does a later one"
    )
    func stopping() async throws {
        try await listening { client, listen, exchange in
            client.world.upstream.endsCancelled(false)
            client.world.line.endSubscriptions()
            let result = #"{"resultType":"complete",\#(Self.mark)}"#
            #expect(try await listen.end().text == #"{"jsonrpc":"2.0","id":"l","result":\#(result)}"#)
            #expect(exchange.isCancelled.value)
            // What the server still says comes too late.
            acknowledge(exchange, #"{"toolsListChanged":true}"#)
            exchange.answer(#"{"resultType":"complete"}"#)
            let late = client.ask("subscriptions/listen", Self.asked, id: #""l""#)
            let answer = try await late.end().text
            #expect(answer.hasSuffix(#""result":\#(result)}"#))
            #expect(client.world.upstream.calls.value.count == 1 && heard(listen) == [] && heard(late) == [])
        }
    }

    @Test("each stream is told what its server says on it, and all are told of a changed policy")
    func telling() async throws {
        try await listening { client, listen, exchange in
            acknowledge(exchange, #"{"toolsListChanged":true,"resourceSubscriptions":["a:1"]}"#)
            exchange.notify("notifications/tools/list_changed", params: "{}")
            exchange.notify("notifications/prompts/list_changed", params: "{}")
            exchange.notify("notifications/resources/updated", params: #"{"uri":"b:1"}"#)
            exchange.notify("notifications/resources/updated", params: #"{"uri":"a:1"}"#)
            exchange.notify("notifications/message", params: #"{"level":"info","data":1}"#)
            client.world.line.heard(.changed(.tools), from: RunningLine.slug)
            client.world.line.tell(.tools, at: RunningLine.slug)
            #expect(
                heard(listen).dropFirst().map {
                    String($0.dropFirst(#"{"jsonrpc":"2.0","method":"notifications/"#.utf8.count))
                }
                    == [
                        #"tools/list_changed","params":{\#(Self.mark)}}"#,
                        #"resources/updated","params":{"uri":"a:1",\#(Self.mark)}}"#,
                        #"tools/list_changed","params":{\#(Self.mark)}}"#,
                    ])
            listen.cancellation.cancel()
        }
    }

    @Test("a graceful end is the server's result, and an error its error")
    func endings() async throws {
        try await listening { _, listen, exchange in
            acknowledge(exchange, #"{"toolsListChanged":true}"#)
            exchange.answer(
                #"{"resultType":"complete","_meta":{"io.modelcontextprotocol/subscriptionId":99}}"#)
            let answer = try await listen.end()
            #expect(
                answer.text
                    == #"{"jsonrpc":"2.0","id":"l","result":{"resultType":"complete",\#(Self.mark)}}"#)
        }
        try await listening { _, listen, exchange in
            acknowledge(exchange, "{}")
            exchange.answer(error: #"{"code":-32603,"message":"stream torn down"}"#)
            let answer = try await listen.end()
            #expect(answer.errorMessage == "stream torn down")
        }
    }

    @Test("a server that does not take the request is watched as the house watches, for the lists it has")
    func refused() async throws {
        try await listening { client, listen, exchange in
            exchange.answer(error: #"{"code":-32601,"message":"Method not found"}"#)
            #expect(heard(listen).count == 1)
            client.world.line.heard(.changed(.tools), from: RunningLine.slug)
            #expect(heard(listen).count == 2)
            listen.cancellation.cancel()
        }
    }

    private func grant(_ world: RunningLine, _ access: [String: Access]) {
        let grant = Grant(label: world.principal.grant.label, access: access)
        world.line.configuration.replace(
            servers: [world.server], grants: [TokenDigest(of: RunningLine.token.utf8): Principal(grant: grant)])
        world.line.endWhatIsRevoked()
    }

    @Test("a grant that goes ends what its server was asked as well, once")
    func revoked() async throws {
        try await listening { client, listen, exchange in
            acknowledge(exchange, #"{"toolsListChanged":true}"#)
            grant(client.world, [:])
            #expect(exchange.isCancelled.value)
            let answer = try await listen.end()
            #expect(answer.body.isEmpty)
            listen.cancellation.cancel()
            #expect(listen.recorder.heard.value.breaches == [])
        }
    }

    @Test("a server that acknowledges when the grant is gone has nobody to tell")
    func revokedBefore() async throws {
        try await listening { client, listen, exchange in
            grant(client.world, [:])
            #expect(!exchange.isCancelled.value)
            acknowledge(exchange, #"{"toolsListChanged":true}"#)
            #expect(exchange.isCancelled.value)
            let answer = try await listen.end()
            #expect(answer.errorCode == -32600)
            #expect(heard(listen) == [])
        }
    }

    @Test("what is acknowledged is what the grant lets be watched by then")
    func narrowedBefore() async throws {
        try await listening { client, listen, exchange in
            grant(client.world, [RunningLine.slug: .policy(.sample(.deny), .enforce)])
            acknowledge(exchange, #"{"promptsListChanged":true,"resourceSubscriptions":["a:1"]}"#)
            #expect(heard(listen).count == 1)
            #expect(!heard(listen)[0].contains("resourceSubscriptions"))
            listen.cancellation.cancel()
        }
    }
}

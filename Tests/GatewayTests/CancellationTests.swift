import Gateway
import GatewayTesting
import MCPMessages
import PolicyEngine
import Testing
import WireJSON

/// A request taken back never runs later (revision 2025-03-26 on, "Cancellation"; 2026-07-28: closing the stream).
@Suite("Cancellation")
struct CancellationTests {
    static func setup(_ group: RuleGroup = RuleGroup()) -> RunningLine.Setup {
        .init(.policy(.sample(.deny, tools: ["echo": group]), .enforce), tools: ["echo"])
    }

    @Test("a modern client that leaves ends its call at the server")
    func modernLeaving() async throws {
        let audit = try await withClient(.modern, Self.setup()) { client in
            client.world.upstream.script { _ in }
            let call = client.call("echo")
            call.cancellation.cancel()
            call.cancellation.cancel()
            #expect(client.world.upstream.calls.value.map(\.isCancelled.value) == [true])
            _ = try await call.end()
        }
        #expect(audit.endings == ["cancelled"])
    }

    @Test("a legacy client that leaves has not taken its call back")
    func legacyLeaving() async throws {
        let audit = try await withClient(.legacy, Self.setup()) { client in
            client.world.upstream.script { _ in }
            let call = client.call("echo")
            call.cancellation.cancel()
            #expect(client.world.upstream.calls.value.map(\.isCancelled.value) == [false])
            client.world.upstream.calls.value.first?.answer(RecordedUpstream.emptyResult)
            try await call.expectAnswer()
        }
        #expect(audit.endings == ["completed"])
    }

    @Test("a legacy client's word ends that request and no other")
    func notification() async throws {
        try await withClient(.legacy, Self.setup()) { client in
            client.world.upstream.script { _ in }
            let (one, other) = (client.call("echo", id: "1"), client.call("echo", id: "\"1\""))
            client.cancel("2")
            client.cancel("1.0")
            #expect(client.world.upstream.calls.value.map(\.isCancelled.value) == [false, false])
            client.cancel("1")
            #expect(client.world.upstream.calls.value.map(\.isCancelled.value) == [true, false])
            _ = try await one.end()
            // Another session's requests are out of reach, whatever id is guessed.
            let stranger = try await LineClient(client.world, .legacy)
            stranger.cancel("\"1\"")
            #expect(client.world.upstream.calls.value.map(\.isCancelled.value) == [true, false])
            client.world.upstream.calls.value[1].answer(RecordedUpstream.emptyResult)
            try await other.expectAnswer()
            // Too late, and for one that is over: nothing happens, and the id may be used again.
            client.cancel("1")
            client.world.upstream.script { $0.answer(RecordedUpstream.emptyResult) }
            try await client.call("echo", id: "1").expectAnswer()
        }
    }

    @Test("a call taken back before it was sent is not sent, and costs nothing", arguments: bothEras)
    func beforeSending(_ era: Era) async throws {
        let audit = try await withClient(era, Self.setup(.limited(to: 1))) { client in
            client.world.counters.hold()
            let call = client.call("echo")
            try await eventually { client.world.counters.held == 1 }
            switch era {
            case .modern: call.cancellation.cancel()
            case .legacy: client.cancel("1")
            }
            client.world.counters.letGo()
            let answer = try await call.end()
            switch era {
            case .modern: #expect(answer.toolText?.hasSuffix("The call was not sent.") == true)
            // Its stream still needs an end, and there is nothing else to say to who has left.
            case .legacy: #expect(answer.errorCode == RPCError.Code.cancelled.rawValue)
            }
            #expect(client.world.upstream.calls.value.isEmpty)
            try await client.call("echo").expectAnswer()
        }
        #expect(audit.endings == ["cancelled", "completed"])
    }

    @Test("a call taken back while the server's first list is taken is not sent", arguments: bothEras)
    func whileEstablishing(_ era: Era) async throws {
        var setup = Self.setup()
        setup.isEstablished = false
        let audit = try await withClient(era, setup) { client in
            client.world.upstream.scriptLists { _ in }
            let call = client.call("echo")
            let lists = try await client.world.upstream.lists.value { $0.count == 1 }
            switch era {
            case .modern: call.cancellation.cancel()
            case .legacy: client.cancel("1")
            }
            lists[0].answer(RecordedUpstream.page([RunningLine.definition("echo")]))
            _ = try await call.end()
            #expect(client.world.upstream.calls.value.isEmpty)
        }
        #expect(audit.decisions.count == 1)
    }

    @Test("a legacy client's first call, sent once the first list was taken, can still be taken back")
    func afterEstablishing() async throws {
        var setup = Self.setup()
        setup.isEstablished = false
        try await withClient(.legacy, setup) { client in
            client.world.upstream.script { _ in }
            // Many, because what could go wrong is a matter of which thread is first.
            let calls = (0..<200).map { client.call("echo", id: "\($0)") }
            let sent = try await client.world.upstream.calls.value { $0.count == 200 }
            for id in 0..<200 { client.cancel("\(id)") }
            #expect(sent.allSatisfy { $0.isCancelled.value })
            for call in calls { _ = try await call.end() }
        }
    }

    @Test("a list that is asked for ends with the client that asked")
    func lists() async throws {
        try await withClient(.modern, Self.setup()) { client in
            client.world.upstream.scriptLists { _ in }
            let list = client.ask("tools/list")
            list.cancellation.cancel()
            #expect(client.world.upstream.lists.value.last?.isCancelled.value == true)
            try await list.expectError(.internalError)
        }
    }

    @Test("what the server still says for a call taken back is not passed on")
    func afterwards() async throws {
        let audit = try await withClient(.modern, Self.setup()) { client in
            client.world.upstream.endsCancelled(false)
            client.world.upstream.script { _ in }
            let call = client.call("echo", meta: #""progressToken":1"#)
            let exchange = try #require(client.world.upstream.calls.value.first)
            call.cancellation.cancel()
            exchange.reportProgress(1)
            exchange.answer(RecordedUpstream.emptyResult)
            _ = try await call.end()
            #expect(call.recorder.heard.value.notifications.isEmpty)
        }
        #expect(audit.endings == ["completed"])
    }
}

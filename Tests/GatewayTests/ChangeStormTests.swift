import GatewayTesting
import MCPMessages
import PolicyEngine
import Synchronization
import Testing
import WireJSON

@testable import Gateway

/// A server that says without end that its lists have changed.
@Suite("Storms of changes")
struct ChangeStormTests {
    private static func setup() throws -> RunningLine.Setup {
        let upstream = RecordedUpstream(tools: [RunningLine.definition("echo")])
        upstream.relaysListening(true)
        return .init(.policy(.sample(.allow), .enforce), upstream)
    }

    @Test("while its tools are looked at, whatever it says is one look more, afterwards")
    func looks() async throws {
        try await withLine(try Self.setup()) { world in
            world.upstream.scriptLists { _ in }
            let before = world.upstream.lists.value.count
            world.line.heard(.changed(.tools), from: RunningLine.slug)
            let first = try await world.upstream.lists.value { $0.count == before + 1 }
            for _ in 0..<1000 { world.line.heard(.changed(.tools), from: RunningLine.slug) }
            first[before].answer(RecordedUpstream.page([RunningLine.definition("echo")]))
            let second = try await world.upstream.lists.value { $0.count == before + 2 }
            second[before + 1].answer(RecordedUpstream.page([RunningLine.definition("echo", description: "other")]))
            let client = try await LineClient(world, .modern)
            try await eventually { try await client.call("echo").end().errorCode == -32602 }
            // The next look is the next change's.
            world.line.heard(.changed(.tools), from: RunningLine.slug)
            let third = try await world.upstream.lists.value { $0.count == before + 3 }
            third[before + 2].answer(RecordedUpstream.page([RunningLine.definition("echo")]))
        }
    }

    @Test("a look is due once for all that was said before it, and again for what was said since")
    func gate() {
        let gate = ReviewGate()
        #expect(gate.begins(at: "a") && !gate.begins(at: "a") && gate.begins(at: "b"))
        #expect(gate.isDue(at: "a") && gate.isDue(at: "b"))
        #expect(!gate.begins(at: "a"), "whoever looks already looks again")
        #expect(gate.isDue(at: "a") && !gate.isDue(at: "a"))
        #expect(gate.begins(at: "a"), "nobody looks any more")
    }

    @Test("a client whose server tells it itself is told at once, and then of what follows close behind as one")
    func relayed() async throws {
        try await withClient(.modern, try Self.setup()) { client in
            client.world.upstream.script { _ in }
            let listen = client.ask("subscriptions/listen", #""notifications":{"toolsListChanged":true}"#, id: "1")
            let exchange = try #require(client.world.upstream.calls.value.last)
            exchange.notify(
                "notifications/subscriptions/acknowledged", params: #"{"notifications":{"toolsListChanged":true}}"#)
            for _ in 0..<1000 { exchange.notify("notifications/tools/list_changed", params: "{}") }
            let heard = try await listen.recorder.heard.value { $0.notifications.count == 3 }
            #expect(heard.notifications.count == 3)
            listen.cancellation.cancel()
        }
    }
}

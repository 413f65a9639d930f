import Gateway
import GatewayHTTP
import GatewayTesting
import MCPMessages
import NIOCore
import Testing
import WireJSON

/// How the endpoint stops: what is only listened to ends at once, calls come to their answers for a while.
@Suite("Stopping", .timeLimit(.minutes(1)))
struct StoppingTests {
    @Test("stopping ends idle connections at once, lets what is under way end, and takes nothing new")
    func stopping() async throws {
        try await EndpointUnderTest.with { endpoint in
            endpoint.world.upstream.script { _ in }
            let (idle, busy) = (try await endpoint.connect(), try await endpoint.connect())
            try await idle.send(endpoint.call("drop").bytes)
            #expect(try await idle.response().status == 200)
            try await busy.send(endpoint.call("echo").bytes + endpoint.call("echo", id: "2").bytes)
            let calls = try await endpoint.world.upstream.calls.value { $0.count == 1 }
            async let stopped: Void = endpoint.endpoint.close()
            #expect(try await idle.closed() == "")
            calls[0].answer(RecordedUpstream.emptyResult)
            let response = try await busy.response()
            #expect(response.status == 200)
            #expect(try await busy.closed() == "")
            await stopped
            #expect(endpoint.world.upstream.calls.value.count == 1)
            await #expect(throws: (any Error).self) { try await endpoint.connect() }
        }
    }

    @Test("stopping waits only so long for what is under way")
    func draining() async throws {
        var limits = EndpointUnderTest.limits
        limits.drain = .milliseconds(100)
        try await EndpointUnderTest.with(limits: limits) { endpoint in
            endpoint.world.upstream.script { _ in }
            let busy = try await endpoint.connect()
            try await busy.send(endpoint.call("echo").bytes)
            let calls = try await endpoint.world.upstream.calls.value { $0.count == 1 }
            await endpoint.endpoint.close()
            #expect(try await busy.closed() == "")
            try await calls[0].isCancelled.value { $0 }
        }
    }

    @Test(
        "stopping ends listeners of both eras at once, whose clients close nothing, and a subscription with its answer")
    func listeners() async throws {
        let setup = EndpointUnderTest.setup
        setup.upstream.describes(.success(RecordedUpstream.description(era: .modern)))
        var limits = EndpointUnderTest.limits
        limits.farewell = .milliseconds(20)
        // Whoever waits for one of these waits in vain.
        (limits.linger, limits.look) = (.hours(1), .hours(1))
        limits.drain = .hours(1)
        try await EndpointUnderTest.with(setup, limits: limits) { endpoint in
            let session = try await LegacySession.begin(endpoint)
            let (legacy, modern) = (try await endpoint.connect(), try await endpoint.connect())
            try await legacy.send(session.get().bytes)
            try await legacy.receives("text/event-stream")
            try await modern.send(
                endpoint.modern("subscriptions/listen", #""notifications":{"toolsListChanged":true}"#, id: "7").bytes)
            try await modern.receives("acknowledged")
            await endpoint.endpoint.close()
            #expect(try await legacy.response().events.isEmpty)
            let events = try await modern.response().events
            #expect(
                events.last
                    == #"{"jsonrpc":"2.0","id":7,"result":{"resultType":"complete","_meta":{"io.modelcontextprotocol/subscriptionId":7}}}"#
            )
            let watches = endpoint.world.upstream.watches.value.filter { $0.scope.clientEra == .modern }
            #expect(watches.allSatisfy { $0.isCancelled.value })
        }
    }
}

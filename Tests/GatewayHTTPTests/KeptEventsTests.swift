import Gateway
import GatewayHTTP
import GatewayTesting
import MCPMessages
import Testing

/// How much of a legacy stream is kept, how long, and for whom (hostile E60).
@Suite("Kept events")
struct KeptEventsTests {
    @Test("of a long stream the newest events are kept, and the answer")
    func bounded() async throws {
        try await EndpointUnderTest.with { endpoint in
            endpoint.world.upstream.script { _ in }
            let session = try await LegacySession.begin(endpoint)
            let (call, ids) = try await session.lost(1, after: 1)
            for step in 2...1000 { call.reportProgress(step) }
            call.answer(RecordedUpstream.emptyResult)
            let events = try await endpoint.exchange(session.get(after: ids[0])).events
            #expect(events.count == GatewayLimits.eventsPerStream && events.last == LegacySession.answer(1))
            #expect(events.first == LegacySession.progress(1, 1000 - GatewayLimits.eventsPerStream + 2))
        }
    }

    @Test("events are forgotten when nobody asked for them for long enough")
    func aged() async throws {
        let setup = EndpointUnderTest.setup
        try await EndpointUnderTest.with(setup) { endpoint in
            endpoint.world.upstream.script { _ in }
            let session = try await LegacySession.begin(endpoint)
            let (call, ids) = try await session.lost(1, after: 1)
            call.answer(RecordedUpstream.emptyResult)
            setup.clock.advance(by: GatewayLimits.eventAge)
            #expect(try await endpoint.exchange(session.get(after: ids[1])).events == [LegacySession.answer(1)])
            setup.clock.advance(by: GatewayLimits.eventAge + .milliseconds(1))
            let client = try await endpoint.connect()
            try await client.send(session.get(after: ids[1]).bytes)
            #expect(!(try await client.receives("data: \n\n")).contains("result"))
            await client.leave()
        }
    }

    @Test("a client that does not read its legacy stream is cut off, its call goes on, and it can read on")
    func unread() async throws {
        var limits = EndpointUnderTest.limits
        limits.unreadBytes = 100_000
        try await EndpointUnderTest.with(limits: limits) { endpoint in
            endpoint.world.upstream.script { _ in }
            let session = try await LegacySession.begin(endpoint)
            let deaf = try await endpoint.connect(isReading: false)
            let call = try await session.begin(1, on: deaf)
            let filler = String(repeating: "x", count: 50_000)
            for _ in 0..<400 {
                call.notify("notifications/message", params: #"{"level":"info","data":"\#(filler)"}"#)
            }
            call.answer(RecordedUpstream.emptyResult)
            #expect(call.isCancelled.value == false)
            try await eventually {
                do {
                    try await deaf.send(" ")
                    return false
                } catch { return true }
            }
            try await endpoint.expect(
                200, endpoint.post(#"{"jsonrpc":"2.0","id":2,"method":"ping"}"#, session: session.id))
        }
    }

    @Test("a listener that does not read is cut off")
    func unreadListener() async throws {
        var limits = EndpointUnderTest.limits
        limits.unreadBytes = 100_000
        try await EndpointUnderTest.with(limits: limits) { endpoint in
            let session = try await LegacySession.begin(endpoint)
            let deaf = try await endpoint.connect(isReading: false)
            try await deaf.send(session.get().bytes)
            try await eventually {
                for _ in 0..<1000 { endpoint.world.line.tell(.tools, at: "tools") }
                do {
                    try await deaf.send(" ")
                    return false
                } catch { return true }
            }
        }
    }
}

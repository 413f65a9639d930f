import Gateway
import GatewayHTTP
import GatewayTesting
import MCPMessages
import NIOCore
import Testing
import WireJSON

/// Event streams, and what a client's leaving means (revision 2026-07-28 and 2025-11-25, "Streamable HTTP").
@Suite("Streams")
struct StreamTests {
    @Test("an answer without anything before it is plain JSON with its length")
    func plain() async throws {
        try await EndpointUnderTest.with { endpoint in
            let response = try await endpoint.exchange(endpoint.call("echo"))
            #expect(
                response["content-type"] == "application/json" && response["content-length"] == "\(response.body.count)"
            )
            #expect(response.text == #"{"jsonrpc":"2.0","id":1,"result":{"content":[],"resultType":"complete"}}"#)
        }
    }

    @Test("a notification begins a stream, the answer ends it, and the connection goes on")
    func stream() async throws {
        try await EndpointUnderTest.with { endpoint in
            endpoint.world.upstream.script { exchange in
                exchange.reportProgress(1)
                exchange.reportProgress(2)
                exchange.answer("{\"content\":\n[],\"resultType\":\"complete\"}")
            }
            let client = try await endpoint.connect()
            for _ in 0..<2 {
                try await client.send(endpoint.call("echo", meta: #""progressToken":"t""#).bytes)
                let response = try await client.response()
                #expect(response.status == 200 && response.isStream && response["x-accel-buffering"] == "no")
                #expect(response["cache-control"] == "no-cache, no-transform" && response["content-length"] == nil)
                #expect(
                    response.events == [1, 2].map {
                        #"{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":"t","progress":\#($0)}}"#
                    } + [#"{"jsonrpc":"2.0","id":1,"result":{"content": [],"resultType":"complete"}}"#])
            }
            await client.leave()
        }
    }

    @Test("each event is sent when it happens, not when the answer is there")
    func liveness() async throws {
        try await EndpointUnderTest.with { endpoint in
            endpoint.world.upstream.script { _ in }
            let client = try await endpoint.connect()
            try await client.send(endpoint.call("echo", meta: #""progressToken":7"#).bytes)
            let call = try await endpoint.world.upstream.calls.value { $0.count == 1 }[0]
            for step in 1...3 {
                call.reportProgress(step)
                try await client.receives("\"progress\":\(step)")
            }
            call.answer(error: #"{"code":-32603,"message":"late"}"#)
            let response = try await client.response()
            #expect(response.events.last == #"{"jsonrpc":"2.0","id":1,"error":{"code":-32603,"message":"late"}}"#)
            await client.leave()
        }
    }

    @Test("an answer that is long in coming is announced by a stream and kept alive by comments")
    func keepAlive() async throws {
        var limits = EndpointUnderTest.limits
        limits.keepAlive = .milliseconds(60)
        try await EndpointUnderTest.with(limits: limits) { endpoint in
            endpoint.world.upstream.script { _ in }
            let client = try await endpoint.connect()
            try await client.send(endpoint.call("echo").bytes)
            let call = try await endpoint.world.upstream.calls.value { $0.count == 1 }[0]
            let comment = "e\r\n: keep-alive\n\n\r\n"
            try await client.receives("\r\n\r\n" + comment + comment)
            call.answer(RecordedUpstream.emptyResult)
            let response = try await client.response()
            #expect(response.isStream && response.events.count == 1)
            await client.leave()
        }
    }

    @Test("a modern client that leaves ends its call, whether or not the stream had begun", arguments: [false, true])
    func leaving(hasBegun: Bool) async throws {
        try await EndpointUnderTest.with { endpoint in
            endpoint.world.upstream.script { _ in }
            let client = try await endpoint.connect()
            try await client.send(endpoint.call("echo", meta: #""progressToken":1"#).bytes)
            let call = try await endpoint.world.upstream.calls.value { $0.count == 1 }[0]
            if hasBegun {
                call.reportProgress(1)
                try await client.receives("\"progress\":1")
            }
            await client.leave()
            try await call.isCancelled.value { $0 }
        }
    }

    @Test("a legacy client that leaves has not taken its call back")
    func legacyLeaving() async throws {
        try await EndpointUnderTest.with { endpoint in
            endpoint.world.upstream.script { _ in }
            let session: String = try #require(try await endpoint.exchange(endpoint.initialize)["mcp-session-id"])
            let client = try await endpoint.connect()
            let call = #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo"}}"#
            try await client.send(endpoint.post(call, session: session).bytes)
            let arrived = try await endpoint.world.upstream.calls.value { $0.count == 1 }[0]
            await client.leave()
            // Its word alone ends it.
            let cancel = #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}"#
            let ping = #"{"jsonrpc":"2.0","id":2,"method":"ping"}"#
            try await endpoint.expect(200, endpoint.post(ping, session: session))
            #expect(arrived.isCancelled.value == false)
            try await endpoint.expect(202, endpoint.post(cancel, session: session))
            #expect(arrived.isCancelled.value)
        }
    }

    @Test("a session's id is in the head of the answer to `initialize` and of nothing else")
    func session() async throws {
        try await EndpointUnderTest.with { endpoint in
            let response = try await endpoint.exchange(endpoint.initialize)
            let session: String = try #require(response["mcp-session-id"])
            #expect(response.json?["result"]?["protocolVersion"]?.string == "2025-11-25")
            for (body, status) in [
                (#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#, 202),
                (#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#, 200),
                (#"{"jsonrpc":"2.0","id":1,"method":"tools/list"}"#, 200),
                (#"{"jsonrpc":"2.0","id":1,"method":"nothing"}"#, 200),
                (#"[{"jsonrpc":"2.0","id":1,"method":"ping"}]"#, 400), ("{", 400),
            ] {
                let answer = try await endpoint.expect(status, endpoint.post(body, session: session))
                #expect(answer["mcp-session-id"] == nil)
                #expect(status != 202 || answer.body.isEmpty)
            }
            let foreign = #"{"jsonrpc":"2.0","id":1,"method":"ping"}"#
            try await endpoint.expect(404, endpoint.post(foreign, session: "gs-0"))
            try await endpoint.expect(400, endpoint.post(foreign))
            // An era is not mixed into the other (hostile B21).
            let odd = endpoint.post(foreign, session: session)
            try await endpoint.expect(400, odd.with("MCP-Protocol-Version", "2026-07-28"))
            try await endpoint.expect(400, odd.with("MCP-Protocol-Version", "2024-11-04"))
            try await endpoint.expect(400, odd.adding("MCP-Protocol-Version", "2025-11-25"))
            try await endpoint.expect(400, odd.adding("Mcp-Session-Id", session))
        }
    }

    @Test("GET listens, a second GET takes over, DELETE ends the session and its stream")
    func listening() async throws {
        var limits = EndpointUnderTest.limits
        limits.keepAlive = .milliseconds(60)
        try await EndpointUnderTest.with(limits: limits) { endpoint in
            let session: String = try #require(try await endpoint.exchange(endpoint.initialize)["mcp-session-id"])
            let get = endpoint.post("", session: session).by("GET").with("Accept", "text/event-stream")
            let (first, second) = (try await endpoint.connect(), try await endpoint.connect())
            try await first.send(get.bytes)
            try await first.receives("text/event-stream")
            endpoint.world.line.tell(.tools, at: "tools")
            try await first.receives("notifications/tools/list_changed")
            try await second.send(get.bytes)
            #expect(try await first.response().events.count == 1)
            try await second.receives(": keep-alive")
            endpoint.world.line.tell(.tools, at: "tools")
            try await second.receives("notifications/tools/list_changed")
            #expect(!first.inbox.value.text.hasSuffix("list_changed"))
            // The first connection is free for other requests.
            try await first.send(endpoint.post(#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#, session: session).bytes)
            #expect(try await first.response().status == 200)
            try await endpoint.expect(406, get.with("Accept", "application/json"))
            let delete = endpoint.post("", session: session).by("DELETE")
            try await endpoint.expect(200, delete)
            #expect(try await second.response().events.count == 1)
            try await endpoint.expect(404, delete)
            try await endpoint.expect(404, get)
            try await endpoint.expect(400, endpoint.post("").by("GET"))
            try await endpoint.expect(400, endpoint.post("").by("DELETE"))
            await first.leave()
            await second.leave()
        }
    }

    @Test("a listener that leaves is not spoken to any more; stopping ends one that stays")
    func listenersEnd() async throws {
        try await EndpointUnderTest.with { endpoint in
            let session: String = try #require(try await endpoint.exchange(endpoint.initialize)["mcp-session-id"])
            let get = endpoint.post("", session: session).by("GET")
            let (gone, staying) = (try await endpoint.connect(), try await endpoint.connect())
            try await gone.send(get.bytes)
            try await gone.receives("text/event-stream")
            await gone.leave()
            try await staying.send(get.bytes)
            try await staying.receives("text/event-stream")
            endpoint.world.line.tell(.tools, at: "tools")
            try await staying.receives("list_changed")
            await endpoint.endpoint.close()
            #expect(try await staying.response().events.count == 1)
            #expect(try await staying.closed() == "")
        }
    }

    @Test(
        "a client that does not read its stream has its server held back until it does",
        arguments: ["modern", "legacy"])
    func slow(_ era: String) async throws {
        try await EndpointUnderTest.with { endpoint in
            let filler = String(repeating: "x", count: 50_000)
            endpoint.world.upstream.script { _ in }
            let client = try await endpoint.connect(isReading: false, window: 1 << 16)
            if era == "modern" {
                try await client.send(
                    endpoint.call("echo", meta: #""io.modelcontextprotocol/logLevel":"info""#).bytes)
            } else {
                let session = try await LegacySession.begin(endpoint)
                try await client.send(session.call(1).bytes)
            }
            let call = try await endpoint.world.upstream.calls.value { $0.count == 1 }[0]
            var said = 0
            while call.holds.value.isEmpty, said < 500 {
                call.notify("notifications/message", params: #"{"level":"info","data":"\#(said) \#(filler)"}"#)
                said += 1
                await Task.yield()
            }
            try await call.holds.value { $0 == [true] }
            // It reads now, and is told everything.
            try await client.channel.setOption(.autoRead, value: true).get()
            try await call.holds.value { $0 == [true, false] }
            call.answer(RecordedUpstream.emptyResult)
            let end = Array(#""content":[]"#.utf8)
            try await eventually { client.inbox.value.bytes.suffix(200).firstRange(of: end) != nil }
            let lines = client.inbox.value.bytes.split(separator: UInt8(ascii: "\n"))
            let numbers = lines.compactMap { line -> Int? in
                let start = String(decoding: line.prefix(200), as: UTF8.self)
                guard start.hasPrefix("data: "), let data = start.firstRange(of: #""data":""#) else { return nil }
                return Int(start[data.upperBound...].prefix { $0.isNumber })
            }
            #expect(numbers == Array(0..<said))
        }
    }

    @Test("a call that waits for its next leg is not held back by who does not read the one before")
    func slowBeforeTheNextLeg() async throws {
        let upstream = RecordedUpstream(era: .legacy, tools: [RunningLine.definition("echo")])
        try await EndpointUnderTest.with(.init(.policy(EndpointUnderTest.policy, .enforce), upstream)) { endpoint in
            let filler = String(repeating: "x", count: 50_000)
            upstream.script { _ in }
            let client = try await endpoint.connect(isReading: false, window: 1 << 16)
            let call = endpoint.call("echo", meta: #""io.modelcontextprotocol/logLevel":"info""#)
            try await client.send(call.declaring(#"{"elicitation":{}}"#).bytes)
            let exchange = try await upstream.calls.value { $0.count == 1 }[0]
            var said = 0
            while exchange.holds.value.isEmpty, said < 500 {
                exchange.notify("notifications/message", params: #"{"level":"info","data":"\#(filler)"}"#)
                said += 1
                await Task.yield()
            }
            try await exchange.holds.value { $0 == [true] }
            // The leg ends with the question; its answer comes over another connection, while this one is still full.
            _ = exchange.ask("elicitation/create", params: #"{"message":"m","requestedSchema":{}}"#)
            try await exchange.holds.value { $0 == [true, false] }
            await client.leave()
        }
    }

    @Test(
        "a client that does not read its stream is cut off at a bound where its server goes on, and its call taken back"
    )
    func unread() async throws {
        var limits = EndpointUnderTest.limits
        limits.unreadBytes = 100_000
        try await EndpointUnderTest.with(limits: limits) { endpoint in
            let filler = String(repeating: "x", count: 50_000)
            endpoint.world.upstream.script { _ in }
            let client = try await endpoint.connect(isReading: false)
            try await client.send(endpoint.call("echo", meta: #""io.modelcontextprotocol/logLevel":"info""#).bytes)
            let call = try await endpoint.world.upstream.calls.value { $0.count == 1 }[0]
            try await eventually {
                call.notify("notifications/message", params: #"{"level":"info","data":"\#(filler)"}"#)
                return call.isCancelled.value
            }
        }
    }

    @Test("many clients with the same ids each get their own answer", .timeLimit(.minutes(2)))
    func crossTalk() async throws {
        try await EndpointUnderTest.with { endpoint in
            endpoint.world.upstream.script { exchange in
                let text = exchange.params?["arguments"]?["n"]?.int ?? -1
                exchange.reportProgress(text)
                exchange.answer(#"{"content":[{"type":"text","text":"\#(text)"}],"resultType":"complete"}"#)
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<40 {
                    group.addTask {
                        let request = endpoint.call("echo", arguments: "{\"n\":\(number)}", meta: #""progressToken":1"#)
                        let events = try await endpoint.exchange(request).events
                        #expect(events.count == 2 && events[0].contains("\"progress\":\(number)}"))
                        #expect(events.last?.contains("\"text\":\"\(number)\"") == true)
                    }
                }
                try await group.waitForAll()
            }
        }
    }
}

import Gateway
import GatewayHTTP
import GatewayTesting
import MCPMessages
import Testing
import WireJSON

/// Streams that outlive their connections (revision 2025-03-26 on, "Resumability and Redelivery"; hostile F67).
@Suite("Resumption")
struct ResumptionTests {
    @Test(
        "events of a legacy stream bear ids; from 2025-11-25 on it begins by naming itself",
        arguments: ["2025-03-26", "2025-06-18", "2025-11-25"])
    func ids(_ version: String) async throws {
        try await EndpointUnderTest.with { endpoint in
            let session = try await LegacySession.begin(endpoint, version: version)
            endpoint.world.upstream.script { _ in }
            let client = try await endpoint.connect()
            var seen: Set<String> = []
            for id in 1...2 {
                let call = try await session.begin(id, on: client)
                call.reportProgress(1)
                call.answer(RecordedUpstream.emptyResult)
                let response = try await client.response()
                #expect(response.isStream)
                #expect(response.events == [LegacySession.progress(id, 1), LegacySession.answer(id)])
                let isPrimed = version == "2025-11-25"
                #expect(response.streamed.first?.data.isEmpty == isPrimed)
                #expect(response.text.contains("\nretry: 1000\ndata: \n\n") == isPrimed)
                let ids = response.streamed.compactMap(\.id)
                #expect(ids.count == response.streamed.count && Set(ids).isDisjoint(with: seen))
                seen.formUnion(ids)
            }
            #expect(seen.count == (version == "2025-11-25" ? 6 : 4))
            let listener = try await endpoint.connect()
            try await listener.send(session.get().bytes)
            try await listener.receives("text/event-stream")
            endpoint.world.line.tell(.tools, at: "tools")
            let text = try await listener.receives("list_changed")
            #expect(text.contains("data: \n\n") == (version == "2025-11-25"))
            let ids = LegacySession.ids(in: text)
            #expect(!ids.isEmpty && seen.isDisjoint(with: ids))
            await listener.leave()
            await client.leave()
        }
    }

    @Test("a modern stream bears no ids, whatever session it names")
    func modern() async throws {
        try await EndpointUnderTest.with { endpoint in
            let session = try await LegacySession.begin(endpoint)
            endpoint.world.upstream.script {
                $0.reportProgress(1)
                $0.answer(RecordedUpstream.emptyResult)
            }
            let request = endpoint.call("echo", meta: #""progressToken":1"#).adding("Mcp-Session-Id", session.id)
            let response = try await endpoint.exchange(request)
            #expect(response.events.count == 2 && response.streamed.allSatisfy { $0.id == nil && !$0.data.isEmpty })
        }
    }

    @Test("a call whose connection is lost goes on, and its stream is read on after any of its events")
    func lost() async throws {
        try await EndpointUnderTest.with { endpoint in
            endpoint.world.upstream.script { _ in }
            let session = try await LegacySession.begin(endpoint)
            let (call, ids) = try await session.lost(1, after: 3)
            #expect(ids.count == 4)
            // Said while nobody reads.
            call.reportProgress(4)
            for (index, id) in ids.enumerated() {
                let client = try await endpoint.connect()
                try await client.send(session.get(after: id).bytes)
                try await client.receives("\"progress\":4}")
                let text = client.inbox.value.text
                for step in 1...4 { #expect(text.contains("\"progress\":\(step)}") == (step > index)) }
                await client.leave()
            }
            #expect(call.isCancelled.value == false)
            // And live to its end.
            let client = try await endpoint.connect()
            try await client.send(session.get(after: ids[3]).bytes)
            try await client.receives("\"progress\":4}")
            call.reportProgress(5)
            try await client.receives("\"progress\":5}")
            call.answer(RecordedUpstream.emptyResult)
            let response = try await client.response()
            #expect(
                response.events == [4, 5].map { LegacySession.progress(1, $0) } + [LegacySession.answer(1)])
            // The connection goes on, and what has ended can be read again.
            try await client.send(session.get(after: response.streamed[1].id).bytes)
            #expect(try await client.response().events == [LegacySession.answer(1)])
            try await client.send(session.get(after: response.streamed[2].id).bytes)
            #expect(try await client.response().events.isEmpty)
            await client.leave()
        }
    }

    @Test("what was said and answered while nobody read is there afterwards")
    func answeredMeanwhile() async throws {
        try await EndpointUnderTest.with { endpoint in
            endpoint.world.upstream.script { _ in }
            let session = try await LegacySession.begin(endpoint)
            let (call, ids) = try await session.lost(7, after: 1)
            call.reportProgress(2)
            call.answer(RecordedUpstream.emptyResult)
            let response = try await endpoint.exchange(session.get(after: ids[0]))
            #expect(
                response.events == [1, 2].map { LegacySession.progress(7, $0) } + [LegacySession.answer(7)])
            #expect(response.streamed.first?.id == ids[1])
        }
    }

    @Test("each stream gives only what was said on it")
    func apart() async throws {
        try await EndpointUnderTest.with { endpoint in
            endpoint.world.upstream.script { _ in }
            let session = try await LegacySession.begin(endpoint)
            let first = try await session.lost(1, after: 1)
            let second = try await session.lost(2, after: 1)
            for (call, id) in [(first.call, 1), (second.call, 2)] {
                call.reportProgress(10 + id)
                call.answer(RecordedUpstream.emptyResult)
            }
            endpoint.world.line.tell(.tools, at: "tools")
            for (ids, id) in [(first.ids, 1), (second.ids, 2)] {
                let response = try await endpoint.exchange(session.get(after: ids[1]))
                #expect(response.events == [LegacySession.progress(id, 10 + id), LegacySession.answer(id)])
            }
        }
    }

    @Test("whoever reads on takes over: the earlier connection's response ends without the answer")
    func takingOver() async throws {
        try await EndpointUnderTest.with { endpoint in
            endpoint.world.upstream.script { _ in }
            let session = try await LegacySession.begin(endpoint)
            let (first, second) = (try await endpoint.connect(), try await endpoint.connect())
            let call = try await session.begin(1, on: first)
            call.reportProgress(1)
            let seen = try await first.receives("\"progress\":1}")
            try await second.send(session.get(after: LegacySession.ids(in: seen)[0]).bytes)
            #expect(try await first.response().events == [LegacySession.progress(1, 1)])
            // Its connection is free for another request, behind which nothing of the first one comes.
            try await first.send(
                endpoint.post(#"{"jsonrpc":"2.0","id":9,"method":"ping"}"#, session: session.id).bytes)
            #expect(try await first.response().json?["id"]?.int == 9)
            call.answer(RecordedUpstream.emptyResult)
            #expect(try await second.response().events == [LegacySession.progress(1, 1), LegacySession.answer(1)])
            await first.leave()
            #expect(try await second.inbox.value { !$0.isClosed }.isClosed == false)
            await second.leave()
        }
    }

    @Test("an id that names nothing here opens the stream outside any request, and gives nothing of another")
    func unknown() async throws {
        let setup = EndpointUnderTest.setup
        try await EndpointUnderTest.with(setup) { endpoint in
            endpoint.world.upstream.script { _ in }
            let (session, other) = (
                try await LegacySession.begin(endpoint), try await LegacySession.begin(endpoint)
            )
            let lost = try await session.lost(1, after: 2)
            let foreign = try await other.lost(1, after: 2)
            lost.call.answer(RecordedUpstream.emptyResult)
            let parts = lost.ids[0].split(separator: "-")
            let odd = [
                "", "0", "1-1", "-", "--", "x", "\(lost.ids[0])-0", "0\(lost.ids[0])", "\(lost.ids[0].uppercased())G",
                "\(parts[0])-\(parts[1])-4", "\(parts[0])-\(parts[1])--1", "\(parts[0])-\(parts[1])-00",
                "\(parts[0])-\(parts[1])-+0", "\(parts[0])-99-0", "\(parts[0])-0-0", "0-\(parts[1])-0",
                "\(parts[0])-\(parts[1])-9223372036854775808", String(repeating: "9", count: 4000),
            ]
            for id in odd + foreign.ids {
                let client = try await endpoint.connect()
                try await client.send(session.get(after: id).bytes)
                try await client.receives("data: \n\n")
                endpoint.world.line.tell(.tools, at: "tools")
                let text = try await client.receives("list_changed")
                #expect(!text.contains("progress") && !text.contains("result"), "\(id)")
                await client.leave()
            }
            // Two ids are none.
            let client = try await endpoint.connect()
            try await client.send(session.get(after: lost.ids[0]).adding("Last-Event-ID", lost.ids[0]).bytes)
            #expect(!(try await client.receives("data: \n\n")).contains("progress"))
            await client.leave()
            // Another principal finds no such session, whatever it knows of it.
            endpoint.world.line.configuration.replace(
                servers: [endpoint.world.server],
                grants: [
                    TokenDigest(of: "ghs_another".utf8): Principal(
                        grant: Grant(label: "another", access: ["tools": setup.access]))
                ])
            try await endpoint.expect(
                404, session.get(after: lost.ids[0]).with("Authorization", "Bearer ghs_another"))
            try await endpoint.expect(401, session.get(after: lost.ids[0]))
        }
    }

    @Test("what is said outside any request while the client is away is read on, in its order, once")
    func backlog() async throws {
        try await EndpointUnderTest.with { endpoint in
            let session = try await LegacySession.begin(endpoint)
            let changed = #"{"jsonrpc":"2.0","method":"notifications/tools/list_changed"}"#
            // Before the first listening nothing is kept.
            endpoint.world.line.tell(.tools, at: "tools")
            var client = try await endpoint.connect()
            try await client.send(session.get().bytes)
            let head = try await client.receives("data: \n\n")
            #expect(!head.contains("list_changed"))
            let start: String = try #require(LegacySession.ids(in: head).first)
            await client.leave()
            for _ in 0..<3 { endpoint.world.line.tell(.tools, at: "tools") }
            client = try await endpoint.connect()
            try await client.send(session.get(after: start).bytes)
            try await eventually { client.inbox.value.text.components(of: "list_changed") == 3 }
            let last: String = try #require(LegacySession.ids(in: client.inbox.value.text).last)
            await client.leave()
            endpoint.world.line.tell(.tools, at: "tools")
            client = try await endpoint.connect()
            try await client.send(session.get(after: last).bytes)
            try await client.receives("list_changed")
            endpoint.world.line.tell(.tools, at: "tools")
            try await eventually { client.inbox.value.text.components(of: "list_changed") == 2 }
            // And the end of the session.
            try await endpoint.expect(200, endpoint.post("", session: session.id).by("DELETE"))
            #expect(try await client.response().events == [changed, changed])
            try await endpoint.expect(404, session.get(after: start))
            await client.leave()
        }
    }

    @Test("wherever a connection is lost, and however often, every event comes once and in its order")
    func everywhere() async throws {
        let seed = UInt64.random(in: .min ... .max)
        var dice = SeededGenerator(seed: seed)
        try await EndpointUnderTest.with { endpoint in
            endpoint.world.upstream.script { _ in }
            let session = try await LegacySession.begin(endpoint)
            var client = try await endpoint.connect()
            let call = try await session.begin(1, on: client)
            call.reportProgress(1)
            // Before the first id there is nothing to read on from.
            try await client.receives("\"progress\":1}")
            var events: [(id: String?, data: String)] = []
            var said = 1
            while said < 200 {
                let more = Int.random(in: 1...12, using: &dice)
                for _ in 0..<more {
                    said += 1
                    call.reportProgress(said)
                }
                if Bool.random(using: &dice) { try await client.receives("\"progress\":\(said)}") }
                await client.leave()
                // Only whole events count.
                let text = client.inbox.value.text
                let body = text.split(separator: "\r\n").filter { $0.contains("id: ") }.joined()
                let whole = HTTPResponse(status: 200, fields: [], body: Array(body.utf8)).streamed
                events += whole.filter { !$0.data.isEmpty }
                client = try await endpoint.connect()
                try await client.send(session.get(after: events.last?.id).bytes)
                try await client.receives("text/event-stream")
            }
            call.answer(RecordedUpstream.emptyResult)
            events += try await client.response().streamed
            #expect(
                events.map(\.data) == (1...said).map { LegacySession.progress(1, $0) } + [LegacySession.answer(1)],
                "seed \(seed)")
            await client.leave()
        }
    }
}

extension String {
    fileprivate func components(of word: String) -> Int { ranges(of: word).count }
}

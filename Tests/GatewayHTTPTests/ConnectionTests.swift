import Gateway
import GatewayHTTP
import GatewayTesting
import NIOCore
import Testing
import WireJSON

/// One connection, request after request.
@Suite("Connections")
struct ConnectionTests {
    @Test("a connection carries one request after another, good and refused ones")
    func keepAlive() async throws {
        try await EndpointUnderTest.with { endpoint in
            let client = try await endpoint.connect()
            for round in 0..<3 {
                for (request, status) in [
                    (endpoint.call("echo", id: "\(round)"), 200),
                    (endpoint.call("echo").with("Authorization", nil), 401),
                    (endpoint.call("echo").with("Accept", nil), 406), (endpoint.call("nothing"), 400),
                    (endpoint.modern("ping"), 404), (endpoint.call("drop"), 200),
                ] {
                    try await client.send(request.bytes)
                    let response = try await client.response()
                    #expect(response.status == status && response["connection"] == nil)
                }
            }
            #expect(endpoint.world.upstream.calls.value.count == 3)
            await client.leave()
        }
    }

    @Test("what was found of one request's head is not taken for another's, on one connection")
    func apart() async throws {
        let setup = EndpointUnderTest.setup
        try await EndpointUnderTest.with(setup, named: ["KATE.example"]) { endpoint in
            let client = try await endpoint.connect()
            let call = endpoint.call("echo")
            let changes: [(String, String, Int)] = [
                ("Authorization", "Bearer ghs_other", 401), ("Authorization", "Bearer ghs_of-the-test\u{301}", 401),
                ("Host", "evil.example", 403), ("Host", "KATE.example", 200), ("Host", "\u{212A}ATE.example", 403),
                ("Accept", "text/plain", 406), ("Content-Type", "text/plain", 415),
                ("Content-Type", "application/json", 200),
            ]
            for (name, value, status) in changes {
                for (request, expected) in [(call, 200), (call.with(name, value), status), (call, 200)] {
                    try await client.send(request.bytes)
                    #expect(try await client.response().status == expected, "\(name): \(value)")
                }
            }
            // A grant that is gone is gone at once.
            endpoint.world.line.configuration.replace(servers: [endpoint.world.server], grants: [:])
            try await client.send(call.bytes)
            #expect(try await client.response().status == 401)
            await client.leave()
        }
    }

    @Test("a request whose grant goes between its head and the rest of it reaches nothing", arguments: [false, true])
    func between(_ isOfStack: Bool) async throws {
        try await EndpointUnderTest.with { endpoint in
            let world = endpoint.world
            let call = isOfStack ? endpoint.call("tools__echo").at("/mcp") : endpoint.call("echo")
            let get = try await LegacySession.begin(endpoint).get().adding("Content-Length", "2")
            let (client, listener) = (try await endpoint.connect(), try await endpoint.connect())
            // Behind a whole request and in one piece with it, so that its answer says that the head was read.
            for (begun, rest) in [(client, call.head + call.body.prefix(10)), (listener, get.head + [0x7B])] {
                try await begun.send(call.bytes + rest)
                #expect(try await begun.response().status == 200)
            }
            try await endpoint.expect(200, call)
            world.line.configuration.replace(servers: [world.server], grants: [:])
            world.line.endWhatIsRevoked()
            try await client.send(call.body.dropFirst(10))
            let answer = try await client.response()
            #expect(answer.status == 401 && answer["www-authenticate"] == "Bearer")
            try await listener.send("}")
            #expect(try await listener.response().status == 404)
            #expect(world.upstream.calls.value.count == 3)
            for left in [client, listener] { await left.leave() }
        }
    }

    @Test("a client that asks to close is answered and let go")
    func closing() async throws {
        try await EndpointUnderTest.with { endpoint in
            let client = try await endpoint.connect()
            try await client.send(endpoint.call("echo").adding("Connection", "close").bytes)
            let response = try await client.response()
            #expect(response.status == 200 && response["connection"] == "close")
            #expect(try await client.closed() == "")
        }
    }

    @Test(
        "an upgrade that is offered is not taken: the request is answered, and the client told to come anew",
        arguments: ["h2c", "websocket", "TLS/1.0"])
    func upgrade(_ protocols: String) async throws {
        try await EndpointUnderTest.with { endpoint in
            let client = try await endpoint.connect()
            let offer = endpoint.call("echo").adding("Connection", "Upgrade, HTTP2-Settings").adding(
                "Upgrade", protocols)
            try await client.send(offer.adding("HTTP2-Settings", "AAMAAABk").bytes)
            let response = try await client.response()
            #expect(response.status == 200 && response["connection"] == "close" && response["upgrade"] == nil)
            #expect(try await client.closed() == "")
        }
    }

    @Test("requests sent ahead are answered in their order, also when a later one's answer is there first")
    func pipelined() async throws {
        try await EndpointUnderTest.with { endpoint in
            endpoint.world.upstream.script { _ in }
            let client = try await endpoint.connect()
            try await client.send(
                (1...4).flatMap { endpoint.call("echo", id: "\($0)").bytes } + endpoint.call("drop", id: "5").bytes)
            for id in 1...4 {
                let calls = try await endpoint.world.upstream.calls.value { $0.count >= id }
                // The next one is taken up when this one is answered.
                #expect(calls.count == id)
                calls[id - 1].answer(RecordedUpstream.emptyResult)
                let response = try await client.response()
                #expect(response.json?["id"]?.int == id)
            }
            let last = try await client.response()
            #expect(last.json?["id"]?.int == 5)
            await client.leave()
        }
    }

    @Test("whoever leaves takes back the request under way, whatever was answered before it on the connection")
    func leavingPipelined() async throws {
        try await EndpointUnderTest.with { endpoint in
            endpoint.world.upstream.script { _ in }
            let client = try await endpoint.connect()
            // The second is answered at once, from within the first one's end.
            try await client.send(
                endpoint.call("echo", id: "1").bytes + endpoint.modern("server/discover", id: "2").bytes
                    + endpoint.call("echo", id: "3").bytes)
            let first = try await endpoint.world.upstream.calls.value { $0.count == 1 }
            first[0].answer(RecordedUpstream.emptyResult)
            let both = try await endpoint.world.upstream.calls.value { $0.count == 2 }
            for id in 1...2 {
                let response = try await client.response()
                #expect(response.json?["id"]?.int == id)
            }
            await client.leave()
            try await both[1].isCancelled.value { $0 }
            #expect(both[0].isCancelled.value == false)
        }
    }

    @Test("so many requests may be sent ahead, and more end the connection")
    func ahead() async throws {
        try await EndpointUnderTest.with { endpoint in
            endpoint.world.upstream.script { _ in }
            let client = try await endpoint.connect()
            client.throwIn((1...100).flatMap { endpoint.call("echo", id: "\($0)").bytes })
            _ = try await client.closed()
            try await eventually { endpoint.world.upstream.calls.value.first?.isCancelled.value == true }
        }
    }

    @Test("a connection that lies idle is closed without a word")
    func idle() async throws {
        var limits = EndpointUnderTest.limits
        limits.idle = .seconds(3)
        try await EndpointUnderTest.with(limits: limits) { endpoint in
            // Each says what it has to say at once: where the machine is busy, those that wait for the others are closed.
            let used = try await endpoint.connect()
            try await used.send(endpoint.call("echo").bytes)
            #expect(try await used.response().status == 200)
            let half = try await endpoint.connect()
            // Half a head is nothing yet.
            half.throwIn(Array("POST /mcp/tools HTTP/1.1\r\nHost: ".utf8))
            let unused = try await endpoint.connect()
            for client in [unused, half, used] { #expect(try await client.closed() == "") }
        }
    }

    @Test("so many connections are held, one more is closed at once, and one that leaves makes room")
    func bound() async throws {
        var limits = EndpointUnderTest.limits
        limits.connections = 3
        try await EndpointUnderTest.with(limits: limits) { endpoint in
            var clients: [RawClient] = []
            for _ in 0..<3 {
                let client = try await endpoint.connect()
                try await client.send(endpoint.call("echo").bytes)
                #expect(try await client.response().status == 200)
                clients.append(client)
            }
            let more = try await endpoint.connect()
            #expect(try await more.closed() == "")
            await clients[0].leave()
            try await eventually {
                let client = try await endpoint.connect()
                client.throwIn(endpoint.call("echo").bytes)
                let seen = try await client.inbox.value { $0.isClosed || !$0.bytes.isEmpty }
                await client.leave()
                return !seen.bytes.isEmpty
            }
            for client in clients.dropFirst() { await client.leave() }
        }
    }

    @Test("a client that never reads its answers is cut off before they fill the memory")
    func unread() async throws {
        var limits = EndpointUnderTest.limits
        limits.unreadBytes = 200_000
        try await EndpointUnderTest.with(limits: limits) { endpoint in
            let text = String(repeating: "x", count: 100_000)
            endpoint.world.upstream.script { $0.answer(#"{"content":[{"type":"text","text":"\#(text)"}]}"#) }
            let client = try await endpoint.connect(isReading: false)
            let many = endpoint.call("echo").bytes + endpoint.call("echo").bytes
            // Writing fails once the server has closed.
            try await eventually {
                do {
                    try await client.send(many)
                    return false
                } catch {
                    return true
                }
            }
        }
    }
}

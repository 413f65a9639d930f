import GatewayStorage
import GatewayTesting
import MCPMessages
import PolicyEngine
import Testing
import WireJSON

@testable import Gateway

/// Legacy sessions (revision 2025-11-25, "Session Management"; hostile A13, F67).
@Suite("Conversations")
struct ConversationTests {
    static func setup() -> RunningLine.Setup {
        .init(.policy(.sample(.deny, tools: ["echo": RuleGroup()]), .enforce), tools: ["echo"])
    }

    @Test("a session's id is visible ASCII, long and new each time")
    func ids() async throws {
        try await withLine(Self.setup()) { world in
            var seen: Set<String> = []
            for _ in 0..<100 {
                let id = try #require(try await LineClient(world, .legacy).session)
                #expect(id.utf8.count >= 32 && id.utf8.allSatisfy { (0x21...0x7E).contains($0) })
                #expect(seen.insert(id).inserted)
            }
        }
    }

    @Test("another principal's session, or one with another server, is an unknown one")
    func bound() async throws {
        try await withLine(Self.setup()) { world in
            let client = try await LineClient(world, .legacy)
            let session = try #require(client.session)
            let stranger = Principal(grant: Grant(label: "phone", access: world.principal.grant.access))
            world.letIn(stranger)
            var other = try await LineClient(world, .modern, as: stranger)
            #expect(world.line.conversations.session(session, of: stranger, server: "tools") == nil)
            #expect(world.line.conversations.session(session, of: world.principal, server: "other") == nil)
            other = LineClient(other, session: session)
            let answer = try await other.call("echo").end()
            #expect(answer.status == .notFound && answer.errorCode == -32600)
            #expect(try await client.call("echo").end().status == .ok)
            #expect(world.upstream.calls.value.count == 1)
        }
    }

    @Test("a session that lay idle too long is unknown, one that is used lives on")
    func idle() async throws {
        try await withLine(Self.setup()) { world in
            let (used, unused) = (try await LineClient(world, .legacy), try await LineClient(world, .legacy))
            let stream = AnswerRecorder()
            let entry = Entry(
                principal: world.principal, server: RunningLine.slug, headers: nil, sessionID: unused.session)
            guard case .opened = world.line.listen(entry, answering: stream) else {
                Issue.record("the stream is not opened")
                return
            }
            world.clock.advance(by: GatewayLimits.sessionIdle)
            #expect(try await used.ask("ping").end().status == .ok)
            world.clock.advance(by: .milliseconds(1))
            #expect(try await unused.ask("ping").end().status == .notFound)
            // Its stream is closed with it, so that its client begins anew.
            #expect(stream.answer?.status == .ok)
            world.clock.advance(by: GatewayLimits.sessionIdle - .milliseconds(1))
            #expect(try await used.ask("ping").end().status == .ok)
        }
    }

    @Test("a session with a request under way does not lie idle")
    func busy() async throws {
        try await withClient(.legacy, Self.setup()) { client in
            client.world.upstream.script { _ in }
            let call = client.call("echo")
            client.world.clock.advance(by: GatewayLimits.sessionIdle * 2)
            try await client.ask("ping", id: "2").expectAnswer()
            client.world.upstream.calls.value[0].answer(RecordedUpstream.emptyResult)
            try await call.expectAnswer()
        }
    }

    @Test("a principal's idle sessions make room for its new ones")
    func sweeping() {
        let clock = ManualClock()
        let conversations = Conversations(
            clock: GatewayClock(wall: clock.reading, steady: { UInt64(clock.now.milliseconds) * 1_000_000 }))
        func open(_ principal: String) -> Conversation? {
            conversations.openSession(
                principal: Principal(grant: Grant(label: principal, access: [:])), server: "s", hearsEverything: false)
        }
        for _ in 0..<GatewayLimits.sessionsPerPrincipal { #expect(open("one") != nil) }
        #expect(open("one") == nil)
        #expect(open("other") != nil)
        clock.advance(by: GatewayLimits.sessionIdle + .milliseconds(1))
        #expect(open("one") != nil)
    }

    @Test("all principals together have a bound too")
    func total() {
        let clock = ManualClock()
        let conversations = Conversations(
            clock: GatewayClock(wall: clock.reading, steady: { UInt64(clock.now.milliseconds) * 1_000_000 }))
        func open(_ label: String) -> Conversation? {
            conversations.openSession(
                principal: Principal(grant: Grant(label: label, access: [:])), server: "s", hearsEverything: false)
        }
        for number in 0..<GatewayLimits.sessions {
            #expect(open("p\(number % 5)") != nil)
        }
        #expect(open("new") == nil)
    }

    @Test("where too many sessions are open, `initialize` says so")
    func tooManySessions() async throws {
        let audit = try await withLine(Self.setup()) { world in
            for _ in 0..<GatewayLimits.sessionsPerPrincipal {
                _ = world.line.conversations.openSession(
                    principal: world.principal, server: RunningLine.slug, hearsEverything: false)
            }
            let client = LineClient(try await LineClient(world, .modern), session: nil)
            let answer = try await client.ask("initialize").end()
            #expect(answer.status == .unavailable && answer.errorCode == -32603)
        }
        #expect(audit.words == ["refused (too many open requests)"])
    }

    @Test("an id in use is refused, while the first request goes on; afterwards it is free")
    func duplicateID() async throws {
        let audit = try await withClient(.legacy, Self.setup()) { client in
            client.world.upstream.script { _ in }
            let first = client.call("echo", id: "\"a\"")
            for tool in ["echo", "nothing"] {
                let answer = try await client.call(tool, id: "\"a\"").end()
                #expect(answer.status == .badRequest && answer.errorCode == -32600)
            }
            try await client.ask("ping", id: "\"a\"").expectError(.invalidRequest)
            // `1` and `"1"` are two ids.
            let (text, number) = (client.call("echo", id: "\"1\""), client.call("echo", id: "1"))
            for call in client.world.upstream.calls.value { call.answer(RecordedUpstream.emptyResult) }
            #expect(try await first.end().json["id"]?.string == "a")
            #expect(try await text.end().json["id"]?.string == "1")
            #expect(try await number.end().json["id"]?.int == 1)
            try await client.ask("ping", id: "\"a\"").expectAnswer()
        }
        #expect(audit.words.filter { $0.contains("id already in use") }.count == 3)
        #expect(audit.endings == ["completed", "completed", "completed"])
    }

    @Test("a conversation has so many requests open and not one more")
    func tooManyOpen() async throws {
        let audit = try await withClient(.legacy, Self.setup()) { client in
            client.world.upstream.script { _ in }
            for id in 0..<GatewayLimits.openRequestsPerConversation { client.call("echo", id: "\(id)") }
            try await client.call("echo", id: "\"more\"").expectError(.invalidRequest)
            // Another session of the same principal is not concerned.
            let other = try await LineClient(client.world, .legacy)
            #expect(try await other.ask("ping").end().status == .ok)
            for call in client.world.upstream.calls.value { call.answer(RecordedUpstream.emptyResult) }
            try await client.ask("ping").expectAnswer()
        }
        #expect(audit.words.filter { $0 == "refused (too many open requests)" }.count == 1)
    }

    @Test("a session ends on its client's word: what is open is cancelled, its stream closed, its id unknown")
    func ending() async throws {
        try await withClient(.legacy, Self.setup()) { client in
            client.world.upstream.script { _ in }
            let call = client.call("echo")
            let entry = Entry(
                principal: client.principal, server: RunningLine.slug, headers: nil, sessionID: client.session)
            let stream = AnswerRecorder()
            _ = client.world.line.listen(entry, answering: stream)
            #expect(client.world.line.endSession(entry).status == .ok)
            #expect(client.world.upstream.calls.value.first?.isCancelled.value == true)
            try await call.expectError(.cancelled)
            #expect(stream.answer?.status == .ok)
            #expect(client.world.line.endSession(entry).status == .notFound)
            #expect(try await client.ask("ping").end().status == .notFound)
        }
    }

    @Test("one stream listens at a time; the earlier one's leaving does not end the later one's listening")
    func listening() async throws {
        try await withClient(.legacy, Self.setup()) { client in
            let entry = Entry(
                principal: client.principal, server: RunningLine.slug, headers: nil, sessionID: client.session)
            let (first, second) = (AnswerRecorder(), AnswerRecorder())
            guard case .opened(let leaving) = client.world.line.listen(entry, answering: first),
                case .opened(let leavingSecond) = client.world.line.listen(entry, answering: second)
            else {
                Issue.record("the streams are not opened")
                return
            }
            #expect(first.answer?.status == .ok && second.answer == nil)
            leaving.cancel()
            client.world.line.tell(.tools, at: RunningLine.slug)
            client.world.line.tell(.tools, at: "other")
            #expect(first.heard.value.notifications.isEmpty)
            #expect(
                second.heard.value.notifications.map { text($0) }
                    == [#"{"jsonrpc":"2.0","method":"notifications/tools/list_changed"}"#])
            leavingSecond.cancel()
            client.world.line.tell(.tools, at: RunningLine.slug)
            #expect(second.heard.value.notifications.count == 1)
        }
    }
}

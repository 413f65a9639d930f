import Gateway
import MCPMessages
import NIOCore
import Testing
import WireJSON

@testable import Upstreams

// protocol.md 1.12: a server's own requests go only to the client during whose call they are made.
@Suite("what a stdio server asks", .timeLimit(.minutes(2)))
struct StdioQuestionTests {
    @Test("goes to the open call, and its answer comes back under the server's id")
    func asked() async throws {
        try await ServerUnderTest.with("legacy") { server async throws in
            let call = try server.start("question", #"{"method":"elicitation/create","params":{"message":"x"}}"#)
            let question = try await call.question()
            #expect(question.request.method == "elicitation/create")
            #expect(question.request.id == .text(Array("q-0".utf8)))
            #expect(question.request.params?["message"]?.string == "x")
            question.reply.answer(.result(Array("{\"action\":\n\"accept\"}".utf8)))
            // One answer only.
            question.reply.answer(.result(Array(#"{"action":"decline"}"#.utf8)))
            let told = try await call.told()
            #expect(told.elements.first { _ in true }?["action"]?.string == "accept")
            let replies = try await server.call("messages").elements.filter { $0["id"]?.string == "q-0" }
            #expect(replies.count == 1)
        }
    }

    @Test("can be refused by the client, whose error goes to the server")
    func refused() async throws {
        try await ServerUnderTest.with("legacy") { server async throws in
            let call = try server.start("question", #"{"method":"sampling/createMessage"}"#)
            try await call.question().reply.refuse(RPCError(.invalidRequest, "no"))
            #expect(try await call.replies().first?["code"]?.int == -32600)
        }
    }

    @Test("goes to the newest of several calls, and never into another's conversation")
    func newest() async throws {
        try await ServerUnderTest.with("legacy") { server async throws in
            let older = try server.start("never")
            let others = try server.start("never", as: "bob")
            try await eventually { try await server.methodsSeen(as: "bob").filter { $0 == "tools/call" }.count > 1 }
            let call = try server.start("question", #"{"method":"roots/list"}"#)
            try await call.question().reply.answer(.result(Array(#"{"roots":[]}"#.utf8)))
            #expect(try await call.replies().first?["roots"]?.count == 0)
            #expect(older.asked.all.isEmpty)
            #expect(others.asked.all.isEmpty)
        }
    }

    @Test("is answered here where it is `ping`")
    func ping() async throws {
        try await ServerUnderTest.with("legacy") { server async throws in
            let call = try server.start("question", #"{"method":"ping"}"#)
            #expect(try await call.replies().first?.count == 0)
            #expect(call.asked.all.isEmpty)
        }
    }

    @Test("is refused where nobody can be asked: of a modern server, after the call, during the house's own list")
    func nobody() async throws {
        try await ServerUnderTest.with("modern") { server async throws in
            let call = try server.start("question", #"{"method":"roots/list"}"#)
            #expect(try await call.replies().first?["code"]?.int == -32601)
            #expect(call.asked.all.isEmpty)
        }
        try await ServerUnderTest.with("legacy", ["asks-in-list"]) { server async throws in
            _ = try await server.list()
            try await eventually { try await server.reply(to: "in-list")?["code"]?.int == -32601 }
        }
        try await ServerUnderTest.with("legacy", ["asks-after"]) { server async throws in
            let call = try server.start("echo")
            _ = try await call.end.get()
            try await eventually { try await server.reply(to: "after")?["code"]?.int == -32601 }
            #expect(call.asked.all.isEmpty)
        }
    }

    @Test("is refused beyond the bound of those outstanding")
    func bounded() async throws {
        var limits = StdioLimits.brisk
        limits.questions = 3
        try await ServerUnderTest.with("legacy", limits: limits) { server async throws in
            let call = try server.start("question", #"{"method":"roots/list","count":5,"wait":60}"#)
            try await eventually { call.asked.all.count == 3 }
            for question in call.asked.all { question.reply.answer(.result(Array("{}".utf8))) }
            let told = try await call.told()
            #expect(told.elements.map { $0["code"]?.int } == [nil, nil, nil, -32603, -32603])
        }
    }

    @Test("is answered for, once its call has ended, and a late answer goes nowhere")
    func over() async throws {
        try await ServerUnderTest.with("legacy") { server async throws in
            let left = try server.start("question", #"{"method":"roots/list","name":"left","leaves":true}"#)
            let question = try await left.question()
            #expect(try await left.told().string == "left")
            try await eventually { try await server.reply(to: "left-0")?["code"]?.int == -32603 }
            question.reply.answer(.result(Array("{}".utf8)))
            let cancelled = try server.start("question", #"{"method":"roots/list","name":"cut"}"#)
            let other = try await cancelled.question()
            cancelled.cancel()
            try await eventually { try await server.reply(to: "cut-0")?["code"]?.int == -32603 }
            other.reply.answer(.result(Array("{}".utf8)))
            let replies = try await server.call("messages").elements.filter { $0["method"] == nil }
            #expect(replies.count == 2)
        }
    }

    @Test("can be taken back by the server; the call hears of it, and of no other that is taken back")
    func takenBack() async throws {
        try await ServerUnderTest.with("legacy") { server async throws in
            let call = try server.start("take-back", #"{"wait":0.3}"#)
            let question = try await call.question()
            question.reply.answer(.result(Array("{}".utf8)))
            #expect(try await call.told().count == 0)
            #expect(call.notifications.map(\.method) == ["notifications/cancelled"])
            #expect(call.notifications.first?.params?["requestId"]?.string == "taken-back")
        }
    }

    @Test("lets the call's clock rest while the client thinks, but not beyond the longest a call lasts")
    func clock() async throws {
        try await ServerUnderTest.with("legacy") { server async throws in
            _ = try await server.describe().get()
            let patient = try server.start("question", #"{"method":"roots/list","wait":60}"#, timeout: .seconds(2))
            let question = try await patient.question()
            // Another call of the same patience, begun later, has run out of it.
            let other = try server.start("sleep", #"{"ms":60000}"#, as: "bob", timeout: .seconds(2))
            #expect(await other.end.failureKind == .timedOut)
            #expect(patient.ends == 0)
            question.reply.answer(.result(Array("{}".utf8)))
            #expect(await patient.end.failureKind == nil)
        }
        var limits = StdioLimits.brisk
        limits.longestCall = .seconds(3)
        try await ServerUnderTest.with("legacy", limits: limits) { server async throws in
            let endless = try server.start("question", #"{"method":"roots/list","wait":60}"#, timeout: .seconds(2))
            _ = try await endless.question()
            #expect(await endless.end.failureKind == .timedOut)
        }
    }

    @Test("a clock rests and goes on with what was left")
    func callClock() {
        let begun = NIODeadline.uptimeNanoseconds(1_000_000_000_000)
        var clock = CallClock(allowed: .seconds(10), longest: .seconds(60), at: begun)
        #expect(clock.deadline == begun + .seconds(10))
        clock.rest(at: begun + .seconds(4))
        clock.rest(at: begun + .seconds(5))
        #expect(clock.deadline == begun + .seconds(60))
        clock.goOn(at: begun + .seconds(30))
        clock.goOn(at: begun + .seconds(31))
        #expect(clock.deadline == begun + .seconds(36))
        clock.beginAnew(at: begun + .seconds(35))
        #expect(clock.deadline == begun + .seconds(45))
        clock.rest(at: begun + .seconds(44))
        clock.beginAnew(at: begun + .seconds(50))
        clock.goOn(at: begun + .seconds(55))
        #expect(clock.deadline == begun + .seconds(60))
    }

    @Test("what it logs during one principal's calls goes to the newest, and during several's to nobody")
    func logging() async throws {
        try await ServerUnderTest.with("modern") { server async throws in
            let ann = try server.start("log", #"{"data":"one"}"#)
            _ = try await ann.end.get()
            #expect(ann.notifications.map { $0.params?["data"]?.string } == ["one"])
            let bob = try server.start("never", as: "bob")
            try await eventually { try await server.methodsSeen().count > 3 }
            let torn = try server.start("log", #"{"data":"two"}"#)
            _ = try await torn.end.get()
            #expect(torn.notifications.isEmpty && bob.notifications.isEmpty)
            #expect(server.events.names.isEmpty)
        }
    }

    @Test("what a legacy server says outside any call is told in its principal's conversation")
    func told() async throws {
        try await ServerUnderTest.with("legacy", ["logs-after"]) { server async throws in
            _ = try await server.call("echo", as: "ann")
            _ = try await server.call("echo", as: "bob")
            try await eventually { server.events.names.count == 2 }
            #expect(server.events.names.sorted() == ["ann: notifications/message", "bob: notifications/message"])
        }
    }
}

extension PendingAnswer {
    /// The first thing asked.
    func question() async throws -> (request: Message.Request, reply: PeerReply) {
        try await eventually { !self.asked.all.isEmpty || self.ends > 0 }
        return try #require(asked.all.first)
    }

    /// What the server was answered to what it asked, as the tool `question` tells.
    func replies() async throws -> [JSON] { try await told().elements.map { $0 } }

    /// What the tool told in the end.
    func told() async throws -> JSON {
        guard case .result(let result) = try await end.get().outcome else { throw UnexpectedAnswer(text: "error") }
        return try #require(result["structuredContent"])
    }
}

extension ServerUnderTest {
    /// What the server was answered to a request of its own.
    func reply(to id: String) async throws -> JSON? {
        let message = try await call("messages").elements.first { $0["method"] == nil && $0["id"]?.hasText(id) == true }
        return message?["result"] ?? message?["error"]
    }
}

extension Gathered where Element == UpstreamEvent {
    var names: [String] {
        all.map { event in
            switch event {
            case .changed(let kind): "changed \(kind.rawValue)"
            case .notification(let notification): notification.method
            case .told(let notification, let principal): "\(principal): \(notification.method)"
            }
        }
    }
}

import Gateway
import MCPMessages
import Testing
import WireJSON

@testable import Upstreams

@Suite("calls to a stdio server", .timeLimit(.minutes(2)))
struct StdioCallTests {
    // hostile.md F 75: one child, many clients, the same questions, answers out of order.
    @Test("a hundred concurrent calls each get their own answer, in whatever order answers come")
    func concurrent() async throws {
        try await ServerUnderTest.with("modern") { server async throws in
            let answers = try (0..<100).map { number in
                try server.start("sleep", #"{"ms":\#((100 - number) * 3),"n":\#(number)}"#, as: "client-\(number)")
            }
            for (number, answer) in answers.enumerated() {
                guard case .result(let result) = try await answer.end.get().outcome else { continue }
                #expect(result["structuredContent"]?["arguments"]?["n"]?.int == number)
                #expect(answer.ends == 1)
            }
        }
    }

    @Test("an answer or progress that is nobody's, or bears the right id as text, is dropped")
    func stray() async throws {
        try await ServerUnderTest.with("modern") { server async throws in
            let told = try await server.call("stray")
            #expect(told.string == "mine")
        }
    }

    @Test("a server's error is an answer")
    func error() async throws {
        try await ServerUnderTest.with("legacy") { server async throws in
            let reply = try await server.start("fail", #"{"a":1.0}"#).end.get()
            guard case .error(let error) = reply.outcome else { throw UnexpectedAnswer(text: "\(reply.outcome)") }
            #expect(error["code"]?.int == -32000)
            #expect(reply.era == .legacy)
        }
    }

    @Test("arguments arrive as they were sent, on one line")
    func oneLine() async throws {
        try await ServerUnderTest.with("modern") { server async throws in
            let arguments = try await server.call("echo", "{\"a\":\n1.50,\r\n\"b\":\"x\\ny\"}")["arguments"]
            #expect(arguments?["a"]?.number == ExactDecimal("1.5"))
            #expect(arguments?["b"]?.string == "x\ny")
        }
    }

    @Test("progress goes to the request that asked for it, under the token it went out with")
    func progress() async throws {
        try await ServerUnderTest.with("modern") { server async throws in
            let asking = try server.start("progress", #"{"steps":3}"#, progress: true)
            guard case .result(let result) = try await asking.end.get().outcome else { return }
            let token = result["structuredContent"]?["token"]?.int
            #expect(token != nil)
            #expect(asking.notifications.map { $0.params?["progressToken"]?.int } == [token, token, token])
            #expect(asking.notifications.map { $0.params?["progress"]?.int } == [1, 2, 3])
            let silent = try server.start("progress", #"{"steps":3}"#)
            guard case .result(let other) = try await silent.end.get().outcome else { return }
            #expect(other["structuredContent"]?["token"]?.isNull == true)
            #expect(silent.notifications.isEmpty)
        }
    }

    @Test("progress starts the time allowed anew, up to the longest a call may last")
    func progressAndTime() async throws {
        var limits = StdioLimits.brisk
        limits.longestCall = .seconds(2)
        try await ServerUnderTest.with("modern", limits: limits) { server async throws in
            _ = try await server.describe().get()
            let patient = try server.start(
                "progress", #"{"steps":12,"ms":100}"#, progress: true, timeout: .milliseconds(900))
            #expect(await patient.end.failureKind == nil)
            let endless = try server.start(
                "progress", #"{"steps":1000,"ms":100}"#, progress: true, timeout: .milliseconds(900))
            #expect(await endless.end.failureKind == .timedOut)
        }
    }

    @Test("a call without an answer times out and is cancelled at the server")
    func timeout() async throws {
        try await ServerUnderTest.with("modern") { server async throws in
            _ = try await server.describe().get()
            #expect(try await server.failure("never", timeout: .milliseconds(200)).kind == .timedOut)
            #expect(try await server.call("cancelled", #"{"wait":5}"#).count == 1)
        }
    }

    @Test("a cancelled call fails once, is cancelled at the server, and its late answer reaches nobody")
    func cancellation() async throws {
        try await ServerUnderTest.with("modern") { server async throws in
            _ = try await server.describe().get()
            let call = try server.start("stubborn")
            try await eventually { try await server.methodsSeen().filter { $0 == "tools/call" }.count > 1 }
            call.cancel()
            call.cancel()
            #expect(await call.end.failureKind == .cancelled)
            #expect(try await server.call("cancelled", #"{"wait":5}"#).count == 1)
            #expect(try await server.call("echo")["pid"] != nil)
            #expect(call.ends == 1)
        }
    }

    @Test("a call cancelled before the process is ready is never written")
    func earlyCancellation() async throws {
        try await ServerUnderTest.with("modern", ["starts-in=0.3"]) { server async throws in
            let call = try server.start("crash")
            call.cancel()
            guard case .failure(let failure) = await call.end else { throw UnexpectedAnswer(text: "answered") }
            #expect(failure.kind == .cancelled)
            #expect(failure.wroteNothing)
            #expect(try await server.methodsSeen() == ["server/discover", "tools/call"])
        }
    }

    @Test("lists are asked page by page, and an empty cursor is a cursor")
    func lists() async throws {
        try await ServerUnderTest.with("modern") { server async throws in
            guard case .result(let first) = try await server.list().outcome else { return }
            #expect(first["nextCursor"]?.string == "two")
            let empty = try JSON(Array(#""""#.utf8))
            guard case .result(let second) = try await server.list(cursor: empty).outcome else { return }
            #expect(second["nextCursor"] == nil)
            #expect(second["tools"]?.count == 1)
        }
    }

    @Test("what a server says outside any request is an event, what it logs during one goes to that")
    func events() async throws {
        try await ServerUnderTest.with("modern") { server async throws in
            let call = try server.start("announce")
            _ = try await call.end.get()
            #expect(server.events.names == ["changed tools"])
            #expect(call.notifications.map(\.method) == ["notifications/message"])
        }
    }

    @Test("a client's notification is passed on, but not what belongs to this side's own conversation")
    func notifications() async throws {
        try await ServerUnderTest.with("legacy") { server async throws in
            _ = try await server.describe().get()
            for method in ["initialized", "cancelled", "progress", "roots/list_changed"] {
                let message = #"{"jsonrpc":"2.0","method":"notifications/\#(method)","params":{"x":1}}"#
                guard case .notification(let notification) = try Message(JSON(Array(message.utf8))) else { continue }
                server.upstream.notify(notification, for: UpstreamScope(principal: "ann", clientEra: .legacy))
            }
            let messages = try await server.call("messages").elements.filter {
                $0["method"]?.string?.hasPrefix("notifications/") == true
            }
            #expect(
                messages.map { $0["method"]?.string } == [
                    "notifications/initialized", "notifications/roots/list_changed",
                ])
            #expect(messages.last?["params"]?["x"]?.int == 1)
        }
    }
}

extension Result where Success == UpstreamReply, Failure == UpstreamFailure {
    var failureKind: UpstreamFailure.Kind? {
        switch self {
        case .success: nil
        case .failure(let failure): failure.kind
        }
    }
}

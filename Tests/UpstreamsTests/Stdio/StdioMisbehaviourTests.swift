import Gateway
import MCPMessages
import Testing
import WireJSON

@testable import Upstreams

// hostile.md A 16, and `issue 2`, "Bad input": each has one clear answer, and the next call finds the server well.
@Suite("a misbehaving stdio server", .timeLimit(.minutes(2)))
struct StdioMisbehaviourTests {
    @Test("text, foreign JSON and blank lines on stdout are logged and dropped")
    func noise() async throws {
        try await ServerUnderTest.with("modern", ["banner"]) { server async throws in
            let told = try await server.call("noise")
            #expect(told.string == "after the noise")
            let noise = server.log.all.filter { $0.contains("child stdout is no message") }
            #expect(noise.contains { $0.contains("Listening on stdio...") && $0.contains("not JSON") })
            #expect(noise.contains { $0.contains("{'python': 1}") })
            #expect(noise.contains { $0.contains("a log line") })
            #expect(noise.contains { $0.contains("[1,2]") })
        }
    }

    @Test(
        "a line over the limit ends the child, answers all that is open, and the next call finds a new child",
        arguments: ["giant", "endless"])
    func tooLong(tool: String) async throws {
        var limits = StdioLimits.brisk
        limits.lineBytes = 1 << 16
        try await ServerUnderTest.with("modern", limits: limits) { server async throws in
            let first = try await server.call("echo")["pid"]?.int
            let bystander = try server.start("never", as: "bob")
            #expect(try await server.failure(tool, #"{"bytes":100000}"#).kind == .tooLarge)
            #expect(await bystander.end.failureKind == .tooLarge)
            #expect(try await server.call("echo")["pid"]?.int != first)
        }
    }

    @Test("a line of a megabyte is read")
    func long() async throws {
        try await ServerUnderTest.with("modern") { server async throws in
            let reply = try await server.start("giant", #"{"bytes":1000000}"#).end.get()
            guard case .result(let result) = reply.outcome else { throw UnexpectedAnswer(text: "error") }
            #expect(result["x"]?.utf8?.count == 1_000_000)
        }
    }

    @Test("an answer that cannot be read fails its request at once, and no other", arguments: ["nan", "twice"])
    func unreadable(tool: String) async throws {
        try await ServerUnderTest.with("modern") { server async throws in
            let bystander = try server.start("sleep", #"{"ms":200}"#)
            #expect(try await server.failure(tool).kind == .unreadable)
            #expect(await bystander.end.failureKind == nil)
        }
    }

    @Test("a lone surrogate in an answer is kept as received")
    func loneSurrogate() async throws {
        try await ServerUnderTest.with("modern") { server async throws in
            let reply = try await server.start("surrogate").end.get()
            guard case .result(let result) = reply.outcome else { throw UnexpectedAnswer(text: "error") }
            #expect(result["x"].map { String(decoding: $0.bytes, as: UTF8.self) } == #""\ud800""#)
        }
    }

    @Test("a flood on stderr is drained, and the log takes no more than its rate")
    func stderrFlood() async throws {
        try await ServerUnderTest.with("modern") { server async throws in
            let begun = ContinuousClock.now
            let told = try await server.call("errors", #"{"lines":4000,"width":5000}"#)
            #expect(told.string == "written")
            let lines = server.log.all.filter { $0.contains("child stderr") }
            #expect(!lines.isEmpty)
            let seconds = Int((ContinuousClock.now - begun).components.seconds) + 1
            #expect(lines.count <= 20 * (5 + seconds))
            #expect(lines.allSatisfy { $0.utf8.count < 4096 })
        }
    }

    @Test("what a child writes to stderr moves no cursor in the log")
    func stderrIsHarmless() async throws {
        try await ServerUnderTest.with("modern") { server async throws in
            _ = try await server.call("complain")
            try await eventually {
                server.log.all.contains { $0.contains(#"bad \u{1b}[31mred\u{1b}[0m \u{202e}flow"#) }
            }
        }
    }

    @Test("a crash fails what is open as closed, and nothing is sent again")
    func crash() async throws {
        try await ServerUnderTest.with("modern") { server async throws in
            let bystander = try server.start("never", as: "bob")
            let failure = try await server.failure("crash")
            #expect(failure.kind == .closed)
            #expect(!failure.wroteNothing)
            #expect(await bystander.end.failureKind == .closed)
            #expect(try await server.methodsSeen() == ["server/discover", "tools/call"])
        }
    }

    @Test("a legacy principal's child that crashed is initialized anew, and nobody else's is touched")
    func legacyCrash() async throws {
        try await ServerUnderTest.with("legacy") { server async throws in
            let bob = try await server.call("echo", as: "bob")["pid"]?.int
            #expect(try await server.failure("crash", as: "ann").kind == .closed)
            #expect(
                try await server.methodsSeen(as: "ann") == ["initialize", "notifications/initialized", "tools/call"])
            #expect(try await server.call("echo", as: "bob")["pid"]?.int == bob)
        }
    }

    @Test("a child that closes its output is ended")
    func closedOutput() async throws {
        try await ServerUnderTest.with("modern") { server async throws in
            let first = try await server.call("echo")["pid"]?.int
            #expect(try await server.failure("shut").kind == .closed)
            #expect(try await server.call("echo")["pid"]?.int != first)
            #expect(first.map(ProcessTable.isAlive) == false)
        }
    }

    @Test("a child that cannot come up is unreachable with its last words, and soon without trying")
    func broken() async throws {
        try await ServerUnderTest.with("modern", ["broken"]) { server async throws in
            let failure = try await server.failure("echo")
            #expect(failure.kind == .unreachable)
            #expect(failure.wroteNothing)
            #expect(failure.detail.contains("exited with status 7"))
            #expect(failure.detail.contains("no such module"))
            var last = failure
            let begun = ContinuousClock.now
            for _ in 0..<50 { last = try await server.failure("echo") }
            #expect(last.kind == .unreachable)
            #expect(last.detail.contains("left alone"))
            #expect(ContinuousClock.now - begun < .seconds(15))
        }
    }

    @Test("a child that never answers is given up after the time to start", arguments: ["hangs", "mute"])
    func neverAnswers(habit: String) async throws {
        var timeouts = UpstreamTimeouts.brisk
        timeouts.start = .milliseconds(600)
        var limits = StdioLimits.brisk
        limits.probe = .milliseconds(200)
        try await ServerUnderTest.with("modern", [habit], limits: limits, timeouts: timeouts) { server async throws in
            let failure = try await server.failure("echo")
            #expect(failure.kind == .timedOut)
            #expect(failure.wroteNothing)
        }
    }

    @Test("a program that says back what it is told is no server")
    func echo() async throws {
        try await ServerUnderTest.with(StdioCommand(["cat"])) { server async throws in
            let failure = try await server.failure("echo")
            #expect(failure.kind == .unsupported)
        }
    }
}

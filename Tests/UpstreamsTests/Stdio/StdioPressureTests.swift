import Gateway
import MCPMessages
import Testing
import WireJSON

@testable import Upstreams

@Suite("a stdio server under pressure", .timeLimit(.minutes(2)))
struct StdioPressureTests {
    @Test("over the bound of open and waiting requests, a request is busy and nothing of it was written")
    func tooMany() async throws {
        var limits = StdioLimits.brisk
        limits.openRequests = 2
        limits.waitingRequests = 2
        try await ServerUnderTest.with("modern", limits: limits) { server async throws in
            _ = try await server.describe().get()
            let answers = try (0..<4).map { _ in try server.start("never") }
            let failure = try await server.failure("never")
            #expect(failure.kind == .busy)
            #expect(failure.wroteNothing)
            // Whoever leaves makes room for the next in line.
            answers[0].cancel()
            let last = try server.start("echo")
            answers[1].cancel()
            answers[2].cancel()
            answers[3].cancel()
            #expect(await last.end.failureKind == nil)
        }
    }

    @Test("requests that wait are bounded in bytes too")
    func tooLarge() async throws {
        var limits = StdioLimits.brisk
        limits.waitingBytes = 1000
        try await ServerUnderTest.with("modern", ["starts-in=0.3"], limits: limits) { server async throws in
            let text = String(repeating: "x", count: 600)
            let first = try server.start("echo", #"{"text":"\#(text)"}"#)
            #expect(try await server.failure("echo", #"{"text":"\#(text)"}"#).kind == .busy)
            #expect(await first.end.failureKind == nil)
        }
    }

    @Test("a child that does not read is not written to without end, and takes everything once it reads")
    func unread() async throws {
        var limits = StdioLimits.brisk
        limits.unwrittenBytes = 1 << 16
        try await ServerUnderTest.with("modern", limits: limits) { server async throws in
            _ = try await server.call("stop-reading", #"{"seconds":1}"#)
            let text = String(repeating: "x", count: 50_000)
            let answers = try (0..<40).map { try server.start("echo", #"{"n":\#($0),"text":"\#(text)"}"#) }
            // The first few fill the pipe, the last is not written: taken back, it leaves no trace.
            answers[39].cancel()
            let takenBack = await answers[39].end.failure
            #expect(takenBack?.kind == .cancelled)
            #expect(takenBack?.wroteNothing == true)
            for (number, answer) in answers.prefix(39).enumerated() {
                guard case .result(let result) = try await answer.end.get().outcome else { continue }
                #expect(result["structuredContent"]?["arguments"]?["n"]?.int == number)
            }
            let calls = try await server.methodsSeen().filter { $0 == "tools/call" }.count
            #expect(calls == 41)
        }
    }

    @Test("a server has no more children than its bound, and says that it is busy")
    func children() async throws {
        var limits = StdioLimits.brisk
        limits.children = 2
        try await ServerUnderTest.with("legacy", limits: limits) { server async throws in
            _ = try await server.call("echo", as: "ann")
            _ = try await server.call("echo", as: "bob")
            let failure = try await server.failure("echo", as: "cleo")
            #expect(failure.kind == .busy)
            #expect(failure.wroteNothing)
            #expect(try await server.call("echo", as: "ann")["pid"] != nil)
        }
    }

    @Test("a legacy principal's idle child is ended and makes room; a modern server's is kept")
    func idle() async throws {
        var limits = StdioLimits.brisk
        limits.children = 1
        limits.idle = .milliseconds(300)
        try await ServerUnderTest.with("legacy", limits: limits) { server async throws in
            let slow = try server.start("sleep", #"{"ms":900}"#, as: "ann")
            #expect(await slow.end.failureKind == nil)
            let first = try await server.call("echo", as: "ann")["pid"]?.int
            try await eventually { first.map(ProcessTable.isAlive) == false }
            try await eventually { await server.describe("bob").failure == nil }
        }
        try await ServerUnderTest.with("modern", limits: limits) { modern async throws in
            let kept = try await modern.call("echo")["pid"]?.int
            try await ServerUnderTest.with("legacy", limits: limits) { legacy async throws in
                let ended = try await legacy.call("echo")["pid"]?.int
                try await eventually { ended.map(ProcessTable.isAlive) == false }
            }
            #expect(try await modern.call("echo")["pid"]?.int == kept)
        }
    }
}

extension Result {
    var failure: Failure? {
        switch self {
        case .success: nil
        case .failure(let failure): failure
        }
    }
}

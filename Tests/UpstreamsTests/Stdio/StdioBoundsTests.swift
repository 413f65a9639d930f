import NIOCore
import Testing

@testable import Upstreams

@Suite("a stdio server's command and back-off")
struct StdioBoundsTests {
    @Test(
        "a command that cannot be run as written is refused where it is made",
        arguments: [
            ([], [:], nil, StdioCommand.Refusal.noProgram), ([""], [:], nil, .noProgram),
            (["a", "b\0c"], [:], nil, .argumentHoldsNUL),
            (["a"], ["": "x"], nil, .variableName("")), (["a"], ["A=B": "x"], nil, .variableName("A=B")),
            (["a"], ["A": "x\0"], nil, .variableHoldsNUL("A")), (["a"], [:], "", .workingDirectory),
        ] as [([String], [String: String], String?, StdioCommand.Refusal)])
    func refusals(
        arguments: [String], environment: [String: String], directory: String?, refusal: StdioCommand.Refusal
    ) {
        #expect(throws: refusal) {
            try StdioCommand(arguments, environment: environment, workingDirectory: directory)
        }
    }

    @Test("a command shows its program and none of its arguments or variables")
    func secrets() throws {
        let command = try StdioCommand(["server", "--token", "s3cret"], environment: ["KEY": "s3cret"])
        #expect(!"\(command) \(String(reflecting: command))".contains("s3cret"))
    }

    @Test("each failure doubles the wait, up to the longest, until a child has lived long enough")
    func backoff() {
        var limits = StdioLimits()
        limits.firstBackoff = .milliseconds(100)
        limits.longestBackoff = .seconds(1)
        limits.steadyAfter = .seconds(60)
        var backoff = StdioBackoff(limits)
        var now = NIODeadline.uptimeNanoseconds(1_000_000_000)
        #expect(backoff.wait(at: now) == .zero)
        for expected in [100, 200, 400, 800, 1000, 1000] {
            backoff.failed(at: now)
            #expect(backoff.wait(at: now) == .milliseconds(Int64(expected)))
        }
        #expect(backoff.wait(at: now + .milliseconds(999)) == .milliseconds(1))
        #expect(backoff.wait(at: now + .seconds(1)) == .zero)
        // A short life changes nothing, a long one everything.
        backoff.cameUp(at: now)
        backoff.failed(at: now + .seconds(59))
        #expect(backoff.wait(at: now + .seconds(59)) == .seconds(1))
        now = now + .seconds(100)
        backoff.cameUp(at: now)
        now = now + .seconds(60)
        backoff.failed(at: now)
        #expect(backoff.wait(at: now) == .milliseconds(100))
        for _ in 0..<100 { backoff.failed(at: now) }
        #expect(backoff.wait(at: now) == .seconds(1))
    }
}

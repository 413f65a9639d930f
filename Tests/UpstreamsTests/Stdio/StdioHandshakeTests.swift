import Gateway
import MCPMessages
import Testing
import WireJSON

@testable import Upstreams

@Suite("the handshake with a stdio server")
struct StdioHandshakeTests {
    enum Event: Sendable {
        case discover(String)
        case initialize(String)
        case timeout
        case ended
        case fellBack
    }

    static let modern = #"{"result":{"supportedVersions":["2026-07-28","2025-11-25"]}}"#
    static let legacy = #"{"result":{"protocolVersion":"2025-06-18"}}"#
    static let refused = #"{"error":{"code":-32602,"message":"no"}}"#
    static let namesUs = #"{"error":{"code":-32022,"message":"no","data":{"supported":["2026-07-28"]}}}"#
    static let namesOthers = #"{"error":{"code":-32022,"message":"no","data":{"supported":["2031-01-01"]}}}"#
    static let namesLegacy =
        #"{"error":{"code":-32022,"message":"no","data":{"supported":["2031-01-01","2025-11-25"]}}}"#

    // Each story: where it begins, what happens, and the steps taken, the first one included.
    @Test(
        "goes from story to step",
        arguments: [
            (StdioHandshake.Plan.probe, [Event.discover(modern)], "discover, settled 2026-07-28"),
            (.probe, [.discover(refused), .initialize(legacy)], "discover, initialize, settled 2025-06-18"),
            (.probe, [.discover(refused), .initialize(refused)], "discover, initialize, failed unsupported"),
            (.probe, [.discover(refused), .ended], "discover, initialize, restart initialize"),
            (.probe, [.timeout, .initialize(legacy)], "discover, initialize, settled 2025-06-18"),
            (.probe, [.timeout, .timeout], "discover, initialize, wait"),
            (
                .probe, [.timeout, .discover(modern), .initialize(legacy)],
                "discover, initialize, settled 2026-07-28, wait"
            ),
            (
                .probe, [.timeout, .discover(refused), .initialize(legacy)],
                "discover, initialize, wait, settled 2025-06-18"
            ),
            (
                .probe, [.timeout, .initialize(refused), .discover(modern)],
                "discover, initialize, wait, settled 2026-07-28"
            ),
            (.probe, [.timeout, .ended], "discover, initialize, restart initialize"),
            (.probe, [.ended, .ended], "discover, restart initialize, failed unreachable"),
            (.probe, [.discover(namesUs), .discover(modern)], "discover, discover, settled 2026-07-28"),
            (.probe, [.discover(namesUs), .discover(namesUs)], "discover, discover, failed unsupported"),
            (.probe, [.discover(namesOthers)], "discover, failed unsupported"),
            (.probe, [.discover(namesLegacy), .initialize(legacy)], "discover, initialize, settled 2025-06-18"),
            (.probe, [.discover(#"{"result":{}}"#)], "discover, initialize"),
            (.probe, [.discover(#"{"result":{"supportedVersions":"2026-07-28"}}"#)], "discover, initialize"),
            (.probe, [.initialize(legacy)], "discover, wait"),
            (.initialize, [.initialize(legacy)], "initialize, settled 2025-06-18"),
            (.initialize, [.initialize(refused), .discover(modern)], "initialize, discover, settled 2026-07-28"),
            (.initialize, [.initialize(refused), .discover(refused)], "initialize, discover, failed unsupported"),
            (.initialize, [.initialize(#"{"result":{"protocolVersion":"2026-07-28"}}"#)], "initialize, discover"),
            (.initialize, [.timeout], "initialize, wait"),
            (.initialize, [.ended], "initialize, failed unreachable"),
            (.discoverOnly, [.discover(modern)], "discover, settled 2026-07-28"),
            (.discoverOnly, [.discover(refused)], "discover, declined unsupported"),
            (.discoverOnly, [.discover(namesOthers)], "discover, declined unsupported"),
            (.discoverOnly, [.timeout], "discover, wait"),
            (.discoverOnly, [.ended], "discover, declined unsupported"),
            (.discoverOnly, [.fellBack, .initialize(legacy)], "discover, initialize, settled 2025-06-18"),
            (
                .discoverOnly, [.fellBack, .discover(refused), .initialize(legacy)],
                "discover, initialize, wait, settled 2025-06-18"
            ),
            (.probe, [.fellBack], "discover, wait"),
        ])
    func story(plan: StdioHandshake.Plan, events: [Event], steps: String) throws {
        var handshake = StdioHandshake(plan)
        var taken = [Self.word(handshake.begin())]
        for event in events {
            let step =
                switch event {
                case .discover(let text): handshake.answered(.discover, try Self.outcome(text))
                case .initialize(let text): handshake.answered(.initialize, try Self.outcome(text))
                case .timeout: handshake.probeTimedOut()
                case .ended: handshake.childEnded("gone")
                case .fellBack: handshake.clientFellBack()
                }
            if case .restart(let question) = step { _ = handshake.ask(question) }
            taken.append(Self.word(step))
        }
        #expect(taken.joined(separator: ", ") == steps)
    }

    @Test("a refusal carries the server's own error")
    func refusal() throws {
        var handshake = StdioHandshake(.discoverOnly)
        _ = handshake.begin()
        guard case .declined(let failure) = handshake.answered(.discover, try Self.outcome(Self.refused)) else {
            Issue.record("it was not declined")
            return
        }
        #expect(failure.error?["code"]?.int == -32602)
    }

    static func outcome(_ text: String) throws -> Message.Response.Outcome {
        let json = try JSON(Array(text.utf8))
        if let result = json["result"] { return .result(result) }
        return .error(try #require(json["error"]))
    }

    static func word(_ step: StdioHandshake.Step) -> String {
        switch step {
        case .ask(let question): "\(question)"
        case .wait: "wait"
        case .restart(let question): "restart \(question)"
        case .settled(let description): "settled \(description.version.rawValue)"
        case .declined(let failure): "declined \(failure.kind.rawValue)"
        case .failed(let failure): "failed \(failure.kind.rawValue)"
        }
    }
}

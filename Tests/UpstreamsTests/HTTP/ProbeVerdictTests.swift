import Gateway
import MCPMessages
import NIOCore
import Testing
import WireJSON

@testable import Upstreams

/// What each kind of answer to a modern probe says of a server.
@Suite("Probe verdict")
struct ProbeVerdictTests {
    enum Verdict: Equatable, Sendable {
        case modern(described: Bool)
        case legacy(refused: Bool, inDoubt: Bool)
        case failed(UpstreamFailure.Kind)
    }

    /// An answer: status, JSON-RPC result or error (with our id, with none), or a failure.
    enum Answer: Sendable {
        case result(String)
        case error(Int, status: Int, data: String = "null")
        case strangersError(Int, status: Int)
        case status(Int)
        case failure(UpstreamFailure.Kind)
    }

    static let cases: [(Answer, Verdict)] = [
        (.result(#"{"supportedVersions":["2026-07-28"]}"#), .modern(described: true)),
        (.result(#"{"supportedVersions":["2025-11-25","2026-07-28"]}"#), .modern(described: true)),
        (.result(#"{"supportedVersions":["2025-11-25"]}"#), .legacy(refused: false, inDoubt: false)),
        (.result(#"{"supportedVersions":["2031-01-01"]}"#), .failed(.unsupported)),
        (.result(#"{"supportedVersions":[]}"#), .failed(.unsupported)),
        (.result(#"{"supportedVersions":"2026-07-28"}"#), .legacy(refused: false, inDoubt: false)),
        (.result("{}"), .legacy(refused: false, inDoubt: false)),
        (.error(-32020, status: 400), .modern(described: false)),
        (.error(-32021, status: 400), .modern(described: false)),
        (.error(-32022, status: 400, data: #"{"supported":["2025-11-25"]}"#), .legacy(refused: true, inDoubt: false)),
        (.error(-32022, status: 400, data: #"{"supported":["2031-01-01"]}"#), .failed(.unsupported)),
        (.error(-32022, status: 400), .failed(.unsupported)),
        (.error(-32601, status: 404), .legacy(refused: true, inDoubt: true)),
        (.error(-32601, status: 400), .legacy(refused: true, inDoubt: false)),
        (.error(-32601, status: 200), .legacy(refused: true, inDoubt: false)),
        (.error(-32602, status: 200), .legacy(refused: true, inDoubt: false)),
        (.error(-32600, status: 400), .legacy(refused: true, inDoubt: false)),
        (.strangersError(-32600, status: 400), .legacy(refused: true, inDoubt: false)),
        (.strangersError(-32000, status: 404), .legacy(refused: true, inDoubt: false)),
        (.status(400), .legacy(refused: false, inDoubt: false)),
        (.status(404), .legacy(refused: false, inDoubt: false)),
        (.status(405), .legacy(refused: false, inDoubt: false)),
        (.status(406), .legacy(refused: false, inDoubt: false)),
        (.status(202), .legacy(refused: false, inDoubt: false)),
        (.status(500), .legacy(refused: false, inDoubt: false)),
        (.status(401), .failed(.refused)), (.status(403), .failed(.refused)), (.status(429), .failed(.refused)),
        (.status(502), .failed(.refused)), (.status(503), .failed(.refused)), (.status(301), .failed(.redirected)),
        (.failure(.unreadable), .legacy(refused: false, inDoubt: false)),
        (.failure(.closed), .legacy(refused: false, inDoubt: true)),
        (.failure(.unreachable), .failed(.unreachable)), (.failure(.timedOut), .failed(.timedOut)),
        (.failure(.tooLarge), .failed(.tooLarge)), (.failure(.addressRefused), .failed(.addressRefused)),
        (.failure(.busy), .failed(.busy)),
    ]

    @Test("a probe's answer tells the era", arguments: cases)
    func judges(_ answer: Answer, _ expected: Verdict) throws {
        let verdict: Verdict =
            switch ProbeVerdict(try Self.ending(answer)) {
            case .modern(let description): .modern(described: description != nil)
            case .legacy(let refusal, let inDoubt): .legacy(refused: refusal != nil, inDoubt: inDoubt)
            case .failed(let failure): .failed(failure.kind)
            }
        #expect(verdict == expected)
    }

    private static func ending(_ answer: Answer) throws -> Ending {
        switch answer {
        case .result(let text): .answered(.result(try JSON(Array(text.utf8))), try head(200))
        case .error(let code, let status, let data):
            .answered(.error(try error(code, data: data)), try head(status))
        case .strangersError(let code, let status): .status(try head(status), error: try error(code))
        case .status(let status): .status(try head(status), error: nil)
        case .failure(let kind): .failed(UpstreamFailure(kind, "for the test"))
        }
    }

    private static func error(_ code: Int, data: String = "null") throws -> JSON {
        try JSON(Array(#"{"code":\#(code),"message":"m","data":\#(data)}"#.utf8))
    }

    private static func head(_ status: Int) throws -> ResponseHead {
        let line = ByteBuffer(string: "HTTP/1.1 \(status) x")
        return try ResponseHead(statusLine: line.readableBytesUInt8Span)
    }
}

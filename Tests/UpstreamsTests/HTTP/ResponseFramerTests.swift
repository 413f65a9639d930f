import NIOCore
import Testing

@testable import Upstreams

/// RFC 9112: what is one response, what is the next, and what is neither.
@Suite("Response framer")
struct ResponseFramerTests {
    /// What a stream of bytes came to, with the pieces of a body joined.
    enum Outcome: Equatable {
        case responses([Response])
        case refused(FramingError)
    }

    struct Response: Equatable {
        var status: Int
        var body: String
        var isComplete = true
        var closes = false
    }

    /// Feeds the bytes in pieces as a connection does: what is not used up is given again with the next piece, and nothing
    /// is read after a response that ends the connection.
    static func read(_ pieces: [[UInt8]], thenCloses: Bool) -> Outcome {
        var framer = ResponseFramer()
        var buffer = ByteBuffer()
        var responses: [Response] = []
        func take(_ event: ResponseFramer.Event) {
            switch event {
            case .head(let head):
                responses.append(Response(status: head.status, body: "", isComplete: false, closes: head.closes))
            case .body(let bytes): responses[responses.count - 1].body += String(buffer: bytes)
            case .end: responses[responses.count - 1].isComplete = true
            }
        }
        do throws(FramingError) {
            for piece in pieces {
                buffer.writeBytes(piece)
                while let event = try framer.next(&buffer) {
                    take(event)
                    if let last = responses.last, last.isComplete, last.closes { return .responses(responses) }
                }
            }
            if thenCloses, let event = try framer.closed() { take(event) }
        } catch {
            return .refused(error)
        }
        return .responses(responses)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var text: String
        var closes = false
        var expected: [Response]
        var testDescription: String { text.debugDescription }
    }

    static let accepted: [Case] = [
        Case(text: "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", expected: [.init(status: 200, body: "{}")]),
        Case(text: "HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n", expected: [.init(status: 200, body: "")]),
        Case(text: "HTTP/1.1 200 \r\ncontent-length:2  \r\n\r\n{}", expected: [.init(status: 200, body: "{}")]),
        Case(text: "HTTP/1.1 599 caf\u{E9}\r\nContent-Length: 0\r\n\r\n", expected: [.init(status: 599, body: "")]),
        Case(text: "HTTP/1.1 204 No Content\r\n\r\n", expected: [.init(status: 204, body: "")]),
        Case(text: "HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n", expected: [.init(status: 204, body: "")]),
        Case(text: "HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n", expected: [.init(status: 304, body: "")]),
        Case(
            text: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
            expected: [.init(status: 200, body: "abc")]),
        Case(
            text:
                "HTTP/1.1 200 OK\r\nTRANSFER-ENCODING: CHUNKED\r\n\r\n00A\r\n0123456789\r\n1;x=y;z\r\n!\r\n000\r\n\r\n",
            expected: [.init(status: 200, body: "0123456789!")]),
        Case(
            text: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nDigest: x\r\nOther:\r\n\r\n",
            expected: [.init(status: 200, body: "")]),
        Case(
            text: "HTTP/1.1 200 OK\r\n\r\nuntil the end", closes: true,
            expected: [.init(status: 200, body: "until the end", closes: true)]),
        Case(
            text: "HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nx",
            expected: [.init(status: 200, body: "x", closes: true)]),
        Case(
            text: "HTTP/1.1 200 OK\r\nConnection: keep-alive, Close\r\nContent-Length: 1\r\n\r\nx",
            expected: [.init(status: 200, body: "x", closes: true)]),
        Case(
            text: "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
                + "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx",
            expected: [.init(status: 200, body: "x")]),
        Case(
            text: "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\naHTTP/1.1 202 Accepted\r\nContent-Length: 1\r\n\r\nb",
            expected: [.init(status: 200, body: "a"), .init(status: 202, body: "b")]),
        Case(
            text: "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab",
            expected: [.init(status: 200, body: "ab", isComplete: false)]),
        Case(text: "HTTP/1.1 200 OK\r\nContent-Len", expected: []),
        Case(text: "", closes: true, expected: []),
        Case(
            text: "HTTP/1.1 200 OK\r\nX: \t a\tb \t\r\nContent-Length: 0\r\n\r\n",
            expected: [.init(status: 200, body: "")]),
    ]

    @Test("a well-framed stream is the same responses in every division of its bytes", arguments: accepted)
    func accepts(_ given: Case) {
        let bytes = Array(given.text.utf8)
        let expected = Outcome.responses(given.expected)
        #expect(Self.read([bytes], thenCloses: given.closes) == expected)
        #expect(Self.read(bytes.map { [$0] }, thenCloses: given.closes) == expected)
        for place in bytes.indices {
            let pieces = [Array(bytes[..<place]), Array(bytes[place...])]
            #expect(Self.read(pieces, thenCloses: given.closes) == expected, "split at \(place)")
        }
    }

    struct Refusal: Sendable, CustomTestStringConvertible {
        var text: String
        var error: FramingError
        var testDescription: String { "\(error): \(String(text.prefix(200)).debugDescription)" }
    }

    static let refused = refusals.map { Refusal(text: $0, error: $1) }

    private static let refusals: [(String, FramingError)] = [
        // A line ends with CR LF and nothing else (section 2.2).
        ("HTTP/1.1 200 OK\nContent-Length: 0\n\n", .bareLineFeed),
        ("HTTP/1.1 200 OK\r\nContent-Length: 0\n\r\n", .bareLineFeed),
        ("HTTP/1.1 200 OK\r\nX: a\rb\r\n\r\n", .fieldSyntax),
        ("HTTP/1.1 200 O\rK\r\n\r\n", .statusLine),
        ("\r\nHTTP/1.1 200 OK\r\n\r\n", .statusLine),
        // Status line (section 4).
        ("HTTP/2.0 200 OK\r\n\r\n", .statusLine),
        ("HTTP/1.2 200 OK\r\n\r\n", .statusLine),
        ("http/1.1 200 OK\r\n\r\n", .statusLine),
        ("ICY 200 OK, as it were\r\n\r\n", .statusLine),
        ("HTTP/1.1  200 OK\r\n\r\n", .status),
        ("HTTP/1.1 20 OK\r\n\r\n", .status),
        ("HTTP/1.1 2000 OK\r\n\r\n", .status),
        ("HTTP/1.1 099 OK\r\n\r\n", .status),
        ("HTTP/1.1 600 OK\r\n\r\n", .status),
        ("HTTP/1.1 +20 OK\r\n\r\n", .status),
        ("HTTP/1.1 200\tOK\r\n\r\n", .status),
        ("HTTP/1.1\t200 OK\r\n\r\n", .statusLine),
        ("{\"jsonrpc\":\"2.0\"}\r\n", .statusLine),
        // Fields (section 5).
        ("HTTP/1.1 200 OK\r\nContent-Length : 0\r\n\r\n", .fieldSyntax),
        ("HTTP/1.1 200 OK\r\nContent Length: 0\r\n\r\n", .fieldSyntax),
        ("HTTP/1.1 200 OK\r\n: 0\r\n\r\n", .fieldSyntax),
        ("HTTP/1.1 200 OK\r\nX\r\n\r\n", .fieldSyntax),
        ("HTTP/1.1 200 OK\r\nX: a\u{0}b\r\n\r\n", .fieldSyntax),
        ("HTTP/1.1 200 OK\r\nX: a\u{7F}b\r\n\r\n", .fieldSyntax),
        ("HTTP/1.1 200 OK\r\nCaf\u{E9}: a\r\n\r\n", .fieldSyntax),
        ("HTTP/1.1 200 OK\r\nX: a\r\n b\r\n\r\n", .foldedField),
        ("HTTP/1.1 200 OK\r\n\tX: a\r\n\r\n", .foldedField),
        ("HTTP/1.1 200 OK\r\nMcp-Session-Id: a\r\nMcp-Session-Id: b\r\n\r\n", .fieldSyntax),
        // Length (section 6).
        ("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", .repeatedContentLength),
        ("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n", .repeatedContentLength),
        ("HTTP/1.1 200 OK\r\nContent-Length: 1, 1\r\n\r\n", .contentLength),
        ("HTTP/1.1 200 OK\r\nContent-Length:\r\n\r\n", .contentLength),
        ("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", .contentLength),
        ("HTTP/1.1 200 OK\r\nContent-Length: +1\r\n\r\n", .contentLength),
        ("HTTP/1.1 200 OK\r\nContent-Length: 0x1\r\n\r\n", .contentLength),
        ("HTTP/1.1 200 OK\r\nContent-Length: 1 2\r\n\r\n", .contentLength),
        ("HTTP/1.1 200 OK\r\nContent-Length: 9223372036854775808\r\n\r\n", .contentLength),
        ("HTTP/1.1 200 OK\r\nContent-Length: 18446744073709551617\r\n\r\n", .contentLength),
        ("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", .lengthAndTransferEncoding),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n", .lengthAndTransferEncoding),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", .transferEncoding),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, chunked\r\n\r\n", .transferEncoding),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\n\r\n", .transferEncoding),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: xchunked\r\n\r\n", .transferEncoding),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n", .transferEncoding),
        ("HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", .transferEncoding),
        ("HTTP/1.1 204 No Content\r\nContent-Length: 1\r\n\r\n", .bodyWhereNoneBelongs),
        ("HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n", .bodyWhereNoneBelongs),
        ("HTTP/1.1 100 Continue\r\nContent-Length: 1\r\n\r\n", .bodyWhereNoneBelongs),
        ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n", .protocolSwitch),
        ("HTTP/1.1 100 Continue\r\nConnection: close\r\n\r\n", .protocolSwitch),
        ("HTTP/1.0 100 Continue\r\n\r\n", .protocolSwitch),
        // NIOHTTP1 takes a tab after the value for a part of it, others do not.
        ("HTTP/1.1 200 OK\r\nContent-Length: 1\t\r\n\r\n", .fieldSyntax),
        ("HTTP/1.1 200 OK\r\nContent-Length:\t1\r\n\r\n", .fieldSyntax),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\t\r\n\r\n", .fieldSyntax),
        ("HTTP/1.1 200 OK\r\nConnection: close\t\r\n\r\n", .fieldSyntax),
        // Chunks (section 7).
        (chunked + "\r\nabc\r\n", .chunkSize),
        (chunked + "g\r\n", .chunkSize),
        (chunked + "0x3\r\nabc\r\n", .chunkSize),
        (chunked + "-1\r\n", .chunkSize),
        (chunked + " 3\r\nabc\r\n", .chunkSize),
        (chunked + "3 \r\nabc\r\n", .chunkSize),
        (chunked + "3 ;x\r\nabc\r\n", .chunkSize),
        (chunked + "3;x\u{0}\r\nabc\r\n", .chunkSize),
        (chunked + "3;x\ry\r\nabc\r\n", .chunkSize),
        (chunked + "3;\r\nabc\r\n", .chunkSize),
        (chunked + "3;x=\r\nabc\r\n", .chunkSize),
        (chunked + "3;x==y\r\nabc\r\n", .chunkSize),
        (chunked + "3;x y\r\nabc\r\n", .chunkSize),
        (chunked + "3;x=\"y\"\r\nabc\r\n", .chunkSize),
        (chunked + "10000000\r\n", .chunkSize),
        (chunked + "ffffffffffffffff1\r\n", .chunkSize),
        (chunked + "3;x\nabc\r\n", .bareLineFeed),
        (chunked + "3\nabc\r\n", .bareLineFeed),
        (chunked + "3\r\nabcd\r\n", .chunkEnd),
        (chunked + "3\r\nabc\n", .chunkEnd),
        (chunked + "3\r\nabc\rx", .chunkEnd),
        (chunked + "0\r\nContent-Length: 3\r\n\r\n", .trailer),
        (chunked + "0\r\nTransfer-Encoding: chunked\r\n\r\n", .trailer),
        (chunked + "0\r\nConnection: close\r\n\r\n", .trailer),
        (chunked + "0\r\n folded\r\n\r\n", .foldedField),
        (chunked + "0\r\nX\r\n\r\n", .fieldSyntax),
        // Bounds.
        ("HTTP/1.1 200 OK\r\nX: " + String(repeating: "a", count: 65_536) + "\r\n\r\n", .headTooLarge),
        (
            "HTTP/1.1 200 OK\r\n" + String(repeating: "X: \(String(repeating: "a", count: 994))\r\n", count: 66),
            .headTooLarge
        ),
        ("HTTP/1.1 200 OK\r\n" + String(repeating: "X: a\r\n", count: 257), .tooManyFields),
        (chunked + "0\r\n" + String(repeating: "X: a\r\n", count: 257), .tooManyFields),
        (chunked + "1;" + String(repeating: "a", count: 1024) + "\r\n", .headTooLarge),
        (String(repeating: "HTTP/1.1 100 Continue\r\n\r\n", count: 9), .tooManyInterimResponses),
    ]

    static let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"

    @Test("an ambiguous or oversized stream is refused in every division of its bytes", arguments: refused)
    func refuses(_ given: Refusal) {
        let bytes = Array(given.text.utf8)
        let error = given.error
        #expect(Self.read([bytes], thenCloses: false) == .refused(error))
        #expect(Self.read(bytes.map { [$0] }, thenCloses: false) == .refused(error))
        guard bytes.count < 2000 else { return }
        for place in bytes.indices {
            let pieces = [Array(bytes[..<place]), Array(bytes[place...])]
            #expect(Self.read(pieces, thenCloses: false) == .refused(error), "split at \(place)")
        }
    }

    @Test(
        "a connection that ends inside a response is no response",
        arguments: [
            "H", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{", chunked + "3\r\nab",
            chunked + "3\r\nabc\r\n", chunked + "0\r\n", "HTTP/1.1 100 Continue\r\n\r\n",
        ])
    func refusesTheUnfinished(_ text: String) {
        #expect(Self.read([Array(text.utf8)], thenCloses: true) == .refused(.endedEarly))
    }

    @Test("a head that comes byte by byte is looked at once, byte by byte")
    func readsSlowHeadsInLinearTime() {
        let head = "HTTP/1.1 200 OK\r\nX: " + String(repeating: "a", count: 60_000)
        let clock = ContinuousClock()
        let time = clock.measure {
            #expect(Self.read(Array(head.utf8).map { [$0] }, thenCloses: false) == .responses([]))
        }
        // Quadratic, this would be two thousand million steps.
        #expect(time < .seconds(20))
    }

    @Test("what a server says of itself is read from its fields")
    func readsFields() throws {
        var framer = ResponseFramer()
        var buffer = ByteBuffer(
            string: "HTTP/1.1 307 x\r\nContent-Type: Application/JSON ; charset=utf-8\r\nMCP-SESSION-ID: abc\r\n"
                + "Keep-Alive: max=5, timeout=7\r\nLocation: http://elsewhere/\r\nContent-Encoding: gzip\r\n"
                + "Content-Length: 3\r\n\r\n")
        guard case .head(let head)? = try framer.next(&buffer) else {
            Issue.record("no head")
            return
        }
        #expect(head.content == .json)
        #expect(head.sessionID == Array("abc".utf8))
        #expect(head.keepAliveSeconds == 7)
        #expect(head.location == Array("http://elsewhere/".utf8))
        #expect(head.isEncoded)
        #expect(head.body == .length(3))
    }

    @Test(
        "a media type is read without its parameters",
        arguments: [
            ("text/event-stream", ResponseHead.Content.events), ("text/event-stream;charset=utf-8", .events),
            ("application/json", .json), ("application/jsonx", .other(Array("application/jsonx".utf8))),
            ("application/json-seq", .other(Array("application/json-seq".utf8))),
            ("text/html", .other(Array("text/html".utf8))),
            ("", .other([])),
        ])
    func readsMediaTypes(_ text: String, _ expected: ResponseHead.Content) throws {
        var framer = ResponseFramer()
        var buffer = ByteBuffer(string: "HTTP/1.1 200 OK\r\nContent-Type: \(text)\r\n\r\n")
        guard case .head(let head)? = try framer.next(&buffer) else {
            Issue.record("no head")
            return
        }
        #expect(head.content == expected)
    }
}

import GatewayHTTP
import GatewayTesting
import Testing
import WireJSON

/// Requests that two HTTP parsers could divide differently (hostile A15).
@Suite("HTTP framing")
struct FramingTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let bytes: @Sendable (HTTPRequest) -> [UInt8]
        /// The status it is turned away with; 200 where it is in order.
        let status: Int

        init(_ name: String, _ status: Int = 400, _ bytes: @escaping @Sendable (HTTPRequest) -> [UInt8]) {
            testDescription = name
            self.status = status
            self.bytes = bytes
        }
    }

    /// The head with a text put in the place of another.
    private static func replaced(_ old: String, _ new: String) -> @Sendable (HTTPRequest) -> [UInt8] {
        { Array(String(decoding: $0.bytes, as: UTF8.self).replacing(old, with: new, maxReplacements: 1).utf8) }
    }

    private static func with(_ name: String, _ value: String) -> @Sendable (HTTPRequest) -> [UInt8] {
        { $0.adding(name, value).bytes }
    }

    static let rows = [
        Row("in order", 200) { $0.bytes }, Row("in chunks", 200) { $0.chunked(7) },
        Row("in one-byte chunks", 200) { $0.chunked(1) },
        Row("content-length and chunked") { $0.adding("Transfer-Encoding", "chunked").bytes },
        Row("chunked and content-length") { request in
            Array(
                String(decoding: request.chunked(8), as: UTF8.self).replacing(
                    "\r\n\r\n", with: "\r\nContent-Length: 5\r\n\r\n", maxReplacements: 1
                ).utf8)
        },
        Row("content-length twice") { $0.adding("Content-Length", "\($0.body.count)").bytes },
        Row("content-length twice, different") { $0.adding("content-length", "0").bytes },
        Row("content-length in a list") { $0.with("Content-Length", "\($0.body.count), \($0.body.count)").bytes },
        Row("content-length with a sign") { $0.with("Content-Length", "+\($0.body.count)").bytes },
        Row("a negative content-length") { $0.with("Content-Length", "-1").bytes },
        Row("content-length in hexadecimal") { $0.with("Content-Length", "0x10").bytes },
        Row("a content-length beyond 64 bits") { $0.with("Content-Length", "18446744073709551616").bytes },
        Row("an empty content-length") { $0.with("Content-Length", "").bytes },
        Row("a space before the colon", 400, replaced("Content-Length:", "Content-Length :")),
        Row("chunked twice") {
            $0.with("Content-Length", nil).adding("Transfer-Encoding", "chunked").adding("Transfer-Encoding", "chunked")
                .head
        },
        Row("gzip, chunked") { $0.with("Content-Length", nil).adding("Transfer-Encoding", "gzip, chunked").head },
        Row("chunked, identity") {
            $0.with("Content-Length", nil).adding("Transfer-Encoding", "chunked, identity").head
        },
        Row("identity") { $0.with("Content-Length", nil).adding("Transfer-Encoding", "identity").head },
        Row("xchunked") { $0.with("Content-Length", nil).adding("Transfer-Encoding", "xchunked").head },
        Row("a chunk size with a sign") {
            $0.with("Content-Length", nil).adding("Transfer-Encoding", "chunked").head
                + Array("+2\r\n{}\r\n0\r\n\r\n".utf8)
        },
        Row("a chunk size beyond 64 bits") {
            $0.with("Content-Length", nil).adding("Transfer-Encoding", "chunked").head
                + Array("10000000000000000\r\n".utf8)
        },
        Row("a chunk longer than its size") {
            $0.with("Content-Length", nil).adding("Transfer-Encoding", "chunked").head
                + Array("1\r\n{}\r\n0\r\n\r\n".utf8)
        },
        Row("a bare LF after a chunk size") {
            $0.with("Content-Length", nil).adding("Transfer-Encoding", "chunked").head
                + Array("2\n{}\r\n0\r\n\r\n".utf8)
        },
        Row("a folded line", 400, replaced("Accept: application/json, ", "Accept: application/json,\r\n ")),
        Row("a line folded by a tab", 400, replaced("Content-Type: ", "Content-Type:\r\n\t")),
        Row("a line that begins with a space", 400, replaced("\r\nAccept", "\r\n Accept")),
        Row("a bare CR in a value", 400, replaced("Accept: ", "Accept: a\rb")),
        Row("a NUL in a value", 400, replaced("Accept: ", "Accept: a\0")),
        Row("a NUL in a name", 400, replaced("Accept: ", "Acc\0ept: ")),
        Row("a space in a name", 400, replaced("Accept: ", "Acc ept: ")),
        Row("a line without a colon", 400, replaced("Accept: ", "Accept\r\nAccept: ")),
        Row("a line without a name", 400, replaced("Accept: ", ": x\r\nAccept: ")),
        Row("bare LFs") {
            Array(String(decoding: $0.head, as: UTF8.self).replacing("\r\n", with: "\n").utf8) + $0.body
        },
        Row("one bare LF", 400, replaced("\r\nAccept", "\nAccept")),
        Row("HTTP/1.0", 400, replaced("HTTP/1.1", "HTTP/1.0")), Row("HTTP/2.0", 400, replaced("HTTP/1.1", "HTTP/2.0")),
        Row("HTTP/0.9", 400, replaced(" HTTP/1.1", "")), Row("HTTP/1.10", 400, replaced("HTTP/1.1", "HTTP/1.10")),
        Row("a method in other case", 400, replaced("POST ", "post ")),
        Row("an HTTP/2 preface") { _ in Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8) },
        Row("a TLS hello in the clear") { _ in
            [0x16, 3, 1, 0, 200, 1, 0, 0, 196, 3, 3] + [UInt8](repeating: 7, count: 64)
        },
        Row("a pseudo-header", 400, replaced("Accept: ", ":path: /mcp/tools\r\nAccept: ")),
        Row("Expect: 100-continue", 417, with("Expect", "100-continue")),
        Row("Expect: anything", 417, with("expect", "x")),
        Row("too many fields") { request in (0..<100).reduce(request) { $0.adding("X-\($1)", "y") }.bytes },
        Row("too long a field", 400, with("X-Long", String(repeating: "y", count: 33 * 1024))),
        Row("a field beyond all measure", 400, with("X-Long", String(repeating: "y", count: 200 * 1024))),
    ]

    @Test("a request that can be divided in two ways is refused, and the connection with it", arguments: rows)
    func framing(_ row: Row) async throws {
        let words = try await EndpointUnderTest.with { endpoint in
            let client = try await endpoint.connect()
            // What stands behind must not pass for a second request.
            let second = endpoint.call("echo", id: "2")
            client.throwIn(row.bytes(endpoint.call("echo")) + (row.status == 200 ? [] : second.bytes))
            let response = try await client.response()
            #expect(response.status == row.status, "\(response.text)")
            if row.status != 200 {
                #expect(response["connection"] == "close")
                #expect(try await client.closed() == "")
            }
            #expect(endpoint.world.upstream.calls.value.count == (row.status == 200 ? 1 : 0))
            await client.leave()
        }
        #expect(words == [row.status == 200 ? "allowed" : "refused (malformed HTTP)"])
    }

    @Test(
        "chunk extensions and trailers say nothing: the body is the same, or the request is refused",
        arguments: [
            ("", "X-Trailer: x\r\n"), (";name=value", ""), (";name", ""), (";name=\"va;lue\"", ""), (" ;x=y", ""),
            ("", "Host: evil.example\r\n"), ("", "Content-Length: 3\r\n"), ("", "Transfer-Encoding: chunked\r\n"),
        ])
    func extensions(_ ending: String, _ trailer: String) async throws {
        try await EndpointUnderTest.with { endpoint in
            let request = endpoint.call("echo")
            let head = request.with("Content-Length", nil).adding("Transfer-Encoding", "chunked").head
            let size = String(request.body.count, radix: 16)
            let body = Array("\(size)\(ending)\r\n".utf8) + request.body + Array("\r\n0\r\n\(trailer)\r\n".utf8)
            let client = try await endpoint.connect()
            client.throwIn(head + body)
            let response = try await client.response()
            #expect([200, 400].contains(response.status))
            #expect(endpoint.world.upstream.calls.value.count == (response.status == 200 ? 1 : 0))
            #expect(endpoint.world.upstream.calls.value.allSatisfy { $0.effective?.tool == Array("echo".utf8) })
            await client.leave()
        }
    }

    @Test("a request comes whole however the network divides it")
    func divided() async throws {
        let seed = UInt64.random(in: .min ... .max)
        var dice = SeededGenerator(seed: seed)
        try await EndpointUnderTest.with { endpoint in
            let client = try await endpoint.connect()
            for round in 0..<12 {
                let request = endpoint.call("echo", id: "\(round)")
                var rest = (round.isMultiple(of: 2) ? request.bytes : request.chunked(5))[...]
                while !rest.isEmpty {
                    let count = round < 2 ? 1 : Int.random(in: 1...min(40, rest.count), using: &dice)
                    try await client.send(rest.prefix(count))
                    rest = rest.dropFirst(count)
                }
                let response = try await client.response()
                #expect(response.json?["id"]?.int == round, "seed \(seed)")
            }
            await client.leave()
        }
    }
}

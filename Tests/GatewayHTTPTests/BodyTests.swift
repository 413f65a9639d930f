import Gateway
import GatewayHTTP
import GatewayTesting
import NIOCore
import Testing
import WireJSON

/// Bodies too large or too slow (hostile A11; protocol notes 1.3, "overload/size").
@Suite("Bodies")
struct BodyTests {
    private static var small: EndpointLimits {
        var limits = EndpointUnderTest.limits
        limits.bodyBytes = 1000
        return limits
    }

    /// A call whose body is exactly this long.
    private static func call(_ endpoint: EndpointUnderTest, of length: Int) -> HTTPRequest {
        let empty = endpoint.call("echo", arguments: #"{"a":""}"#)
        let filler = String(repeating: "x", count: length - empty.body.count)
        return endpoint.call("echo", arguments: #"{"a":"\#(filler)"}"#)
    }

    @Test("a body up to the bound is taken, declared or in chunks")
    func fits() async throws {
        try await EndpointUnderTest.with(limits: Self.small) { endpoint in
            let request = Self.call(endpoint, of: 1000)
            #expect(request.body.count == 1000)
            try await endpoint.expect(200, request)
            let response = try await endpoint.exchange(bytes: request.chunked(300))
            #expect(response.status == 200)
        }
    }

    @Test("a body over the bound is 413 with one entry, declared or in chunks, and nothing is called")
    func tooLarge() async throws {
        for isChunked in [false, true] {
            let words = try await EndpointUnderTest.with(limits: Self.small) { endpoint in
                let request = Self.call(endpoint, of: 1001)
                let client = try await endpoint.connect()
                client.throwIn(isChunked ? request.chunked(300) : request.bytes)
                let response = try await client.response()
                #expect(response.status == 413 && response["connection"] == "close")
                #expect(try await client.closed() == "")
                #expect(endpoint.world.upstream.calls.value.isEmpty)
            }
            #expect(words == ["refused (body too large)"])
        }
    }

    @Test("a declared length is answered before the body is sent")
    func declared() async throws {
        try await EndpointUnderTest.with { endpoint in
            for length in ["4194305", "9223372036854775807"] {
                let response = try await endpoint.exchange(
                    bytes: endpoint.call("echo").with("Content-Length", length).head)
                #expect(response.status == 413)
            }
        }
    }

    @Test("whoever sends on regardless still gets the answer, and the connection ends")
    func regardless() async throws {
        var limits = EndpointUnderTest.limits
        limits.bodyBytes = 100_000
        limits.linger = .seconds(60)
        try await EndpointUnderTest.with(limits: limits) { endpoint in
            for isChunked in [false, true] {
                let client = try await endpoint.connect()
                let request = Self.call(endpoint, of: 12 << 20)
                // A client that sends all it has before it looks at what came back.
                try await client.send(isChunked ? request.chunked(1 << 16) : request.bytes)
                let response = try await client.response()
                #expect(response.status == 413)
                await client.leave()
            }
        }
    }

    @Test("what is refused for its head is not kept while it comes in, and its size still counts")
    func refusedHead() async throws {
        let words = try await EndpointUnderTest.with(limits: Self.small) { endpoint in
            let stranger = Self.call(endpoint, of: 1000).with("Authorization", nil)
            try await endpoint.expect(401, stranger)
            let response = try await endpoint.exchange(
                bytes: Self.call(endpoint, of: 1001).with("Authorization", nil).chunked(100))
            #expect(response.status == 401 && response["connection"] == "close")
        }
        #expect(words == ["refused (unknown token)", "refused (unknown token)"])
    }

    @Test("a body that does not come to its end in time ends its connection with 408 and one entry")
    func slow() async throws {
        var limits = EndpointUnderTest.limits
        limits.receive = .milliseconds(100)
        let words = try await EndpointUnderTest.with(limits: limits) { endpoint in
            let client = try await endpoint.connect()
            try await client.send(endpoint.call("echo").bytes.dropLast())
            let response = try await client.response()
            #expect(response.status == 408 && response["connection"] == "close")
            #expect(try await client.closed() == "")
            // Whoever was refused for the head is told that.
            let stranger = try await endpoint.connect()
            try await stranger.send(endpoint.call("echo").with("Authorization", nil).bytes.dropLast())
            #expect(try await stranger.response().status == 401)
            #expect(try await stranger.closed() == "")
            #expect(endpoint.world.upstream.calls.value.isEmpty)
        }
        #expect(words == ["refused (request too slow)", "refused (unknown token)"])
    }

    @Test("a client that leaves in the middle of its body has asked for nothing")
    func halfSent() async throws {
        let words = try await EndpointUnderTest.with { endpoint in
            let client = try await endpoint.connect()
            try await client.send(endpoint.call("echo").bytes.dropLast())
            await client.leave()
            try await endpoint.expect(200, endpoint.call("echo"))
            #expect(endpoint.world.upstream.calls.value.count == 1)
        }
        #expect(words == ["refused (request not complete)", "allowed"])
    }

    @Test("a large answer arrives whole, also on a connection that closes after it", arguments: [true, false])
    func largeAnswer(isClosing: Bool) async throws {
        try await EndpointUnderTest.with { endpoint in
            let text = String(repeating: "0123456789abcdef", count: 1 << 19)
            endpoint.world.upstream.script {
                $0.answer(#"{"content":[{"type":"text","text":"\#(text)"}],"resultType":"complete"}"#)
            }
            let client = try await endpoint.connect()
            try await client.send(endpoint.call("echo").adding("Connection", isClosing ? "close" : "keep-alive").bytes)
            // One check at the end: the response is megabytes.
            let seen = try await client.inbox.value { $0.bytes.count > text.utf8.count || $0.isClosed }
            #expect(seen.bytes.count > text.utf8.count)
            let response = try await client.response()
            #expect(response.json?["result"]?["content"]?[0]?["text"]?.string == text)
            #expect(response["connection"] == (isClosing ? "close" : nil))
            await client.leave()
        }
    }
}

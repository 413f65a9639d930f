import GatewayTesting
import NIOCore
import NIOEmbedded
import NIOHTTP1
import Testing

@testable import Upstreams

/// The framer against NIOHTTP1's response decoder, on responses made at random: what both accept is the same, and what the
/// framer accepts the decoder accepts.
@Suite("Response framer beside NIOHTTP1")
struct ResponseFramerDifferentialTests {
    typealias Response = ResponseFramerTests.Response

    @Test("both readers see the same responses in well-formed streams")
    func agreesOnGoodStreams() throws {
        let seed = UInt64.random(in: .min ... .max)
        var random = SeededGenerator(seed: seed)
        for round in 0..<2000 {
            let text = ResponseGenerator.stream(&random)
            let pieces = Self.divide(Array(text.utf8), &random)
            let ours = ResponseFramerTests.read(pieces, thenCloses: true)
            let theirs = Self.decode(pieces)
            try #require(
                ours == theirs.map { .responses($0) }, "seed \(seed), round \(round): \(text.debugDescription)")
        }
    }

    @Test("what the framer accepts of damaged streams, the other reader takes the same way")
    func neverReadsDifferently() throws {
        let seed = UInt64.random(in: .min ... .max)
        var random = SeededGenerator(seed: seed)
        var accepted = 0
        for round in 0..<20_000 {
            var bytes = Array(ResponseGenerator.stream(&random).utf8)
            ResponseGenerator.damage(&bytes, &random)
            let pieces = Self.divide(bytes, &random)
            guard case .responses(let ours) = ResponseFramerTests.read(pieces, thenCloses: true) else { continue }
            accepted += 1
            let text = String(decoding: bytes, as: UTF8.self).debugDescription
            try #require(ours == Self.decode(pieces), "seed \(seed), round \(round): \(text)")
        }
        print("framer beside NIOHTTP1: seed \(seed), \(accepted) damaged streams accepted by both")
    }

    private static func divide(_ bytes: [UInt8], _ random: inout SeededGenerator) -> [[UInt8]] {
        var pieces: [[UInt8]] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = Int.random(in: 1...max(1, min(rest.count, 200)), using: &random)
            pieces.append(Array(rest.prefix(count)))
            rest = rest.dropFirst(count)
        }
        return pieces
    }

    /// What NIOHTTP1 makes of the bytes; nil when it refuses them.
    private static func decode(_ pieces: [[UInt8]]) -> [Response]? {
        let channel = EmbeddedChannel()
        do {
            try channel.pipeline.syncOperations.addHandler(
                ByteToMessageHandler(HTTPResponseDecoder(leftOverBytesStrategy: .dropBytes)))
            // The decoder wants to know what was asked.
            for _ in 0..<16 {
                let head = HTTPRequestHead(version: .http1_1, method: .POST, uri: "/")
                try channel.writeOutbound(HTTPClientRequestPart.head(head))
            }
            for piece in pieces { try channel.writeInbound(ByteBuffer(bytes: piece)) }
            _ = try channel.finish()
        } catch {
            // What follows a response that ends the connection is nobody's: there this side stops, the decoder complains.
            let responses = read(channel)
            return responses.last.map { $0.isComplete && $0.closes } == true ? responses : nil
        }
        return read(channel)
    }

    private static func read(_ channel: EmbeddedChannel) -> [Response] {
        var responses: [Response] = []
        while let part = try? channel.readInbound(as: HTTPClientResponsePart.self) {
            switch part {
            case .head(let head):
                guard head.status.code >= 200 else { continue }
                responses.append(
                    Response(
                        status: Int(head.status.code), body: "", isComplete: false,
                        closes: ResponseGenerator.closes(head)))
            case .body(let bytes): responses[responses.count - 1].body += String(buffer: bytes)
            case .end:
                // Interim responses end too.
                if !responses.isEmpty { responses[responses.count - 1].isComplete = true }
            }
        }
        return responses
    }
}

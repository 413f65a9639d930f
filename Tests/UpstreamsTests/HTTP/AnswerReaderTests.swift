import Gateway
import MCPMessages
import NIOCore
import Testing
import WireJSON

@testable import Upstreams

/// Bodies as the messages in them.
@Suite("Answer reader")
struct AnswerReaderTests {
    private static func head(_ fields: String) throws -> ResponseHead {
        var framer = ResponseFramer()
        var buffer = ByteBuffer(string: "HTTP/1.1 200 OK\r\n\(fields)\r\n\r\n")
        guard case .head(let head)? = try framer.next(&buffer) else { throw Unreadable() }
        return head
    }

    private struct Unreadable: Error {}

    /// The methods of the notifications in a body that comes in pieces, as they come, a list for each piece.
    private static func read(_ pieces: [String], _ fields: String) throws -> [[String]] {
        var reader = AnswerReader()
        guard try reader.begin(head(fields)) else { return [] }
        var methods: [[String]] = []
        for piece in pieces { methods.append(names(try reader.take(ByteBuffer(string: piece)))) }
        if let last = try reader.finish() { methods.append(names([last])) }
        return methods
    }

    private static func names(_ messages: [Message]) -> [String] {
        messages.map { if case .notification(let notification) = $0 { notification.method } else { "?" } }
    }

    private static func note(_ method: String) -> String { #"{"jsonrpc":"2.0","method":"\#(method)"}"# }

    static let chunked = "Content-Type: application/json\r\nTransfer-Encoding: chunked"

    /// Seen of the conformance suite's reference server: `application/json`, a message a line, the last without its end.
    @Test("messages on lines of a JSON body without a length are given out as they come")
    func readsLines() throws {
        #expect(
            try Self.read([Self.note("a") + "\n" + Self.note("b"), "\r\n\n", Self.note("c")], Self.chunked)
                == [["a"], ["b"], [], ["c"]])
    }

    @Test("a document laid out over lines is one message, wherever it is divided")
    func readsLaidOutDocuments() throws {
        let document =
            "{\n \"jsonrpc\": \"2.0\",\n \"method\": \"a\",\n \"params\": {\"t\": \"}\\\"{\", \"l\": [\n1,\n2\n]}\n}"
        let whole = document + "\n" + Self.note("b")
        for split in 0...whole.utf8.count {
            let bytes = Array(whole.utf8)
            let pieces = [bytes[..<split], bytes[split...]].map { String(decoding: $0, as: UTF8.self) }
            #expect(try Self.read(pieces, Self.chunked).flatMap { $0 } == ["a", "b"], "split at \(split)")
        }
    }

    @Test("a body with a length is one document")
    func readsOneDocument() throws {
        let body = Self.note("a") + "\n"
        let fields = "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)"
        #expect(try Self.read([body], fields) == [[], ["a"]])
        let two = body + body
        #expect(throws: UpstreamFailure.self) {
            try Self.read([two], "Content-Type: application/json\r\nContent-Length: \(two.utf8.count)")
        }
    }

    @Test("a line that is no message is no answer")
    func refusesOtherLines() throws {
        for line in ["hello\n", "1\n", "[]\n", "}\n", "{}\n"] {
            #expect(throws: UpstreamFailure.self, "\(line)") { try Self.read([line], Self.chunked) }
        }
    }

    @Test("a line without an end is bounded")
    func boundsLines() throws {
        let piece = "\"" + String(repeating: "a", count: 1 << 20)
        #expect(throws: UpstreamFailure.self) { try Self.read(Array(repeating: piece, count: 17), Self.chunked) }
    }
}

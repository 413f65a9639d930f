import MCPMessages
import NIOCore
import NIOEmbedded
import Testing

@testable import Upstreams

@Suite("lines of a stdio server")
struct StdioLineTests {
    // MARK: Framing

    @Test(
        "lines are cut at line feeds, in whatever pieces they come",
        arguments: [
            (["a\nb\n"], ["a", "b"]), (["a", "b", "c\n"], ["abc"]), (["a\n", "\n", "\n", "b\n"], ["a", "b"]),
            (["a\r\n"], ["a\r"]), (["a\nb"], ["a"]), ([""], []), (["\n"], []),
            (["12345678\n"], ["12345678"]), (["1234", "5678\n9\n"], ["12345678", "9"]),
        ])
    func framing(pieces: [String], lines: [String]) throws {
        let channel = EmbeddedChannel(handler: LineFramer(limit: 8))
        for piece in pieces { try channel.writeInbound(ByteBuffer(string: piece)) }
        #expect(try Self.drain(channel) == lines)
        _ = try? channel.finish()
    }

    @Test(
        "a line over the limit is told once, whether it ends or not, and nothing after it is read",
        arguments: [
            ["ok\n", "123456789\n", "no\n"], ["ok\n12345", "6789", "\nno\n"], ["ok\n", "123456789012345678"],
        ])
    func tooLong(pieces: [String]) throws {
        let channel = EmbeddedChannel(handler: LineFramer(limit: 8))
        var complaints = 0
        for piece in pieces {
            do {
                try channel.writeInbound(ByteBuffer(string: piece))
            } catch is LineFramer.LineTooLong {
                complaints += 1
            }
        }
        #expect(complaints == 1)
        #expect(try Self.drain(channel) == ["ok"])
        _ = try? channel.finish()
    }

    @Test("any division of the bytes gives the same lines")
    func divisions() throws {
        let text = "{\"a\":1}\n\n{\"b\":\"é\"}\nplain\n"
        let bytes = Array(text.utf8)
        for first in 0...bytes.count {
            for second in stride(from: first, through: bytes.count, by: 3) {
                let channel = EmbeddedChannel(handler: LineFramer(limit: 64))
                for piece in [bytes[..<first], bytes[first..<second], bytes[second...]] {
                    try channel.writeInbound(ByteBuffer(bytes: piece))
                }
                #expect(try Self.drain(channel) == ["{\"a\":1}", "{\"b\":\"é\"}", "plain"])
                _ = try? channel.finish()
            }
        }
    }

    static func drain(_ channel: EmbeddedChannel) throws -> [String] {
        var lines: [String] = []
        while let line = try channel.readInbound(as: [UInt8].self) {
            lines.append(String(decoding: line, as: UTF8.self))
        }
        return lines
    }

    // MARK: Reading

    @Test(
        "a line is a message, noise, or an answer that cannot be read",
        arguments: [
            (#"{"jsonrpc":"2.0","id":1,"result":{}}"#, "message"),
            (#" {"jsonrpc":"2.0","method":"notifications/x"} "#, "message"),
            (#"{"jsonrpc":"2.0","id":1,"result":{"x":"\ud800"}}"#, "message"),
            ("starting", "noise"), ("  \t", "noise"), ("[INFO] up", "noise"), ("{'a': 1}", "noise"), ("{", "noise"),
            (#"{"level":30,"msg":"x"}"#, "noise"), ("[]", "noise"), ("{}", "noise"),
            (#"{"jsonrpc":"2.0","id":4,"result":{"x":NaN}}"#, "unreadable 4"),
            (#"{"jsonrpc":"2.0", "id" : 4 , "result":{"x":1,"x":2}}"#, "unreadable 4"),
            (#"{"jsonrpc":"2.0","id":4,"result":{},"error":{"code":1,"message":"x"}}"#, "unreadable 4"),
            (#"{"jsonrpc":"2.0","id":4,"result":null}"#, "unreadable 4"),
            (#"{"id":4,"result":{}}"#, "unreadable 4"),
            // Somebody else's id in a value, a request of the child's, two claims, no integer.
            (#"{"jsonrpc":"2.0","result":{"id":4,"x":NaN}}"#, "noise"),
            (#"{"jsonrpc":"2.0","id":4,"method":"ping","params":{"x":NaN}}"#, "noise"),
            (#"{"jsonrpc":"2.0","id":4,"method":"ping","params":[]}"#, "noise"),
            (#"{"jsonrpc":"2.0","id":4,"id":5,"result":{}}"#, "noise"),
            (#"{"jsonrpc":"2.0","id":"4","result":{"x":NaN}}"#, "noise"),
            (#"{"jsonrpc":"2.0","note":"\"id\":9","id":4,"result":{"x":NaN}}"#, "unreadable 4"),
            (#"{"id":99999999999999999999,"x":NaN}"#, "noise"),
            (#"{"x\"#, "noise"), (#"{"id"#, "noise"), (#"{"id":"#, "noise"),
            (#"[{"jsonrpc":"2.0","id":1,"result":{}}]"#, "noise"),
        ])
    func reading(line: String, kind: String) {
        let told =
            switch IncomingLine(Array(line.utf8), readsBatches: false) {
            case .message: "message"
            case .batch: "batch"
            case .noise: "noise"
            case .unreadable(let id, _): "unreadable \(id)"
            }
        #expect(told == kind)
    }

    @Test("several messages on a line are read together or not at all")
    func batches() {
        let good = #"{"jsonrpc":"2.0","id":1,"result":{}}"#
        guard case .batch(let messages) = IncomingLine(Array("[\(good),\(good)]".utf8), readsBatches: true) else {
            Issue.record("no batch")
            return
        }
        #expect(messages.count == 2)
        guard case .noise = IncomingLine(Array("[\(good),{}]".utf8), readsBatches: true) else {
            Issue.record("not noise")
            return
        }
    }

    @Test("a claim is found or not, and never a crash, in any prefix of an answer")
    func prefixes() {
        let answer = Array(#"{"jsonrpc":"2.0","id":42,"result":{"a":["\\\"",{"id":7}],"b":NaN}}"#.utf8)
        for length in 0...answer.count {
            let claim = AnswerClaim.id(in: Array(answer.prefix(length)))
            #expect(claim == nil || claim == 4 || claim == 42)
        }
    }

    // MARK: Logging

    @Test(
        "text for the log is one harmless line",
        arguments: [
            ("plain", "plain"), ("naïve – ☃", "naïve – ☃"), ("a\r", "a"), ("a\u{1b}[31mb", #"a\u{1b}[31mb"#),
            ("a\u{202e}b\u{200b}\u{feff}", #"a\u{202e}b\u{200b}\u{feff}"#), ("a\tb\0", #"a\u{9}b\u{0}"#),
            ("a\u{2028}b", #"a\u{2028}b"#), ("0123456789abc", "0123456789…"),
        ])
    func harmless(text: String, logged: String) {
        #expect(LoggedText.harmless(Array(text.utf8), limit: text.hasPrefix("0") ? 10 : 100, cut: false) == logged)
    }

    @Test("bytes that are no UTF-8 are replaced")
    func notUTF8() {
        #expect(LoggedText.harmless([0x61, 0xFF, 0x62], limit: 10, cut: true) == "a\u{FFFD}b…")
    }

    @Test("a gate lets its burst and then its rate through, and counts the rest")
    func gate() {
        let start = NIODeadline.uptimeNanoseconds(1_000_000_000)
        var gate = RateGate(perSecond: 10, now: start)
        #expect((0..<100).filter { _ in gate.admits(at: start) }.count == 50)
        #expect(gate.takeSuppressed() == 50)
        #expect(gate.takeSuppressed() == 0)
        #expect((0..<100).filter { _ in gate.admits(at: start + .milliseconds(250)) }.count == 2)
        #expect((0..<100).filter { _ in gate.admits(at: start + .hours(1)) }.count == 50)
    }
}

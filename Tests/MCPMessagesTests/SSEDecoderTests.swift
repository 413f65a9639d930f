import GatewayTesting
import MCPMessages
import Testing

/// WHATWG HTML section 9.2.6, "Interpreting an event stream".
@Suite("Server-sent events, read")
struct SSEDecoderTests {
    /// Events as a text: `[id|name|retry]data`, one a line.
    private static func words(_ events: [SSEDecoder.Event]) -> String {
        events.map { event in
            let head = [event.id.map(text) ?? "-", event.name.map(text) ?? "-", event.retry.map(String.init) ?? "-"]
            return "[\(head.joined(separator: "|"))]\(text(event.data).replacing("\n", with: "⏎"))"
        }.joined(separator: "\n")
    }

    static let streams = [
        Case("data: a\n\n", "[-|-|-]a"),
        Case("data:a\n\n", "[-|-|-]a"),
        Case("data:  a\n\n", "[-|-|-] a"),
        Case("data: a\r\rdata: b\r\r", "[-|-|-]a\n[-|-|-]b"),
        Case("data: a\r\n\r\ndata: b\r\n\r\n", "[-|-|-]a\n[-|-|-]b"),
        Case("data: a\n\r\ndata: b\r\n\n", "[-|-|-]a\n[-|-|-]b"),
        Case("data: a\rdata: b\n\r", "[-|-|-]a⏎b"),
        Case("data: a\ndata: b\ndata: c\n\n", "[-|-|-]a⏎b⏎c"),
        Case("data\ndata\n\n", "[-|-|-]⏎"),
        Case("data: \n\n", "[-|-|-]"),
        Case("data\n\n", "[-|-|-]"),
        Case("id: 7\ndata\n\n", "[7|-|-]"),
        Case("event: message\ndata: x\nid: a b\n\n", "[a b|message|-]x"),
        Case("id\ndata: x\n\n", "[|-|-]x"),
        Case("id: a\0b\ndata: x\n\n", "[-|-|-]x"),
        Case("id: 1\nid: 2\ndata: x\n\n", "[2|-|-]x"),
        Case("retry: 1500\ndata: x\n\n", "[-|-|1500]x"),
        Case("retry: 15s\ndata: x\n\n", "[-|-|-]x"),
        Case("retry: 10\nretry: x\ndata: y\n\n", "[-|-|10]y"),
        Case("retry:\ndata: x\n\n", "[-|-|-]x"),
        Case("retry: 99999999999999999999\ndata: x\n\n", "[-|-|-]x"),
        Case("retry: -1\n\n", ""),
        Case("retry: 5\n\n", "[-|-|5]"),
        Case(": comment\n\n:\n\ndata: x\n\n", "[-|-|-]x"),
        Case(":data: x\n\n", ""),
        Case("\n\n\n", ""),
        Case("Data: x\nDATA: y\n data: z\n\n", ""),
        Case("other: x\ndata: y\n\n", "[-|-|-]y"),
        Case("data: a: b\n\n", "[-|-|-]a: b"),
        Case("data: {\"a\":\n\n", "[-|-|-]{\"a\":"),
        // A byte order mark only at the very beginning.
        Case("\u{FEFF}data: x\n\n", "[-|-|-]x"),
        Case("\u{FEFF}\ndata: x\n\n", "[-|-|-]x"),
        Case("\n\u{FEFF}data: x\n\n", ""),
        Case("data: \u{FEFF}x\n\n", "[-|-|-]\u{FEFF}x"),
        // An event that is not ended is none.
        Case("data: x\n", ""),
        Case("data: x", ""),
        Case("data: x\n\ndata: y\n", "[-|-|-]x"),
        Case("data: caf\u{E9}\n\n", "[-|-|-]caf\u{E9}"),
    ]

    @Test("a stream is read by the rules, wherever it is divided", arguments: streams)
    func everySplit(_ row: Case) throws {
        let bytes = Array(row.text.utf8)
        for cut in 0...bytes.count {
            var decoder = SSEDecoder()
            let events = try decoder.feed(bytes[..<cut]) + decoder.feed(bytes[cut...])
            #expect(Self.words(events) == row.expected, "cut at \(cut)")
        }
        var decoder = SSEDecoder()
        var events: [SSEDecoder.Event] = []
        for byte in bytes { events += try decoder.feed([byte]) }
        #expect(Self.words(events) == row.expected, "byte by byte")
    }

    @Test("many events in any division are the same events")
    func seeded() throws {
        let seed = UInt64.random(in: .min ... .max)
        var dice = SeededGenerator(seed: seed)
        let pieces = Self.streams.map(\.text).filter { $0.hasSuffix("\n\n") && !$0.contains("\u{FEFF}") }
        for _ in 0..<200 {
            let stream = (0..<8).map { _ in pieces.randomElement(using: &dice) ?? "" }.joined()
            var whole = SSEDecoder()
            let expected = try whole.feed(stream.utf8)
            var divided = SSEDecoder()
            var events: [SSEDecoder.Event] = []
            var rest = Array(stream.utf8)[...]
            while !rest.isEmpty {
                let count = Int.random(in: 1...min(9, rest.count), using: &dice)
                events += try divided.feed(rest.prefix(count))
                rest = rest.dropFirst(count)
            }
            #expect(events == expected, "seed \(seed): \(stream.debugDescription)")
        }
    }

    @Test("an event over the bound ends the stream with an error, however it is spread over lines")
    func bound() throws {
        let limit = 64
        var fits = SSEDecoder(limit: limit)
        #expect(try fits.feed("data: \(String(repeating: "x", count: limit - 6))\n\n".utf8).count == 1)
        // What one event took is free for the next.
        #expect(try fits.feed("data: \(String(repeating: "x", count: limit - 6))\n\n".utf8).count == 1)
        let floods = [
            String(repeating: "x", count: limit + 1), ":" + String(repeating: "x", count: limit),
            String(repeating: "data: xxxxxxxx\n", count: 20), String(repeating: "data\n", count: 200),
            "data: x\n" + "event: " + String(repeating: "x", count: limit),
            "id: " + String(repeating: "x", count: limit),
        ]
        for flood in floods {
            var decoder = SSEDecoder(limit: limit)
            #expect(throws: SSEDecoder.EventTooLarge.self, "\(flood.prefix(20))") { try decoder.feed(flood.utf8) }
        }
    }

    @Test("what is written is read back as it was", arguments: ["{}", "{\n\"a\":\r\n1}", "caf\u{E9}", ""])
    func roundTrip(_ message: String) throws {
        var decoder = SSEDecoder()
        let written = SSEEncoder.keepAlive + SSEEncoder.event(Array(message.utf8), id: "7") + SSEEncoder.keepAlive
        let events = try decoder.feed(written)
        #expect(events.count == 1)
        #expect(events.first?.id == Array("7".utf8))
        #expect(events.first?.data == OneLine.of(Array(message.utf8)))
    }
}

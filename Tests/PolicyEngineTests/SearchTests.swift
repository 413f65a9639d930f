import Testing

@testable import PolicyEngine

@Suite("searching and comparing bytes")
struct SearchTests {
    @Test("a text is found exactly where it is, for small alphabets exhaustively and for long texts by seed")
    func search() {
        let seed: UInt64 = 7
        print("seed \(seed)")
        var random = Seeded(seed)
        for _ in 0..<3_000 {
            let length = Int.random(in: 0...Int.random(in: 1...400, using: &random), using: &random)
            let text = (0..<length).map { _ in UInt8.random(in: 97...98, using: &random) }
            let wantedLength = Int.random(in: 0...Int.random(in: 1...90, using: &random), using: &random)
            let wanted = (0..<wantedLength).map { _ in UInt8.random(in: 97...98, using: &random) }
            let isThere =
                wanted.isEmpty
                || (text.count >= wanted.count
                    && (0...(text.count - wanted.count)).contains { start in
                        text[start..<start + wanted.count].elementsEqual(wanted)
                    })
            let isFound = text.span.contains(wanted.span)
            #expect(isFound == isThere, "\(text) \(wanted)")
        }
    }

    @Test("the worst text for a search takes no long time", .timeLimit(.minutes(1)))
    func worst() {
        let text = [UInt8](repeating: 97, count: 65_536)
        let wanted = [UInt8](repeating: 97, count: 4_000) + [98]
        for _ in 0..<100 {
            let isFound = text.span.contains(wanted.span)
            #expect(!isFound)
        }
    }

    @Test("characters beyond ASCII are noticed wherever they are")
    func plainness() {
        for length in 0..<40 {
            let plain = [UInt8](repeating: 0x61, count: length)
            #expect(isASCII(plain, plain.indices))
            for position in 0..<length {
                for byte: UInt8 in [0x5C, 0x7F, 0x80, 0xFF, 0xDC] {
                    var bytes = plain
                    bytes[position] = byte
                    #expect(isASCII(bytes, bytes.indices) == (byte < 0x80))
                    #expect(isASCII(bytes, position + 1..<length))
                }
            }
        }
    }

    private func isASCII(_ bytes: [UInt8], _ range: Range<Int>) -> Bool { bytes.span.isASCII(range) }
}

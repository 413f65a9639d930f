import GatewayTesting
import MCPMessages
import Testing

/// Base64 in one spelling only (RFC 4648 sections 3.5, 4 and 5).
@Suite("Base64")
struct Base64Tests {
    @Test(
        "the vectors of RFC 4648 section 10",
        arguments: [
            ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ])
    func vectors(_ plain: String, _ coded: String) {
        #expect(Base64.standard.encode(Array(plain.utf8)) == Array(coded.utf8))
        #expect(Base64.standard.decode(coded.utf8) == Array(plain.utf8))
        let bare = coded.replacing("=", with: "")
        #expect(Base64.url.encode(Array(plain.utf8)) == Array(bare.utf8))
        #expect(Base64.url.decode(bare.utf8) == Array(plain.utf8))
    }

    @Test("the alphabets differ in their last two characters and take each other's for nothing")
    func alphabets() {
        let bytes: [UInt8] = [0xFB, 0xFF, 0xFE]
        #expect(Base64.standard.encode(bytes) == Array("+//+".utf8))
        #expect(Base64.url.encode(bytes) == Array("-__-".utf8))
        #expect(Base64.standard.decode("-__-".utf8) == nil && Base64.url.decode("+//+".utf8) == nil)
    }

    @Test(
        "another spelling of the same bytes is nothing",
        arguments: ["Zh==", "Zm9=", "Zg=", "Zg", "Zg===", "=", "====", "Z", "Zm9v\n", " Zm9v", "Zm=v", "Zm9vYg==Zg=="])
    func spellings(_ text: String) {
        #expect(Base64.standard.decode(text.utf8) == nil)
        #expect(Base64.url.decode(text.utf8) == nil || text == "Zg")
    }

    @Test("what is written is read, and one changed character never gives the same bytes")
    func roundTrip() {
        let seed = UInt64.random(in: .min ... .max)
        print("seed \(seed)")
        var random = SeededGenerator(seed: seed)
        for _ in 0..<2000 {
            let bytes = (0..<Int.random(in: 1...40, using: &random)).map { _ in
                UInt8.random(in: .min ... .max, using: &random)
            }
            for codec in [Base64.standard, .url] {
                var text = codec.encode(bytes)
                #expect(codec.decode(text) == bytes)
                let place = Int.random(in: 0..<text.count, using: &random)
                let before = text[place]
                text[place] = UInt8.random(in: 0x21...0x7E, using: &random)
                if text[place] != before { #expect(codec.decode(text) != bytes) }
            }
        }
    }
}

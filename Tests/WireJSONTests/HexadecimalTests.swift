import Testing
import WireJSON

@Suite("Hexadecimal text")
struct HexadecimalTests {
    @Test("bytes are two lower-case digits each and are read back from either case")
    func roundTrip() {
        let bytes = Array(UInt8.min...UInt8.max)
        let text = Hexadecimal.text(bytes)
        #expect(text.hasPrefix("000102") && text.hasSuffix("fdfeff") && text.utf8.count == 512)
        #expect(Hexadecimal.bytes(text) == bytes && Hexadecimal.bytes(text.uppercased()) == bytes)
        #expect(Hexadecimal.text([]) == "" && Hexadecimal.bytes("") == [])
    }

    @Test(
        "an odd number of digits or anything else is no hexadecimal text",
        arguments: ["0", "000", "0g", "g0", " 00", "0x00", "é0"])
    func malformed(text: String) {
        #expect(Hexadecimal.bytes(text) == nil)
    }
}

/// Whose answer a text is meant to be that the strict reader refused: NaN in a result, a key twice, too deep.
///
/// Without it the request would wait for its whole time. Nothing is taken from such a text but that its request has
/// failed, which is in the server's power anyway; so the scan is a rough one.
enum AnswerClaim {
    /// The integer under the outermost `"id"`, where there is one and no outermost `"method"`.
    static func id(in text: [UInt8]) -> Int? {
        var claim: Int?
        var depth = 0
        var index = 0
        while index < text.count {
            switch text[index] {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                index += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                index += 1
            case UInt8(ascii: "\""):
                let string = stringEnding(text, from: index)
                let isKey = depth == 1 && text.dropFirst(string.upperBound).first { $0 != 0x20 } == UInt8(ascii: ":")
                index = string.upperBound
                guard isKey else { continue }
                if text[string].elementsEqual("\"method\"".utf8) { return nil }
                if text[string].elementsEqual("\"id\"".utf8) {
                    guard claim == nil else { return nil }
                    claim = integer(in: text[index...])
                }
            default:
                index += 1
            }
        }
        return claim
    }

    private static func stringEnding(_ text: [UInt8], from start: Int) -> Range<Int> {
        var index = start + 1
        while index < text.count, text[index] != UInt8(ascii: "\"") {
            index += text[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        return start..<min(index + 1, text.count)
    }

    /// The integer after the colon.
    private static func integer(in rest: ArraySlice<UInt8>) -> Int? {
        let digits = rest.drop { $0 == 0x20 || $0 == UInt8(ascii: ":") }.prefix { (0x30...0x39).contains($0) }
        return Int(String(decoding: digits, as: UTF8.self))
    }
}

/// The two members of a JSON-RPC message that choose and address the answer, as ranges of its bytes.
struct Envelope {
    /// The method's text without its quotes.
    var method = 0..<0
    /// The id exactly as it was sent, quotes included; empty for a notification.
    var id = 0..<0
}

/// Finds the top-level `method` and `id` of a JSON object in `bytes[range]`, wherever they stand in it.
/// It walks over strings and nesting and checks nothing else.
func envelope(of bytes: Span<UInt8>, in range: Range<Int>) -> Envelope {
    var found = Envelope()
    var depth = 0
    var key = 0..<0
    var isKey = true
    var index = range.lowerBound
    while index < range.upperBound {
        switch bytes[index] {
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            depth += 1
            isKey = depth == 1
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
            depth -= 1
        case UInt8(ascii: ":") where depth == 1:
            isKey = false
        case UInt8(ascii: ",") where depth == 1:
            isKey = true
        case UInt8(ascii: "\""):
            let end = endOfString(in: bytes, from: index, to: range.upperBound)
            if depth == 1 {
                if isKey {
                    key = (index + 1)..<end
                } else if isEqual(bytes, key, "method") {
                    found.method = (index + 1)..<end
                } else if isEqual(bytes, key, "id") {
                    found.id = index..<(end + 1)
                }
            }
            index = end
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            if depth == 1, !isKey, found.id.isEmpty, isEqual(bytes, key, "id") {
                var end = index + 1
                while end < range.upperBound, isNumberByte(bytes[end]) { end += 1 }
                found.id = index..<end
                index = end - 1
            }
        default: break
        }
        index += 1
    }
    return found
}

/// Whether `bytes[range]` are the bytes of `text`.
func isEqual(_ bytes: Span<UInt8>, _ range: Range<Int>, _ text: StaticString) -> Bool {
    range.count == text.utf8CodeUnitCount && isPrefix(text, of: bytes, range)
}

/// Whether `bytes[range]` begin with the bytes of `text`.
func isPrefix(_ text: StaticString, of bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    let count = text.utf8CodeUnitCount
    guard range.count >= count else { return false }
    var index = 0
    while index < count {
        if bytes[range.lowerBound + index] != text.utf8Start[index] { return false }
        index += 1
    }
    return true
}

/// The index of the closing quote of the string that opens at `start`.
private func endOfString(in bytes: Span<UInt8>, from start: Int, to limit: Int) -> Int {
    var index = start + 1
    while index < limit {
        if bytes[index] == UInt8(ascii: "\"") { return index }
        index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    return limit - 1
}

private func isNumberByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."),
        UInt8(ascii: "e"), UInt8(ascii: "E"):
        true
    default: false
    }
}

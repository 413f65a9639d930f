/// Where one HTTP request lies in the bytes received so far.
enum Framing {
    case incomplete
    /// A whole request: whether it is a POST, its body, and where the next one begins.
    case request(isPost: Bool, body: Range<Int>)
    /// Framed in a way this server does not read (a chunked body).
    case unreadable
}

/// Frames the first request in `bytes`: one pass over the head's lines, looking for the body's length only.
func frame(_ bytes: Span<UInt8>) -> Framing {
    var length = 0
    var line = 0
    while true {
        guard let end = lineFeed(in: bytes, from: line) else { return .incomplete }
        if end - line <= 1 {
            let body = end + 1
            guard bytes.count - body >= length else { return .incomplete }
            return .request(isPost: bytes[0] == UInt8(ascii: "P"), body: body..<(body + length))
        }
        if hasName("content-length:", bytes, at: line, before: end) {
            length = decimal(in: bytes, from: line + 15, to: end)
        } else if hasName("transfer-encoding:", bytes, at: line, before: end) {
            return .unreadable
        }
        line = end + 1
    }
}

private func lineFeed(in bytes: Span<UInt8>, from start: Int) -> Int? {
    var index = start
    while index < bytes.count {
        if bytes[index] == UInt8(ascii: "\n") { return index }
        index += 1
    }
    return nil
}

private func hasName(_ name: StaticString, _ bytes: Span<UInt8>, at start: Int, before end: Int) -> Bool {
    let count = name.utf8CodeUnitCount
    guard end - start > count, bytes[start] | 0x20 == name.utf8Start[0] else { return false }
    var index = 1
    while index < count {
        // `:` and `-` already have the bit that makes a letter lower case.
        if bytes[start + index] | 0x20 != name.utf8Start[index] { return false }
        index += 1
    }
    return true
}

private func decimal(in bytes: Span<UInt8>, from start: Int, to end: Int) -> Int {
    var value = 0
    for index in start..<end where bytes[index] >= UInt8(ascii: "0") && bytes[index] <= UInt8(ascii: "9") {
        value = value &* 10 &+ Int(bytes[index] & 0x0F)
    }
    return value
}

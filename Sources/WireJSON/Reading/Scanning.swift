// The smallest pieces of the reader: free functions over the text, each moving `i` past what it read.

/// Moves past the four characters RFC 8259 section 2 calls white space.
@inline(__always)
func skipSpace(_ text: borrowing Span<UInt8>, _ i: inout Int) {
    while i < text.count {
        let byte = text[i]
        guard byte <= 0x20, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
        i += 1
    }
}

/// Moves past `true`, `false` or `null`.
@inline(__always)
func skipLiteral(_ text: borrowing Span<UInt8>, _ i: inout Int, _ literal: StaticString) throws(JSONError) {
    let start = i
    for k in 0..<literal.utf8CodeUnitCount {
        guard i < text.count else { throw JSONError(.unfinished, at: i) }
        guard text[i] == literal.utf8Start[k] else { throw JSONError(.unexpected, at: start) }
        i += 1
    }
}

/// Moves past a number as RFC 8259 section 6 writes it.
///
/// - Returns: Whether it has a fraction or an exponent.
func skipNumber(_ text: borrowing Span<UInt8>, _ i: inout Int) throws(JSONError) -> Bool {
    let start = i
    if text[i] == UInt8(ascii: "-") { i += 1 }
    if i < text.count, text[i] == UInt8(ascii: "0") {
        i += 1
    } else {
        try skipDigits(text, &i, of: start)
    }
    var hasPoint = false
    if i < text.count, text[i] == UInt8(ascii: ".") {
        i += 1
        hasPoint = true
        try skipDigits(text, &i, of: start)
    }
    if i < text.count, text[i] | 0x20 == UInt8(ascii: "e") {
        i += 1
        hasPoint = true
        if i < text.count, text[i] == UInt8(ascii: "+") || text[i] == UInt8(ascii: "-") { i += 1 }
        try skipDigits(text, &i, of: start)
    }
    // `01`, `1x`, `1.2.3`: what follows a number ends it, or the number itself is wrong.
    if i < text.count, isNumberLike(text[i]) { throw JSONError(.number, at: start) }
    return hasPoint
}

/// Moves past one digit and all that follow.
@inline(__always)
private func skipDigits(_ text: borrowing Span<UInt8>, _ i: inout Int, of start: Int) throws(JSONError) {
    guard i < text.count else { throw JSONError(.unfinished, at: i) }
    guard text[i] &- 0x30 < 10 else { throw JSONError(.number, at: start) }
    repeat { i += 1 } while i < text.count && text[i] &- 0x30 < 10
}

private func isNumberLike(_ byte: UInt8) -> Bool {
    byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26
        || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
        || byte == UInt8(ascii: "_")
}

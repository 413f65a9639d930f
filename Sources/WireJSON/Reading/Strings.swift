/// Moves past a string, from its first quote past its last.
///
/// - Parameter lenient: Whether a lone surrogate escape is let through.
/// - Returns: Whether the string has escapes.
func skipString(_ text: borrowing Span<UInt8>, _ i: inout Int, lenient: Bool) throws(JSONError) -> Bool {
    var hasEscapes = false
    i += 1
    while true {
        skipPlain(text, &i)
        guard i < text.count else { throw JSONError(.unfinished, at: i) }
        let byte = text[i]
        if byte == UInt8(ascii: "\"") {
            i += 1
            return hasEscapes
        } else if byte == UInt8(ascii: "\\") {
            hasEscapes = true
            try skipEscape(text, &i, lenient: lenient)
        } else if byte >= 0x80 {
            try skipMultibyte(text, &i)
        } else {
            throw JSONError(.controlCharacter, at: i)
        }
    }
}

/// Moves up to the next byte that is a quote, a backslash, a control character or not ASCII.
@inline(__always)
func skipPlain(_ text: borrowing Span<UInt8>, _ i: inout Int) {
    // Eight bytes at a time. Subtracting may borrow into higher bytes, so only the lowest mark is exact, and only it
    // is used.
    while i &+ 8 <= text.count {
        let word = UInt64(littleEndian: text.bytes.unsafeLoadUnaligned(fromByteOffset: i, as: UInt64.self))
        let quote = word ^ 0x2222_2222_2222_2222
        let slash = word ^ 0x5C5C_5C5C_5C5C_5C5C
        let found =
            ((word &- 0x2020_2020_2020_2020) | (quote &- 0x0101_0101_0101_0101) | (slash &- 0x0101_0101_0101_0101)
                | word)
            & 0x8080_8080_8080_8080
        if found != 0 {
            i += found.trailingZeroBitCount >> 3
            return
        }
        i += 8
    }
    while i < text.count {
        let byte = text[i]
        guard byte >= 0x20, byte < 0x80, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") else { return }
        i += 1
    }
}

/// Moves past an escape, or past both of a surrogate pair.
private func skipEscape(_ text: borrowing Span<UInt8>, _ i: inout Int, lenient: Bool) throws(JSONError) {
    let start = i
    i += 1
    guard i < text.count else { throw JSONError(.unfinished, at: i) }
    switch text[i] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
        UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
        i += 1
        return
    case UInt8(ascii: "u"):
        break
    default:
        throw JSONError(.escape, at: start)
    }
    i += 1
    let unit = try skipHex(text, &i, of: start)
    guard unit & 0xF800 == 0xD800, !lenient else { return }
    guard unit < 0xDC00 else { throw JSONError(.loneSurrogate, at: start) }
    // The other half must follow at once.
    guard i < text.count else { throw JSONError(.unfinished, at: i) }
    guard text[i] == UInt8(ascii: "\\") else { throw JSONError(.loneSurrogate, at: start) }
    guard i + 1 < text.count else { throw JSONError(.unfinished, at: i + 1) }
    guard text[i + 1] == UInt8(ascii: "u") else { throw JSONError(.loneSurrogate, at: start) }
    let second = i
    i += 2
    guard try skipHex(text, &i, of: second) & 0xFC00 == 0xDC00 else { throw JSONError(.loneSurrogate, at: start) }
}

private func skipHex(_ text: borrowing Span<UInt8>, _ i: inout Int, of start: Int) throws(JSONError) -> UInt32 {
    var unit: UInt32 = 0
    for _ in 0..<4 {
        guard i < text.count else { throw JSONError(.unfinished, at: i) }
        guard let digit = hexDigit(text[i]) else { throw JSONError(.escape, at: start) }
        unit = unit << 4 | digit
        i += 1
    }
    return unit
}

@inline(__always)
func hexDigit(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 0x30...0x39: UInt32(byte &- 0x30)
    case 0x41...0x46: UInt32(byte &- 0x37)
    case 0x61...0x66: UInt32(byte &- 0x57)
    default: nil
    }
}

/// Moves past one character of two to four bytes, well-formed by table 3-7 of the Unicode Standard.
private func skipMultibyte(_ text: borrowing Span<UInt8>, _ i: inout Int) throws(JSONError) {
    let lead = text[i]
    // How many bytes follow, and the bounds of the first of them: they exclude overlong forms, surrogates and what is
    // over U+10FFFF.
    let following: (count: Int, first: ClosedRange<UInt8>)
    switch lead {
    case 0xC2...0xDF: following = (1, 0x80...0xBF)
    case 0xE0: following = (2, 0xA0...0xBF)
    case 0xED: following = (2, 0x80...0x9F)
    case 0xE1...0xEF: following = (2, 0x80...0xBF)
    case 0xF0: following = (3, 0x90...0xBF)
    case 0xF1...0xF3: following = (3, 0x80...0xBF)
    case 0xF4: following = (3, 0x80...0x8F)
    default: throw JSONError(.notUTF8, at: i)
    }
    guard i &+ following.count < text.count, following.first.contains(text[i + 1]) else {
        throw JSONError(.notUTF8, at: i)
    }
    for k in 1..<following.count where text[i + 1 + k] & 0xC0 != 0x80 { throw JSONError(.notUTF8, at: i) }
    i += following.count + 1
}

/// Whether bytes are well-formed UTF-8.
func isUTF8(_ bytes: some Collection<UInt8>) -> Bool {
    bytes.withContiguousStorageIfAvailable { isUTF8($0.span) } ?? isUTF8(Array(bytes).span)
}

private func isUTF8(_ bytes: borrowing Span<UInt8>) -> Bool {
    var i = 0
    do throws(JSONError) {
        while i < bytes.count {
            if bytes[i] < 0x80 { i += 1 } else { try skipMultibyte(bytes, &i) }
        }
        return true
    } catch {
        return false
    }
}

/// What becomes of a `\ud800`-like escape that is not one half of a pair, when text is unescaped.
enum LoneSurrogate {
    /// U+FFFD takes its place: the result is UTF-8.
    case replaced
    /// It is kept as the three bytes UTF-8 would have for it, so that texts which differ stay different. Not UTF-8;
    /// for comparing.
    case kept
}

/// Appends the text of a string's interior, which the reader accepted, without its escapes.
func appendUnescaped(
    _ text: borrowing Span<UInt8>, _ interior: Range<Int>, _ loneSurrogate: LoneSurrogate, to out: inout [UInt8]
) {
    var copied = interior.lowerBound
    var i = copied
    while true {
        // Stops at the closing quote at the latest.
        skipPlain(text, &i)
        if i < interior.upperBound, text[i] >= 0x80 {
            i += 1
            continue
        }
        text.extracting(copied..<i).withUnsafeBufferPointer { out.append(contentsOf: $0) }
        guard i < interior.upperBound else { return }
        appendMeaning(ofEscape: text, &i, loneSurrogate, to: &out)
        copied = i
    }
}

/// Appends what one escape means, moving past it or past both of a pair.
private func appendMeaning(
    ofEscape text: borrowing Span<UInt8>, _ i: inout Int, _ loneSurrogate: LoneSurrogate, to out: inout [UInt8]
) {
    let escape = text[i + 1]
    i += 2
    switch escape {
    case UInt8(ascii: "b"): out.append(0x08)
    case UInt8(ascii: "f"): out.append(0x0C)
    case UInt8(ascii: "n"): out.append(0x0A)
    case UInt8(ascii: "r"): out.append(0x0D)
    case UInt8(ascii: "t"): out.append(0x09)
    case UInt8(ascii: "u"):
        var scalar = hexUnit(text, i)
        i += 4
        // The closing quote follows, and after a backslash something else before it.
        if scalar & 0xFC00 == 0xD800, text[i] == UInt8(ascii: "\\"), text[i + 1] == UInt8(ascii: "u") {
            let low = hexUnit(text, i + 2)
            if low & 0xFC00 == 0xDC00 {
                scalar = 0x10000 + (scalar & 0x3FF) << 10 + (low & 0x3FF)
                i += 6
            }
        }
        if scalar & 0xFFFF_F800 == 0xD800, loneSurrogate == .replaced { scalar = 0xFFFD }
        appendUTF8(scalar, to: &out)
    default: out.append(escape)
    }
}

private func hexUnit(_ text: borrowing Span<UInt8>, _ i: Int) -> UInt32 {
    var unit: UInt32 = 0
    for k in 0..<4 { unit = unit << 4 | (hexDigit(text[i + k]) ?? 0) }
    return unit
}

private func appendUTF8(_ scalar: UInt32, to out: inout [UInt8]) {
    func append(_ lead: UInt32, shifted shift: UInt32) {
        out.append(UInt8(truncatingIfNeeded: lead | scalar >> shift))
    }
    func follow(_ shift: UInt32) {
        out.append(UInt8(truncatingIfNeeded: 0x80 | (scalar >> shift) & 0x3F))
    }
    switch scalar {
    case 0..<0x80:
        append(0, shifted: 0)
    case 0x80..<0x800:
        append(0xC0, shifted: 6)
        follow(0)
    case 0x800..<0x10000:
        append(0xE0, shifted: 12)
        follow(6)
        follow(0)
    default:
        append(0xF0, shifted: 18)
        follow(12)
        follow(6)
        follow(0)
    }
}

/// Appends text as a JSON string: quoted, with the escapes RFC 8785 section 3.2.2.2 asks for and no others.
func appendQuoted(_ text: some Collection<UInt8>, to out: inout [UInt8]) {
    let done: Void? = text.withContiguousStorageIfAvailable { appendQuoted($0.span, to: &out) }
    guard done == nil else { return }
    let copy = Array(text)
    appendQuoted(copy.span, to: &out)
}

/// The same for text; not generic, because this is the way of every key.
func appendQuoted(_ text: String, to out: inout [UInt8]) {
    let done: Void? = text.utf8.withContiguousStorageIfAvailable { text in
        var plain = 0
        skipPlain(text.span, &plain)
        guard plain == text.count, plain <= shortText else { return appendQuoted(text.span, to: &out) }
        // Keys and most short texts: in one piece, since every append asks whether the array is shared and has room.
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: shortText + 2) { quoted in
            quoted[0] = UInt8(ascii: "\"")
            quoted[plain + 1] = UInt8(ascii: "\"")
            _ = quoted[1...].update(fromContentsOf: text)
            out.append(contentsOf: quoted[..<(plain + 2)])
        }
    }
    if done == nil { appendQuoted(Array(text.utf8), to: &out) }
}

/// Up to here a text is quoted in one piece.
private let shortText = 94

private func appendQuoted(_ text: borrowing Span<UInt8>, to out: inout [UInt8]) {
    out.append(UInt8(ascii: "\""))
    appendEscaped(text, to: &out)
    out.append(UInt8(ascii: "\""))
}

/// Appends what stands between the quotes; what needs no escape is copied run by run.
func appendEscaped(_ text: borrowing Span<UInt8>, to out: inout [UInt8]) {
    var copied = 0
    var i = 0
    while true {
        skipPlain(text, &i)
        if i < text.count, text[i] >= 0x80 {
            i += 1
            continue
        }
        text.extracting(copied..<i).withUnsafeBufferPointer { out.append(contentsOf: $0) }
        guard i < text.count else { break }
        appendEscape(of: text[i], to: &out)
        i += 1
        copied = i
    }
}

private func appendEscape(of byte: UInt8, to out: inout [UInt8]) {
    switch byte {
    case 0x08: out.append(contentsOf: "\\b".utf8)
    case 0x09: out.append(contentsOf: "\\t".utf8)
    case 0x0A: out.append(contentsOf: "\\n".utf8)
    case 0x0C: out.append(contentsOf: "\\f".utf8)
    case 0x0D: out.append(contentsOf: "\\r".utf8)
    case 0..<0x20: appendUnit(UInt16(byte), to: &out)
    default:
        out.append(UInt8(ascii: "\\"))
        out.append(byte)
    }
}

/// Appends a `\u` escape, in lower case as RFC 8785 section 3.2.2.2 wants it.
func appendUnit(_ unit: UInt16, to out: inout [UInt8]) {
    out.append(contentsOf: "\\u".utf8)
    for shift in [12, 8, 4, 0] {
        let digit = UInt8(unit >> shift & 15)
        out.append(digit < 10 ? digit + 0x30 : digit + 0x57)
    }
}

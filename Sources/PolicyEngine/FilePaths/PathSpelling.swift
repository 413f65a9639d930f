import WireJSON

/// How file paths are spelled, and where the readers of paths part: shells, URL libraries, Windows, file systems that
/// regard no case.
enum PathSpelling {
    /// Tells whether something in the text is read differently by different readers.
    static func isDoubtful(_ text: [UInt8]) -> Bool {
        guard let first = text.first, let last = text.last else { return true }
        // What a shell puts in place of a start like this is not known.
        if "~$%".utf8.contains(first) || first == UInt8(ascii: " ") || last == UInt8(ascii: " ") { return true }
        if text.contains(where: { $0 < 0x20 || $0 == 0x7F || $0 == UInt8(ascii: "\\") }) { return true }
        // A shell may make several paths of one in braces.
        if text.contains(UInt8(ascii: "{")), climbs(text) { return true }
        guard text.contains(where: { $0 >= 0x80 }) else { return false }
        return String(decoding: text, as: UTF8.self).unicodeScalars.contains { strokes.contains($0) }
    }

    /// Tells whether a name, neither `.` nor `..`, is read differently by different readers.
    static func isDoubtful(name: ArraySlice<UInt8>, isFirst: Bool) -> Bool {
        guard let first = name.first, let last = name.last else { return true }
        // Windows drops dots and spaces at the end.
        if first == UInt8(ascii: " ") || last == UInt8(ascii: " ") || last == UInt8(ascii: ".") { return true }
        // A scheme or a drive.
        if isFirst, name.contains(UInt8(ascii: ":")) { return true }
        // Parameters of a path's part, which some drop.
        if name.starts(with: "..;".utf8) || name.starts(with: ".;".utf8) { return true }
        return false
    }

    /// Steps up somewhere.
    static func climbs(_ text: [UInt8]) -> Bool {
        text.split(separator: UInt8(ascii: "/")).contains { $0.elementsEqual("..".utf8) }
    }

    /// The text as one sees it who regards neither case nor width of letters.
    static func folded(_ text: [UInt8]) -> [UInt8] {
        Array(LookAlike.fold(String(decoding: text, as: UTF8.self)).utf8)
    }

    /// How many dots and strokes the text has.
    static func marks(in text: [UInt8]) -> Int { text.count { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "/") } }

    /// Where the path of a `file:` URL of this machine starts; `nil` for any other text.
    static func afterFileScheme(_ text: borrowing Span<UInt8>) -> Int? {
        for start in ["file:///", "file://localhost/"] {
            let length = start.utf8.count
            guard text.count >= length else { continue }
            var isSame = true
            for (position, byte) in start.utf8.enumerated() {
                let seen = text[position]
                if (seen &- 0x41 < 26 ? seen | 0x20 : seen) != byte { isSame = false }
            }
            if isSame { return length - 1 }
        }
        return nil
    }

    /// What comes of decoding `%XX`.
    enum Decoding: Equatable {
        /// There is none.
        case same
        case other([UInt8])
        /// It comes to no UTF-8, or has escapes of a kind that only some know.
        case doubtful
    }

    /// Decodes the `%XX` of a text once.
    static func decoding(_ text: [UInt8]) -> Decoding {
        guard text.contains(UInt8(ascii: "%")) else { return .same }
        var decoded: [UInt8] = []
        var isChanged = false
        var position = 0
        while position < text.count {
            if text[position] == UInt8(ascii: "%") {
                if isUnicodeEscape(text[(position + 1)...]) { return .doubtful }
                if position + 2 < text.count, let high = digit(text[position + 1]), let low = digit(text[position + 2])
                {
                    decoded.append(high << 4 | low)
                    position += 3
                    isChanged = true
                    continue
                }
            }
            decoded.append(text[position])
            position += 1
        }
        guard isChanged else { return .same }
        return String(validating: decoded, as: UTF8.self) == nil ? .doubtful : .other(decoded)
    }

    /// `%u002e`, which was never a standard.
    private static func isUnicodeEscape(_ rest: ArraySlice<UInt8>) -> Bool {
        guard let first = rest.first, first | 0x20 == UInt8(ascii: "u"), rest.count >= 5 else { return false }
        return rest.dropFirst().prefix(4).allSatisfy { digit($0) != nil }
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        if byte &- 0x30 < 10 { return byte &- 0x30 }
        let letter = byte | 0x20
        return letter &- 0x61 < 6 ? letter &- 0x61 + 10 : nil
    }

    /// Strokes that some conversions take for `/` or `\`, and no compatibility mapping does.
    private static let strokes: Set<Unicode.Scalar> = [
        "\u{2044}", "\u{2215}", "\u{2216}", "\u{29F5}", "\u{29F8}", "\u{29F9}", "\u{20E5}", "\u{FFFD}",
    ]
}

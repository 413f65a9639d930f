/// Where the host is in a URL, as far as all readers of URLs agree on it: RFC 3986, the URL Standard of browsers, and
/// libraries that are strict or lax. What they read differently has no host here (hostile.md F65).
enum URLSpelling {
    /// Where the host lies, with the brackets of an IPv6 address; `nil` when that is in doubt.
    ///
    /// A text without `:`, `/` and the like is a host by itself.
    static func host(in text: borrowing Span<UInt8>) -> Range<Int>? {
        guard text.count > 0 else { return nil }
        var hasDelimiter = false
        for position in text.indices {
            let byte = text[position]
            // Some drop white space and control characters, and take a backslash for a slash.
            guard byte > 0x20, byte != 0x7F, byte != UInt8(ascii: "\\") else { return nil }
            if byte == UInt8(ascii: ":") || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "?")
                || byte == UInt8(ascii: "#") || byte == UInt8(ascii: "@")
            {
                hasDelimiter = true
            }
        }
        if !hasDelimiter || isBracketed(text) { return text.indices }
        guard let start = authority(in: text) else { return nil }
        var end = start
        while end < text.count, !endsAuthority(text[end]) { end += 1 }
        // A lax reader takes what stands before `@` for a name and password, also behind `?` or `#`.
        if end < text.count, text[end] != UInt8(ascii: "/") {
            for position in end..<text.count where text[position] == UInt8(ascii: "@") { return nil }
        }
        guard let hostStart = afterUserinfo(text, start..<end) else { return nil }
        return withoutPort(text, hostStart..<end)
    }

    /// Tells whether every reader takes characters beyond ASCII in the host for an international name: the text is but
    /// a host, or has a scheme that browsers know.
    static func isInternational(_ text: borrowing Span<UInt8>, hostAt start: Int) -> Bool {
        if start == 0 { return true }
        return ["http", "https", "ws", "wss", "ftp"].contains { scheme in
            guard text.count > scheme.utf8.count, text[scheme.utf8.count] == UInt8(ascii: ":") else { return false }
            for (position, byte) in scheme.utf8.enumerated() where text[position] | 0x20 != byte { return false }
            return true
        }
    }

    /// Where the authority starts, behind a scheme and exactly two slashes.
    private static func authority(in text: borrowing Span<UInt8>) -> Int? {
        var position = 0
        while position < text.count, text[position] != UInt8(ascii: ":") {
            let byte = text[position]
            let isLetter = (byte | 0x20) &- 0x61 < 26
            let isOther = byte &- 0x30 < 10 || byte == UInt8(ascii: "+") || byte == 0x2D || byte == UInt8(ascii: ".")
            guard isLetter || isOther && position > 0 else { return nil }
            position += 1
        }
        guard position > 0, position + 3 < text.count, text[position + 1] == UInt8(ascii: "/"),
            text[position + 2] == UInt8(ascii: "/"), text[position + 3] != UInt8(ascii: "/")
        else { return nil }
        return position + 3
    }

    /// Behind the one `@` there may be, which follows characters of names and passwords only.
    private static func afterUserinfo(_ text: borrowing Span<UInt8>, _ authority: Range<Int>) -> Int? {
        var start = authority.lowerBound
        for position in authority where text[position] == UInt8(ascii: "@") {
            guard start == authority.lowerBound else { return nil }
            for position in start..<position {
                let byte = text[position]
                guard (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || "-._~%!$&'()*+,;=:".utf8.contains(byte) else {
                    return nil
                }
            }
            start = position + 1
        }
        return start
    }

    private static func withoutPort(_ text: borrowing Span<UInt8>, _ range: Range<Int>) -> Range<Int>? {
        guard !range.isEmpty else { return nil }
        var end = range.upperBound
        let isBracketed = text[range.lowerBound] == UInt8(ascii: "[")
        for position in range where text[position] == (isBracketed ? UInt8(ascii: "]") : UInt8(ascii: ":")) {
            end = isBracketed ? position + 1 : position
            break
        }
        guard end < range.upperBound else { return isBracketed && text[end - 1] != UInt8(ascii: "]") ? nil : range }
        let digits = end + 1..<range.upperBound
        guard text[end] == UInt8(ascii: ":"), 1...5 ~= digits.count else { return nil }
        var port = 0
        for position in digits {
            guard text[position] &- 0x30 < 10 else { return nil }
            port = port * 10 + Int(text[position] &- 0x30)
        }
        return port <= 65_535 ? range.lowerBound..<end : nil
    }

    private static func isBracketed(_ text: borrowing Span<UInt8>) -> Bool {
        text[0] == UInt8(ascii: "[") && text[text.count - 1] == UInt8(ascii: "]")
    }

    private static func endsAuthority(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "/") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#")
    }
}

extension TOMLReader {
    mutating func value(depth: Int) throws(TOMLMistake) -> TOMLValue {
        guard depth <= Self.depth else { throw mistake("nested too deeply") }
        switch peek {
        case UInt8(ascii: "\""): return .text(isTripled(UInt8(ascii: "\"")) ? try longBasicString() : try basicString())
        case UInt8(ascii: "'"):
            return .text(isTripled(UInt8(ascii: "'")) ? try longLiteralString() : try literalString())
        case UInt8(ascii: "["): return .list(try list(depth: depth))
        case UInt8(ascii: "{"): return .table(try inlineTable(depth: depth))
        default: return try literal()
        }
    }

    private mutating func list(depth: Int) throws(TOMLMistake) -> [TOMLValue] {
        position += 1
        var values: [TOMLValue] = []
        while true {
            try skipLines()
            if peek == UInt8(ascii: "]") { break }
            values.append(try value(depth: depth + 1))
            try skipLines()
            if peek == UInt8(ascii: "]") { break }
            try expect(UInt8(ascii: ","))
        }
        position += 1
        return values
    }

    private mutating func inlineTable(depth: Int) throws(TOMLMistake) -> TOMLTable {
        position += 1
        var table = TOMLTable(.inline)
        skipSpaces()
        if peek == UInt8(ascii: "}") {
            position += 1
            return table
        }
        while true {
            skipSpaces()
            let start = position
            let path = try keys()
            try expect(UInt8(ascii: "="))
            skipSpaces()
            let value = try value(depth: depth + 1)
            guard table.put(value, at: path[...], making: .dotted) else {
                throw TOMLMistake(offset: start, reason: "duplicate key, or a key of what is no table")
            }
            skipSpaces()
            if peek == UInt8(ascii: "}") { break }
            try expect(UInt8(ascii: ","))
        }
        position += 1
        return table
    }

    /// A truth, a number, or a moment: what they mean beyond a truth is not asked.
    private mutating func literal() throws(TOMLMistake) -> TOMLValue {
        let start = position
        while let byte = peek, Self.isLiteral(byte) { position += 1 }
        // A moment may have a space between day and hour.
        if position - start == 10, text[start + 4] == UInt8(ascii: "-"), peek == 0x20, position + 1 < text.count,
            (0x30...0x39).contains(text[position + 1])
        {
            position += 1
            while let byte = peek, Self.isLiteral(byte) { position += 1 }
        }
        let word = Array(text[start..<position])
        switch String(decoding: word, as: UTF8.self) {
        case "": throw mistake("a value is missing")
        case "true": return .truth(true)
        case "false": return .truth(false)
        case "inf", "+inf", "-inf", "nan", "+nan", "-nan": return .literal(word)
        default:
            let sign = word[0] == UInt8(ascii: "+") || word[0] == UInt8(ascii: "-")
            guard let first = sign ? word.dropFirst().first : word.first, (0x30...0x39).contains(first) else {
                throw TOMLMistake(offset: start, reason: "malformed value")
            }
            return .literal(word)
        }
    }

    private static func isLiteral(_ byte: UInt8) -> Bool {
        byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte >= 0x30 && byte <= 0x39
            || [0x2B, 0x2D, 0x2E, 0x3A, 0x5F].contains(byte)
    }

    // MARK: Texts

    private func isTripled(_ quote: UInt8) -> Bool {
        position + 2 < text.count && text[position + 1] == quote && text[position + 2] == quote
    }

    mutating func basicString() throws(TOMLMistake) -> [UInt8] {
        position += 1
        var bytes: [UInt8] = []
        while let byte = peek {
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                return bytes
            case UInt8(ascii: "\\"): try escape(into: &bytes)
            case 0x00..<0x09, 0x0A..<0x20, 0x7F: throw mistake("control character or line break in a text")
            default:
                bytes.append(byte)
                position += 1
            }
        }
        throw mistake("the text has no end")
    }

    mutating func literalString() throws(TOMLMistake) -> [UInt8] {
        position += 1
        let start = position
        while let byte = peek {
            if byte == UInt8(ascii: "'") {
                position += 1
                return Array(text[start..<(position - 1)])
            }
            guard byte >= 0x20 && byte != 0x7F || byte == 0x09 else {
                throw mistake("control character or line break in a text")
            }
            position += 1
        }
        throw mistake("the text has no end")
    }

    private mutating func longBasicString() throws(TOMLMistake) -> [UInt8] {
        openLong()
        var bytes: [UInt8] = []
        while let byte = peek {
            if byte == UInt8(ascii: "\""), let closed = closeLong(byte) { return bytes + closed }
            if byte == UInt8(ascii: "\\") {
                if !skipLineEnd() { try escape(into: &bytes) }
            } else {
                guard byte >= 0x20 && byte != 0x7F || [0x09, 0x0A, 0x0D].contains(byte) else {
                    throw mistake("control character in a text")
                }
                bytes.append(byte)
                position += 1
            }
        }
        throw mistake("the text has no end")
    }

    private mutating func longLiteralString() throws(TOMLMistake) -> [UInt8] {
        openLong()
        var bytes: [UInt8] = []
        while let byte = peek {
            if byte == UInt8(ascii: "'"), let closed = closeLong(byte) { return bytes + closed }
            guard byte >= 0x20 && byte != 0x7F || [0x09, 0x0A, 0x0D].contains(byte) else {
                throw mistake("control character in a text")
            }
            bytes.append(byte)
            position += 1
        }
        throw mistake("the text has no end")
    }

    /// A line break right after the opening is not part of the text.
    private mutating func openLong() {
        position += 3
        if peek == 0x0D { position += 1 }
        if peek == 0x0A { position += 1 }
    }

    /// Three quotes end the text; up to two more before them belong to it. Nil where this is no end.
    private mutating func closeLong(_ quote: UInt8) -> [UInt8]? {
        var count = 0
        while count < 5, position + count < text.count, text[position + count] == quote { count += 1 }
        guard count >= 3 else { return nil }
        position += count
        return Array(repeating: quote, count: count - 3)
    }

    /// A backslash at the end of a line leaves out all white space up to the next text.
    private mutating func skipLineEnd() -> Bool {
        var next = position + 1
        while next < text.count, text[next] == 0x20 || text[next] == 0x09 { next += 1 }
        if next < text.count, text[next] == 0x0D { next += 1 }
        guard next < text.count, text[next] == 0x0A else { return false }
        while next < text.count, [0x20, 0x09, 0x0A, 0x0D].contains(text[next]) { next += 1 }
        position = next
        return true
    }

    private mutating func escape(into bytes: inout [UInt8]) throws(TOMLMistake) {
        let start = position
        position += 1
        guard let letter = peek else { throw mistake("the text has no end") }
        position += 1
        switch letter {
        case UInt8(ascii: "b"): bytes.append(0x08)
        case UInt8(ascii: "t"): bytes.append(0x09)
        case UInt8(ascii: "n"): bytes.append(0x0A)
        case UInt8(ascii: "f"): bytes.append(0x0C)
        case UInt8(ascii: "r"): bytes.append(0x0D)
        case UInt8(ascii: "e"): bytes.append(0x1B)
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(letter)
        case UInt8(ascii: "u"), UInt8(ascii: "U"):
            let count = letter == UInt8(ascii: "u") ? 4 : 8
            let digits = text[position..<min(text.count, position + count)]
            guard digits.count == count, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
                let number = UInt32(String(decoding: digits, as: UTF8.self), radix: 16),
                let scalar = Unicode.Scalar(number)
            else { throw TOMLMistake(offset: start, reason: "malformed escape") }
            position += count
            bytes += Array(String(Character(scalar)).utf8)
        default: throw TOMLMistake(offset: start, reason: "malformed escape")
        }
    }
}

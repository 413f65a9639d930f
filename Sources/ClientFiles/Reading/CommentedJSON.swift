import WireJSON

/// JSON as editors write it, with comments, commas after the last entry and a byte order mark: made plain by putting
/// spaces in their place, so that every value stands where it stood.
struct CommentedJSON {
    let source: [UInt8]
    let json: JSON
    let lines: TextPlaces
    /// Where the commas are that stand before a closing bracket.
    let lastCommas: Set<Int>
    let hasByteOrderMark: Bool

    init(_ source: [UInt8]) throws(ClientFileProblem) {
        let lines = TextPlaces(source)
        var plain = PlainText(source)
        try plain.run(lines)
        self.source = source
        self.lines = lines
        lastCommas = plain.lastCommas
        hasByteOrderMark = plain.hasByteOrderMark
        let limits = JSONLimits(
            depth: ClientFileBounds.depth, bytes: ClientFileBounds.fileBytes, values: ClientFileBounds.values)
        do {
            json = try JSON(plain.text, limits: limits)
        } catch {
            throw lines.problem(at: error.offset, "this is no JSON: \(error.reason)", isWhole: true)
        }
    }
}

private struct PlainText {
    private(set) var text: [UInt8]
    private(set) var lastCommas: Set<Int> = []
    private(set) var hasByteOrderMark = false
    private var position = 0
    /// The last byte that was neither space nor comment, and the one before it.
    private var last: (offset: Int, byte: UInt8) = (0, 0)
    private var secondLast: UInt8 = 0

    init(_ text: [UInt8]) { self.text = text }

    mutating func run(_ lines: TextPlaces) throws(ClientFileProblem) {
        if text.starts(with: [0xEF, 0xBB, 0xBF]) {
            hasByteOrderMark = true
            blank(0..<3)
            position = 3
        }
        while position < text.count {
            switch text[position] {
            case UInt8(ascii: "\""): skipString()
            case UInt8(ascii: "/") where position + 1 < text.count && text[position + 1] == UInt8(ascii: "/"):
                let end = text[position...].firstIndex { $0 == 0x0A } ?? text.count
                blank(position..<end)
                position = end
            case UInt8(ascii: "/") where position + 1 < text.count && text[position + 1] == UInt8(ascii: "*"):
                guard let end = endOfComment() else {
                    throw lines.problem(at: position, "the comment has no end", isWhole: true)
                }
                blank(position..<end)
                position = end
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if last.byte == UInt8(ascii: ","), ![0x5B, 0x7B, 0x2C, 0x3A, 0].contains(secondLast) {
                    lastCommas.insert(last.offset)
                    text[last.offset] = 0x20
                }
                take()
            case 0x20, 0x09, 0x0A, 0x0D: position += 1
            default: take()
            }
        }
    }

    private mutating func take() {
        secondLast = last.byte
        last = (position, text[position])
        position += 1
    }

    private mutating func skipString() {
        take()
        while position < text.count, text[position] != UInt8(ascii: "\""), text[position] != 0x0A {
            position += text[position] == UInt8(ascii: "\\") ? 2 : 1
        }
        if position < text.count { position += 1 }
    }

    private func endOfComment() -> Int? {
        var end = position + 2
        while end + 1 < text.count {
            if text[end] == UInt8(ascii: "*"), text[end + 1] == UInt8(ascii: "/") { return end + 2 }
            end += 1
        }
        return nil
    }

    /// Line breaks stay, so that places do.
    private mutating func blank(_ range: Range<Int>) {
        for offset in range where text[offset] != 0x0A { text[offset] = 0x20 }
    }
}

extension ResponseHead {
    /// Where the name and the trimmed value of a field line are.
    static func field(
        _ line: borrowing Span<UInt8>
    ) throws(FramingError) -> (name: Range<Int>, value: Range<Int>) {
        guard !FieldSyntax.isBlank(line[0]) else { throw .foldedField }
        var colon = 0
        while colon < line.count, line[colon] != UInt8(ascii: ":") {
            guard FieldSyntax.isToken(line[colon]) else { throw .fieldSyntax }
            colon += 1
        }
        guard colon > 0, colon < line.count else { throw .fieldSyntax }
        var start = colon + 1
        var end = line.count
        for index in start..<end where !FieldSyntax.isValue(line[index]) { throw .fieldSyntax }
        while start < end, FieldSyntax.isBlank(line[start]) { start += 1 }
        while start < end, FieldSyntax.isBlank(line[end - 1]) { end -= 1 }
        return (0..<colon, start..<end)
    }

    /// A tab is white space around a value for some readers and part of it for others, which in a field that frames a
    /// response makes two responses of one.
    static func refuseTabs(_ line: borrowing Span<UInt8>) throws(FramingError) {
        for index in line.indices where line[index] == 0x09 { throw .fieldSyntax }
    }

    static func bytes(_ line: borrowing Span<UInt8>, _ range: Range<Int>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(range.count)
        for index in range { bytes.append(line[index]) }
        return bytes
    }

    /// The media type without its parameters.
    static func content(_ line: borrowing Span<UInt8>, _ value: Range<Int>) -> Content {
        let type = upTo(UInt8(ascii: ";"), line, value)
        if FieldSyntax.spells(line, type, "application/json") { return .json }
        if FieldSyntax.spells(line, type, "text/event-stream") { return .events }
        return .other(Array(bytes(line, type).prefix(HTTPLimits.quotedBytes)))
    }

    /// Whether a comma-separated list has `name` among its elements.
    static func list(_ line: borrowing Span<UInt8>, _ value: Range<Int>, names name: StaticString) -> Bool {
        var rest = value
        while !rest.isEmpty {
            let element = upTo(UInt8(ascii: ","), line, rest)
            if FieldSyntax.spells(line, element, name) { return true }
            rest = after(UInt8(ascii: ","), line, rest)
        }
        return false
    }

    /// The `timeout=` of a `Keep-Alive` field.
    static func timeout(_ line: borrowing Span<UInt8>, _ value: Range<Int>) -> Int? {
        var rest = value
        while !rest.isEmpty {
            let element = upTo(UInt8(ascii: ","), line, rest)
            let name = element.lowerBound..<min(element.lowerBound + 8, element.upperBound)
            if FieldSyntax.spells(line, name, "timeout=") {
                return Decimal.read(line, name.upperBound..<element.upperBound, limit: 86_400)
            }
            rest = after(UInt8(ascii: ","), line, rest)
        }
        return nil
    }

    /// From the start of `range` to the separator or its end, without blanks around it.
    private static func upTo(_ separator: UInt8, _ line: borrowing Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
        var start = range.lowerBound
        var end = start
        while end < range.upperBound, line[end] != separator { end += 1 }
        while start < end, FieldSyntax.isBlank(line[start]) { start += 1 }
        while start < end, FieldSyntax.isBlank(line[end - 1]) { end -= 1 }
        return start..<end
    }

    /// What follows the first separator in `range`.
    private static func after(_ separator: UInt8, _ line: borrowing Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
        var index = range.lowerBound
        while index < range.upperBound, line[index] != separator { index += 1 }
        return min(index + 1, range.upperBound)..<range.upperBound
    }
}

/// Numbers as HTTP writes them: digits and nothing else.
enum Decimal {
    static func read(_ line: borrowing Span<UInt8>, _ range: Range<Int>, limit: Int) -> Int? {
        guard !range.isEmpty, range.count <= 19 else { return nil }
        var number = 0
        for index in range {
            guard (0x30...0x39).contains(line[index]) else { return nil }
            let (tens, overflows) = number.multipliedReportingOverflow(by: 10)
            let (sum, overflowsToo) = tens.addingReportingOverflow(Int(line[index] - 0x30))
            guard !overflows, !overflowsToo else { return nil }
            number = sum
        }
        return number <= limit ? number : nil
    }
}

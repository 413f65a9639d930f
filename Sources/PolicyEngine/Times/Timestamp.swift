/// An instant, as RFC 3339 section 5.6 writes it: `2026-07-28T12:00:00.5+02:00`.
///
/// Refused, so that what it means is never guessed: no offset, a space instead of `T`, a day the month does not have,
/// more than nine digits of a second. A leap second is the instant after `:59`.
public struct Timestamp: Sendable, Hashable, Comparable {
    /// Since 1970-01-01T00:00:00Z, before the fraction.
    public let seconds: Int64
    public let nanoseconds: Int64

    init(seconds: Int64, nanoseconds: Int64) {
        self.seconds = seconds
        self.nanoseconds = nanoseconds
    }

    /// Reads a time; `nil` for any other text.
    public init?(_ text: String) {
        self.init(text.utf8.span)
    }

    /// In milliseconds since 1970-01-01T00:00:00Z, what is less dropped.
    public var milliseconds: Int64 { seconds * 1_000 + nanoseconds / 1_000_000 }

    /// Reads a time; `nil` for any other text.
    init?(_ text: borrowing Span<UInt8>) {
        guard text.count >= 20, text.count <= 35,
            let year = Self.number(text, 0..<4), text[4] == UInt8(ascii: "-"),
            let month = Self.number(text, 5..<7), text[7] == UInt8(ascii: "-"),
            let day = Self.number(text, 8..<10), text[10] | 0x20 == UInt8(ascii: "t"),
            let hour = Self.number(text, 11..<13), text[13] == UInt8(ascii: ":"),
            let minute = Self.number(text, 14..<16), text[16] == UInt8(ascii: ":"),
            let second = Self.number(text, 17..<19)
        else { return nil }
        guard 1...12 ~= month, day >= 1, day <= Self.days(in: month, of: year) else { return nil }
        guard hour <= 23, minute <= 59, second <= 60 else { return nil }

        var offset = 19
        var fraction: Int64 = 0
        if text[offset] == UInt8(ascii: ".") {
            offset += 1
            let start = offset
            while offset < text.count, text[offset] &- 0x30 < 10, offset - start < 9 {
                fraction = fraction * 10 + Int64(text[offset] &- 0x30)
                offset += 1
            }
            guard offset > start else { return nil }
            for _ in offset - start..<9 { fraction *= 10 }
        }
        guard let east = Self.offset(text, from: offset) else { return nil }
        let days = Self.daysSince1970(year: year, month: month, day: day)
        self.seconds = days * 86_400 + hour * 3_600 + minute * 60 + second - east
        self.nanoseconds = fraction
    }

    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
    }

    /// The seconds that the zone is ahead of UTC; `nil` unless the text ends with it.
    private static func offset(_ text: borrowing Span<UInt8>, from start: Int) -> Int64? {
        guard start < text.count else { return nil }
        if text[start] | 0x20 == UInt8(ascii: "z") { return start + 1 == text.count ? 0 : nil }
        guard text[start] == UInt8(ascii: "+") || text[start] == UInt8(ascii: "-"), start + 6 == text.count,
            let hours = number(text, start + 1..<start + 3), text[start + 3] == UInt8(ascii: ":"),
            let minutes = number(text, start + 4..<start + 6), hours <= 23, minutes <= 59
        else { return nil }
        let ahead = hours * 3_600 + minutes * 60
        return text[start] == UInt8(ascii: "-") ? -ahead : ahead
    }

    private static func number(_ text: borrowing Span<UInt8>, _ range: Range<Int>) -> Int64? {
        var value: Int64 = 0
        for position in range {
            let digit = text[position] &- 0x30
            guard digit < 10 else { return nil }
            value = value * 10 + Int64(digit)
        }
        return value
    }

    private static func days(in month: Int64, of year: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    // Counts days from the first of March of year 0, so that the leap day comes last in its year.
    private static func daysSince1970(year: Int64, month: Int64, day: Int64) -> Int64 {
        let marchYear = month > 2 ? year : year - 1
        let marchMonth = (month + 9) % 12
        let leapDays = floorDivide(marchYear, 4) - floorDivide(marchYear, 100) + floorDivide(marchYear, 400)
        return marchYear * 365 + leapDays + (marchMonth * 153 + 2) / 5 + day - 1 - 719_468
    }

    private static func floorDivide(_ value: Int64, _ divisor: Int64) -> Int64 {
        value >= 0 ? value / divisor : -((-value + divisor - 1) / divisor)
    }
}

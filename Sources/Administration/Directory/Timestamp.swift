public import GatewayStorage

/// Moments as RFC 3339 text in UTC, with milliseconds: `2026-11-23T10:00:00.000Z`.
public enum Timestamp {
    public static func text(_ time: WallTime) -> String {
        let day = floorDivision(time.milliseconds, 86_400_000)
        let rest = time.milliseconds - day * 86_400_000
        let (year, month, date) = civil(day)
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(date, 2))T\(padded(rest / 3_600_000, 2)):"
            + "\(padded(rest / 60_000 % 60, 2)):\(padded(rest / 1000 % 60, 2)).\(padded(rest % 1000, 3))Z"
    }

    /// Reads such a text; the milliseconds may be missing. Nil for anything else, other zones among it.
    public static func time(_ text: String) -> WallTime? {
        let utf8 = Array(text.utf8)
        guard utf8.count == 20 || utf8.count == 24, utf8.last == UInt8(ascii: "Z") else { return nil }
        let marks: [(Int, String)] = [(4, "-"), (7, "-"), (10, "T"), (13, ":"), (16, ":")]
        guard marks.allSatisfy({ utf8[$0.0] == $0.1.utf8.first }) else { return nil }
        if utf8.count == 24, utf8[19] != UInt8(ascii: ".") { return nil }
        guard let year = number(utf8[0..<4]), let month = number(utf8[5..<7]), let date = number(utf8[8..<10]),
            let hour = number(utf8[11..<13]), let minute = number(utf8[14..<16]), let second = number(utf8[17..<19]),
            let fraction = utf8.count == 24 ? number(utf8[20..<23]) : 0,
            (1...12).contains(month), (1...31).contains(date), hour < 24, minute < 60, second < 60
        else { return nil }
        let day = days(year, month, date)
        // A day that the month does not have falls into another.
        guard civil(day) == (year, month, date) else { return nil }
        return WallTime(
            milliseconds: day * 86_400_000 + hour * 3_600_000 + minute * 60_000 + second * 1000 + fraction)
    }

    private static func padded(_ number: Int64, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int64? {
        digits.allSatisfy { (0x30...0x39).contains($0) } ? digits.reduce(0) { $0 * 10 + Int64($1 - 0x30) } : nil
    }

    private static func floorDivision(_ number: Int64, _ by: Int64) -> Int64 {
        number >= 0 ? number / by : (number - by + 1) / by
    }

    // Days since 1970 in the proleptic Gregorian calendar, eras of 400 years that begin on 1 March.
    private static func civil(_ day: Int64) -> (Int64, Int64, Int64) {
        let shifted = day + 719_468
        let era = floorDivision(shifted, 146_097)
        let ofEra = shifted - era * 146_097
        let year = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
        let ofYear = ofEra - (365 * year + year / 4 - year / 100)
        let month = (5 * ofYear + 2) / 153
        let civilMonth = month < 10 ? month + 3 : month - 9
        return (year + era * 400 + (civilMonth <= 2 ? 1 : 0), civilMonth, ofYear - (153 * month + 2) / 5 + 1)
    }

    private static func days(_ year: Int64, _ month: Int64, _ date: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = floorDivision(shifted, 400)
        let ofEra = shifted - era * 400
        let ofYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + date - 1
        return era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468
    }
}

/// What clocks and calendars in a zone show at a moment, as far as conditions ask for it.
struct LocalTime {
    /// From 0 to 23.
    let hour: Int64
    let weekday: Weekday

    /// - Parameter milliseconds: since 1970-01-01T00:00:00Z.
    init(at milliseconds: Int64, in zone: Zone) {
        let seconds = milliseconds.dividedDown(by: 1_000)
        let local = seconds + zone.offset(at: seconds)
        let day = local.dividedDown(by: 86_400)
        hour = (local - day * 86_400) / 3_600
        // The first day of 1970 was a Thursday.
        let position = day + 3 - (day + 3).dividedDown(by: 7) * 7
        weekday = Weekday.allCases[Int(position)]
    }
}

/// The days of the week, from Monday on (ISO 8601), as `time.weekday` spells them.
public enum Weekday: String, Sendable, Hashable, CaseIterable {
    case monday, tuesday, wednesday, thursday, friday, saturday, sunday
}

extension Int64 {
    /// The quotient rounded towards minus infinity, so that moments before 1970 are told as later ones are.
    fileprivate func dividedDown(by divisor: Int64) -> Int64 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}

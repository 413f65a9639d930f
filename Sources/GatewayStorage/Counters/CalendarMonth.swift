/// A month of the Gregorian calendar in UTC, numbered from January 1970 = 0.
struct CalendarMonth: Equatable {
    let index: Int64

    init(index: Int64) {
        self.index = index
    }

    init(containing time: WallTime) {
        // The days of a 400-year era, which begins on 1 March so that a leap day ends its year.
        let days = time.milliseconds.dividedDown(by: 86_400_000) + Self.daysFromEraToEpoch
        let era = days.dividedDown(by: 146_097)
        let dayOfEra = days - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        index = (era * 400 + yearOfEra) * 12 + monthFromMarch + 2 - 1970 * 12
    }

    /// The month's first moment.
    var start: WallTime {
        let monthsFromMarch = index + 1970 * 12 - 2
        let year = monthsFromMarch.dividedDown(by: 12)
        let month = monthsFromMarch - year * 12
        let era = year.dividedDown(by: 400)
        let yearOfEra = year - era * 400
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + (153 * month + 2) / 5
        return WallTime(milliseconds: (era * 146_097 + dayOfEra - Self.daysFromEraToEpoch) * 86_400_000)
    }

    /// From 0000-03-01 to 1970-01-01.
    private static let daysFromEraToEpoch: Int64 = 719_468
}

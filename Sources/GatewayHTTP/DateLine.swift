import Gateway
import NIOCore
import Synchronization

/// The `Date` field of one loop's responses (RFC 9110 section 6.6.1), spelt anew when the second changes.
final class DateLine {
    private let clock: GatewayClock
    private var second: Int64?
    private var line = ByteBuffer()

    init(clock: GatewayClock) { self.clock = clock }

    /// The line that ends the one before it: CR, LF, name and value.
    var bytes: ByteBuffer {
        let now = clock.secondsSince1970
        if now != second {
            second = now
            line = ByteBuffer(string: "\r\nDate: \(Self.text(secondsSince1970: now))")
        }
        return line
    }

    /// An IMF-fixdate (RFC 9110 section 5.6.7), as in `Sun, 06 Nov 1994 08:49:37 GMT`.
    private static func text(secondsSince1970 seconds: Int64) -> String {
        // Nobody's clock is before 1970 or after 9999, where the form ends.
        let seconds = min(max(seconds, 0), 253_402_300_799)
        let (days, second) = seconds.quotientAndRemainder(dividingBy: 86_400)
        // Counted from the first of March of year 0, so that the leap day comes last in its year.
        let (era, dayOfEra) = (days + 719_468).quotientAndRemainder(dividingBy: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        let year = era * 400 + yearOfEra + (monthFromMarch < 10 ? 0 : 1)
        let weekday = weekdays[Int((days + 4) % 7)]
        let month = months[Int(monthFromMarch)]
        let time = [second / 3600, second / 60 % 60, second % 60].map(twoDigits).joined(separator: ":")
        return "\(weekday), \(twoDigits(day)) \(month) \(year) \(time) GMT"
    }

    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = ["Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb"]

    private static func twoDigits(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
}

/// The date lines of an endpoint, one for each loop its connections run on.
final class DateLines: Sendable {
    private let clock: GatewayClock
    private let lines = Mutex<[ObjectIdentifier: NIOLoopBound<DateLine>]>([:])

    init(clock: GatewayClock) { self.clock = clock }

    /// To be asked on the loop.
    func line(of loop: any EventLoop) -> DateLine {
        lines.withLock { lines in
            if let line = lines[ObjectIdentifier(loop)] { return line }
            let line = NIOLoopBound(DateLine(clock: clock), eventLoop: loop)
            lines[ObjectIdentifier(loop)] = line
            return line
        }.value
    }
}

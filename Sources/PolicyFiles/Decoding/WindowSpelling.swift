import PolicyEngine

/// How windows and durations are written: `minute`, `15m`.
enum WindowSpelling {
    static let names = ["second", "minute", "hour", "day", "month"]

    /// The window of a name, of a number with a unit, or of a number of seconds as text.
    static func window(_ text: String) -> LimitWindow? {
        switch text {
        case "second": .seconds(1)
        case "minute": .seconds(60)
        case "hour": .seconds(3_600)
        case "day": .seconds(86_400)
        case "month": .month
        case _: seconds(text).map { .seconds($0) }
        }
    }

    /// The seconds of `90`, `90s`, `15m`, `2h` or `7d`.
    static func seconds(_ text: String) -> Int64? {
        let digits = text.utf8.prefix { $0 &- 0x30 < 10 }
        guard !digits.isEmpty, digits.count <= 9, digits.first != UInt8(ascii: "0"),
            let number = Int64(String(Substring(digits)))
        else { return nil }
        let unit: Int64
        switch String(Substring(text.utf8.dropFirst(digits.count))) {
        case "", "s": unit = 1
        case "m": unit = 60
        case "h": unit = 3_600
        case "d": unit = 86_400
        case _: return nil
        }
        let seconds = number * unit
        return seconds <= PolicyBounds.longestWindow ? seconds : nil
    }

    /// The shortest way to write a window.
    static func text(_ window: LimitWindow) -> String {
        switch window {
        case .month: "month"
        case .seconds(1): "second"
        case .seconds(60): "minute"
        case .seconds(3_600): "hour"
        case .seconds(86_400): "day"
        case .seconds(let seconds): text(seconds: seconds)
        }
    }

    static func text(seconds: Int64) -> String {
        for (unit, letter) in [(Int64(86_400), "d"), (3_600, "h"), (60, "m")] where seconds % unit == 0 {
            return "\(seconds / unit)\(letter)"
        }
        return "\(seconds)s"
    }
}

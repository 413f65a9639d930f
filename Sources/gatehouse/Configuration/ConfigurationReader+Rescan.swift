import PolicyFiles

/// `rescan`: how often registered servers' tools are listed again.
extension ConfigurationReader {
    mutating func rescan(_ value: Located, otherwise usual: Duration?) -> Duration? {
        // YAML has `off` for a word of its own.
        if value.scalarText == "off" || value.bool == false { return nil }
        guard let text = text(value) else { return usual }
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        let units = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
        guard let number = Int(digits), let unit = units[String(text.dropFirst(digits.count))], number <= 1_000_000,
            RescanBounds.intervals.contains(.seconds(number * unit))
        else {
            report(value, "`\(text)` is no time between two scans", "write `1m` to `7d`, or `off`")
            return usual
        }
        return .seconds(number * unit)
    }
}

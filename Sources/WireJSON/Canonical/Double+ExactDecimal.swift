extension Double {
    /// The double nearest to a decimal, by the rounding ECMAScript reads numbers with; nil if that is infinite.
    init?(nearest decimal: ExactDecimal) {
        guard !decimal.isZero else {
            self = 0
            return
        }
        // The largest double is below 10³⁰⁹, half the smallest above 10⁻³²⁴.
        guard decimal.magnitude <= 309 else { return nil }
        guard decimal.magnitude >= -324 else {
            self = 0
            return
        }
        // No double, and no middle between two, has more than 767 digits: any digit further on only says that there
        // is more.
        var digits = decimal.digits.prefix(770)
        if decimal.digitCount > digits.count { digits.append(1) }
        var text = decimal.isNegative ? "-0." : "0."
        text.append(String(decoding: digits.map { $0 + 0x30 }, as: UTF8.self))
        text.append("e\(decimal.magnitude)")
        guard let double = Double(text), double.isFinite else { return nil }
        self = double
    }
}

extension ExactDecimal {
    /// The shortest decimal that reads back as this double, as ECMAScript writes numbers; nil if it is not finite.
    init?(_ double: Double) {
        // Swift's description has those digits, the closest to the double where several are shortest.
        self.init(double.description)
    }
}

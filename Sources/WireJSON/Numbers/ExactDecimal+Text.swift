extension ExactDecimal: CustomStringConvertible {
    /// Reads a number as ``init(_:)`` does, from bytes.
    public init?(utf8 text: some Collection<UInt8>) {
        var rest = text[...]
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative { rest.removeFirst() }

        var digits = Digits()
        guard let first = rest.first, isDigit(first) else { return nil }
        while let byte = rest.first, isDigit(byte) {
            if first == UInt8(ascii: "0"), digits.read > 0 { return nil }
            digits.append(byte &- 0x30)
            rest.removeFirst()
        }
        if rest.first == UInt8(ascii: ".") {
            rest.removeFirst()
            let integers = digits.read
            while let byte = rest.first, isDigit(byte) {
                digits.append(byte &- 0x30)
                digits.places += 1
                rest.removeFirst()
            }
            guard digits.read > integers else { return nil }
        }
        var exponent: Int? = 0
        if let byte = rest.first, byte | 0x20 == UInt8(ascii: "e") {
            rest.removeFirst()
            let isBelow = rest.first == UInt8(ascii: "-")
            if isBelow || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
            guard !rest.isEmpty else { return nil }
            while let byte = rest.first {
                guard isDigit(byte) else { return nil }
                // Far enough beyond the bound that no number of digits can lead back, near enough that nothing
                // overflows.
                exponent = exponent.map { $0 * 10 + Int(byte &- 0x30) }.flatMap {
                    $0 <= 5 * Self.largestExponent ? $0 : nil
                }
                rest.removeFirst()
            }
            if isBelow { exponent = exponent.map { -$0 } }
        }
        guard rest.isEmpty else { return nil }
        if digits.isZero {
            self = .zero
            return
        }
        guard let exponent else { return nil }
        self.init(
            isNegative: isNegative, short: digits.short, long: digits.long,
            exponent: exponent - digits.places + digits.zeros)
        guard abs(magnitude - 1) <= Self.largestExponent else { return nil }
    }

    /// The one text all spellings of this value share, itself a JSON number: `1`, `0.5`, `-12.75`, `1e+400`.
    ///
    /// Written by the rules ECMAScript has for doubles (ECMA-262, Number::toString), with all digits: without
    /// exponent from 10⁻⁶ to below 10²¹, else with one digit before the point.
    public var normalised: String {
        var text: [UInt8] = []
        append(to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    public var description: String { normalised }
}

private func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

/// Digits as they are read: zeros before the first other digit are left out, zeros at the end only counted.
private struct Digits {
    var short: UInt64 = 0
    var long: [UInt8] = []
    /// Zeros since the last digit that is not 0.
    var zeros = 0
    /// Digits behind the point.
    var places = 0
    /// All digits read, whether kept or not.
    var read = 0
    private var kept = 0

    var isZero: Bool { kept == 0 }

    init() {}

    mutating func append(_ digit: UInt8) {
        read += 1
        if digit == 0 {
            if kept > 0 { zeros += 1 }
            return
        }
        while zeros > 0 {
            keep(0)
            zeros -= 1
        }
        keep(digit)
    }

    private mutating func keep(_ digit: UInt8) {
        if long.isEmpty {
            let (tens, overflow) = short.multipliedReportingOverflow(by: 10)
            let (sum, carry) = tens.addingReportingOverflow(UInt64(digit))
            kept += 1
            if !overflow, !carry {
                short = sum
                return
            }
            long = ExactDecimal(isNegative: false, short: short, long: [], exponent: 0).digits
            short = 0
        }
        long.append(digit)
    }
}

/// A decimal number, exactly: what a JSON number says, with no binary rounding and no bound on its digits.
///
/// `1`, `1.0` and `1e0` are one value; 9007199254740993 and 9007199254740992 are two. Nothing is ever written out in
/// full, so `1e400` and `1e-999999999` take no more time or memory than `1`. Numbers of up to 19 digits need no
/// allocation.
///
/// Powers of ten are kept up to ±10¹⁷, counted with one digit before the point. A number beyond, such as
/// `1e999999999999999999999`, is not representable: the initialisers return nil and whoever judges by it must refuse.
/// Zero is zero, whatever its exponent.
public struct ExactDecimal: Sendable, Hashable {
    // The value is ± digits × 10^exponent. Zero has one form; any other value ends in a digit that is not 0, so equal
    // values have equal parts. Digits are in `short` if they fit, else `short` is 0 and they are in `long`, one each
    // from 0 to 9.
    let isNegative: Bool
    let short: UInt64
    let long: [UInt8]
    let exponent: Int

    static let largestExponent = 100_000_000_000_000_000

    /// Reads a number as RFC 8259 section 6 writes it; nil for any other text and for an exponent out of range.
    public init?(_ text: String) {
        self.init(utf8: text.utf8)
    }

    public init(_ integer: Int) {
        var digits = UInt64(integer.magnitude)
        var exponent = 0
        while digits != 0, digits % 10 == 0 {
            digits /= 10
            exponent += 1
        }
        self.init(isNegative: integer < 0, short: digits, long: [], exponent: exponent)
    }

    init(isNegative: Bool, short: UInt64, long: [UInt8], exponent: Int) {
        self.isNegative = isNegative
        self.short = short
        self.long = long
        self.exponent = exponent
    }

    static let zero = ExactDecimal(0)

    public var isZero: Bool { short == 0 && long.isEmpty }

    /// How many digits there are from the first that is not 0 to the last that is not 0; 0 for zero.
    var digitCount: Int {
        if !long.isEmpty { return long.count }
        var count = 0
        var rest = short
        while rest != 0 {
            rest /= 10
            count += 1
        }
        return count
    }

    /// The power of ten just above the value: 1 for 1 to 9.99, 0 for 0.1 to 0.999.
    var magnitude: Int { digitCount + exponent }

    /// The digits in order, each from 0 to 9.
    var digits: [UInt8] {
        if !long.isEmpty { return long }
        var digits: [UInt8] = []
        var rest = short
        while rest != 0 {
            digits.append(UInt8(rest % 10))
            rest /= 10
        }
        digits.reverse()
        return digits
    }

    /// The value times 10^places, if that is an integer that fits: `12.5` at 6 places is 12500000.
    ///
    /// - Returns: nil if there are more places than asked for, or the result overflows. Nothing is rounded.
    public func scaled(places: Int) -> Int64? {
        precondition(places >= 0 && places < 100, "places are from 0 to 99")
        if isZero { return 0 }
        guard long.isEmpty, exponent + places >= 0, exponent <= 19 else { return nil }
        var scaled = short
        for _ in 0..<exponent + places {
            let (product, overflow) = scaled.multipliedReportingOverflow(by: 10)
            guard !overflow else { return nil }
            scaled = product
        }
        return isNegative ? Int64(exactly: -Int128(scaled)) : Int64(exactly: scaled)
    }
}

extension ExactDecimal: Comparable {
    /// Exact order by value. Takes time in proportion to the digits written, never to the exponents.
    public static func < (a: ExactDecimal, b: ExactDecimal) -> Bool {
        if a.isNegative != b.isNegative { return a.isNegative }
        return a.isNegative ? b.isCloserToZero(than: a) : a.isCloserToZero(than: b)
    }

    private func isCloserToZero(than other: ExactDecimal) -> Bool {
        if isZero || other.isZero { return isZero && !other.isZero }
        let (mine, its) = (digitCount, other.digitCount)
        if mine + exponent != its + other.exponent { return mine + exponent < its + other.exponent }
        guard long.isEmpty, other.long.isEmpty else { return digits.lexicographicallyPrecedes(other.digits) }
        // The first digits have the same place. Both have at most 20 digits, so aligning the last ones fits 128 bits.
        return UInt128(short) * power(its - mine) < UInt128(other.short) * power(mine - its)
    }
}

/// 10^n, and 1 where n is negative.
private func power(_ n: Int) -> UInt128 {
    var power: UInt128 = 1
    for _ in 0..<max(n, 0) { power *= 10 }
    return power
}

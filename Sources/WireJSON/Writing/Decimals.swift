/// Appends an integer's decimal digits: what `String` would make of it, without making one.
func appendDecimal(_ int: Int, to out: inout [UInt8]) {
    var rest = int.magnitude
    if rest < 10 {
        if int < 0 { out.append(UInt8(ascii: "-")) }
        out.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest))
        return
    }
    // 2⁶⁴ has 20 digits.
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 21) { digits in
        var first = digits.count
        repeat {
            first -= 1
            let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
            digits[first] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit)
            rest = quotient
        } while rest > 0
        if int < 0 {
            first -= 1
            digits[first] = UInt8(ascii: "-")
        }
        out.append(contentsOf: digits[first...])
    }
}

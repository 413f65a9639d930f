import WireJSON

/// A number to be compared: exact, and quick where it is of everyday size.
enum Quantity: Sendable {
    /// A number of at most six decimal places that fits, in millionths: comparing two of these is one instruction.
    case millionths(Int64)
    /// Any other number.
    indirect case exact(ExactDecimal)

    init(_ number: ExactDecimal) {
        if let millionths = number.scaled(places: PolicyBounds.amountPlaces) {
            self = .millionths(millionths)
        } else {
            self = .exact(number)
        }
    }

    /// Reads a JSON number; `nil` for anything else and for a number too large to be represented at all.
    ///
    /// - Parameter source: the bytes that the number lies in.
    init?(_ json: JSON, in source: borrowing Span<UInt8>) {
        if let millionths = Self.millionths(json.range, in: source) {
            self = .millionths(millionths)
        } else if let number = json.number {
            self.init(number)
        } else {
            return nil
        }
    }

    /// An everyday number: at most twelve digits, six of them behind the point, and no exponent; `nil` for any other.
    static func millionths(_ range: Range<Int>, in source: borrowing Span<UInt8>) -> Int64? {
        let isNegative = source[range.lowerBound] == UInt8(ascii: "-")
        var value: Int64 = 0
        var digits = 0
        var places = -1
        for position in range.lowerBound + (isNegative ? 1 : 0)..<range.upperBound {
            let byte = source[position]
            if byte &- 0x30 < 10 {
                digits &+= 1
                guard digits <= 12, places < PolicyBounds.amountPlaces else { return nil }
                value = value &* 10 &+ Int64(byte &- 0x30)
                if places >= 0 { places &+= 1 }
            } else if byte == UInt8(ascii: "."), places < 0 {
                places = 0
            } else {
                return nil
            }
        }
        for _ in max(places, 0)..<PolicyBounds.amountPlaces { value &*= 10 }
        return isNegative ? -value : value
    }

    static func < (left: Quantity, right: Quantity) -> Bool {
        if case .millionths(let left) = left, case .millionths(let right) = right { return left < right }
        return left.decimal < right.decimal
    }

    var decimal: ExactDecimal {
        switch self {
        case .exact(let number): return number
        case .millionths(let millionths):
            guard let number = ExactDecimal("\(millionths)e-6") else {
                preconditionFailure("an integer with an exponent is a JSON number")
            }
            return number
        }
    }
}

extension Quantity: CustomStringConvertible {
    var description: String { decimal.normalised }
}

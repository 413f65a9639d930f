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
    init?(_ json: JSON) {
        if let int = json.int, int.magnitude <= Self.largestQuickInteger {
            self = .millionths(Int64(int) * 1_000_000)
        } else if let number = json.number {
            self.init(number)
        } else {
            return nil
        }
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

    private static let largestQuickInteger: UInt = 9_000_000_000_000
}

extension Quantity: CustomStringConvertible {
    var description: String { decimal.normalised }
}

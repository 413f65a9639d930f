/// One limit that applies to a tool.
struct BoundLimit: Sendable {
    /// Complete but for an amount that an argument says.
    let charge: Charge
    /// Where the amount is, when an argument says it.
    let amount: (path: PolicyPath, place: Int)?

    /// What the call owes; a denial when the argument holds no amount.
    func charge(_ seen: borrowing Sightings) -> Result<Charge, Denial> {
        guard let amount else { return .success(charge) }
        let millionths = seen[amount.place].number
        guard seen[amount.place].kind == .number, millionths >= 0, millionths <= Self.largestAmount else {
            let message = """
                `\(amount.path)` is charged against a limit, so it must be a number from 0 to \
                \(PolicyBounds.largestAmount) with at most \(PolicyBounds.amountPlaces) decimal places.
                """
            return .failure(Denial(rule: charge.rule, message: message))
        }
        var charge = charge
        charge.amount = millionths
        return .success(charge)
    }

    private static let largestAmount = PolicyBounds.largestAmount * PolicyBounds.unit
}

extension Denial: Error {}

extension [Charge] {
    /// Charges a counter once for each distinct amount, however many rules name it; the tightest maximum stays.
    /// What is nothing is not charged.
    var merged: [Charge] {
        var merged: [Charge] = []
        for charge in self where charge.amount > 0 {
            guard let same = merged.firstIndex(where: { $0.counts(asOneWith: charge) }) else {
                merged.append(charge)
                continue
            }
            if charge.max < merged[same].max { merged[same] = charge }
        }
        return merged
    }
}

extension Charge {
    fileprivate func counts(asOneWith other: Charge) -> Bool {
        amount == other.amount && window == other.window && scope == other.scope && alignment == other.alignment
            && counter.utf8.elementsEqual(other.counter.utf8)
    }
}

/// What one call charges to one counter, after its charges have been put together.
struct ChargeShare: Equatable {
    let slot: LedgerSlot.ID
    var amount: Int64
    /// Which of the call's charges has the tightest limit, to be named when there is no room.
    let index: Int

    var max: Int64 { slot.max }

    /// Puts a call's charges together: each distinct amount of a counter is charged once, however many limits name it,
    /// under the tightest of their limits (policy.md section 4, "Key of a counter"). Zero charges fall out.
    static func combining(_ charges: [CounterCharge]) -> [ChargeShare] {
        // Nearly every call owes one charge or none.
        guard charges.count > 1 else {
            return charges.filter { $0.amount > 0 }.map { ChargeShare($0, index: 0) }
        }
        var shares: [ChargeShare] = []
        var seen: Set<KeyAndAmount> = []
        for (index, charge) in charges.enumerated() where charge.amount > 0 {
            let isNew = seen.insert(KeyAndAmount(key: charge.key, amount: charge.amount)).inserted
            guard let known = shares.firstIndex(where: { $0.slot.key == charge.key }) else {
                shares.append(ChargeShare(charge, index: index))
                continue
            }
            if isNew {
                // More than any limit is as much as just over it: no room, ever.
                let (sum, overflows) = shares[known].amount.addingReportingOverflow(charge.amount)
                shares[known].amount = overflows ? .max : sum
            }
            if charge.max < shares[known].max {
                shares[known] = ChargeShare(charge, amount: shares[known].amount, index: index)
            }
        }
        return shares
    }

    private init(_ charge: CounterCharge, amount: Int64? = nil, index: Int) {
        slot = LedgerSlot.ID(key: charge.key, max: charge.max)
        self.amount = amount ?? charge.amount
        self.index = index
    }

    private struct KeyAndAmount: Hashable {
        let key: CounterKey
        let amount: Int64
    }
}

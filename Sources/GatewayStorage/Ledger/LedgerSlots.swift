/// The slots a ledger remembers, a bounded number of them, in the order of their last use.
struct LedgerSlots {
    private struct Entry {
        var slot: LedgerSlot
        /// Neighbours in the order of use; -1 at either end.
        var newer: Int
        var older: Int
    }

    private var positions: [LedgerSlot.ID: Int] = [:]
    private var entries: [Entry] = []
    private var newest = -1
    private var oldest = -1
    private let capacity: Int

    init(capacity: Int) {
        precondition(capacity > 0, "a ledger remembers at least one counter")
        self.capacity = capacity
    }

    var count: Int { positions.count }

    /// All positions in use.
    var indices: Range<Int> { entries.indices }

    subscript(position: Int) -> LedgerSlot {
        get { entries[position].slot }
        _modify { yield &entries[position].slot }
    }

    /// Where the slot is, marked as the one used last; nil when it is not remembered.
    mutating func find(_ id: LedgerSlot.ID) -> Int? {
        guard let position = positions[id] else { return nil }
        markUsed(position)
        return position
    }

    /// Where the slot is; it takes the place of the least recently used one when all places are taken, and what that
    /// one had left is `displaced`. Nil when every slot has users.
    mutating func findOrMake(_ id: LedgerSlot.ID, displaced: inout ReturnedAmount?) -> Int? {
        if let position = find(id) { return position }
        if entries.count < capacity {
            entries.append(Entry(slot: LedgerSlot(id), newer: -1, older: -1))
            positions[id] = entries.count - 1
            link(entries.count - 1)
            return entries.count - 1
        }
        var position = oldest
        while position >= 0, entries[position].slot.users > 0 { position = entries[position].newer }
        guard position >= 0 else { return nil }
        positions[entries[position].slot.id] = nil
        displaced = entries[position].slot.surrender()
        entries[position].slot = LedgerSlot(id)
        positions[id] = position
        markUsed(position)
        return position
    }

    private mutating func markUsed(_ position: Int) {
        guard position != newest else { return }
        unlink(position)
        link(position)
    }

    private mutating func unlink(_ position: Int) {
        let (newer, older) = (entries[position].newer, entries[position].older)
        if newer >= 0 { entries[newer].older = older } else { newest = older }
        if older >= 0 { entries[older].newer = newer } else { oldest = newer }
    }

    private mutating func link(_ position: Int) {
        entries[position].newer = -1
        entries[position].older = newest
        if newest >= 0 { entries[newest].newer = position } else { oldest = position }
        newest = position
    }
}

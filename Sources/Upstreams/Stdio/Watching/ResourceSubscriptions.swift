/// Which resources a legacy server has been asked to tell of, one request at a time for each.
///
/// Revision 2025-11-25, "Resources", "Subscriptions".
struct ResourceSubscriptions {
    enum Action: Equatable {
        case subscribe(id: Int, [UInt8])
        case unsubscribe(id: Int, [UInt8])
    }

    private enum Phase {
        case subscribing(Int)
        case subscribed
        case unsubscribing(Int)
        /// The server would not; not asked again on this child for those who watch already.
        case refused
    }

    private var phases: [[UInt8]: Phase] = [:]
    private var questions: [Int: [UInt8]] = [:]

    /// - Parameter isWanted: whether anybody watches the address.
    mutating func want(_ address: [UInt8], _ isWanted: Bool, nextID: () -> Int) -> Action? {
        switch (phases[address], isWanted) {
        case (nil, true):
            let id = nextID()
            phases[address] = .subscribing(id)
            questions[id] = address
            return .subscribe(id: id, address)
        case (.subscribed, false):
            let id = nextID()
            phases[address] = .unsubscribing(id)
            questions[id] = address
            return .unsubscribe(id: id, address)
        case (.refused, false):
            phases[address] = nil
            return nil
        case (nil, false), (.subscribing, _), (.subscribed, true), (.unsubscribing, _), (.refused, true):
            return nil
        }
    }

    /// A question of these is answered.
    ///
    /// - Returns: the address, and whether the server refused to tell of it; nil where it is no question of these.
    mutating func answered(_ id: Int, isTaken: Bool) -> (address: [UInt8], isRefused: Bool)? {
        guard let address = questions.removeValue(forKey: id) else { return nil }
        switch phases[address] {
        case .subscribing:
            phases[address] = isTaken ? .subscribed : .refused
            return (address, !isTaken)
        case .unsubscribing:
            // Whatever it says, it has been told.
            phases[address] = nil
            return (address, false)
        case .subscribed, .refused, nil: return (address, false)
        }
    }

    func isSubscribed(_ address: [UInt8]) -> Bool {
        guard case .subscribed = phases[address] else { return false }
        return true
    }

    /// Somebody new asks for an address: the server may say otherwise this time.
    mutating func forgetRefusal(of address: [UInt8]) {
        if case .refused = phases[address] { phases[address] = nil }
    }
}

public import GatewayStorage
import PolicyEngine

/// A counter store to be tried: how to open it, and the clock it counts by.
public struct CounterStoreFixture: Sendable {
    public let clock: ManualClock
    private let opening: @Sendable (@escaping WallClock) async throws -> any CounterStore

    /// - Parameter open: opens the store; called again within one case, it opens what was opened before once more
    ///   (another process's view of it), which for a store in memory is the same one.
    public init(
        clock: ManualClock = ManualClock(),
        open: @escaping @Sendable (@escaping WallClock) async throws -> any CounterStore
    ) {
        self.clock = clock
        opening = open
    }

    func open() async throws -> any CounterStore {
        try await opening(clock.reading)
    }

    /// A process's ledger over the store.
    func ledger() async throws -> CounterLedger {
        CounterLedger(over: try await open(), clock: clock.reading)
    }
}

extension CounterLedger {
    /// Charges as the gateway does: from memory, else by a reservation.
    public func spend(_ charges: CounterCharge..., at clock: ManualClock) async throws -> ChargeOutcome {
        switch charge(charges, at: clock.now) {
        case .settled(let outcome): outcome
        case .needsReservation: try await reserve(charges)
        }
    }

    /// How many of so many calls at once are admitted.
    func spendAtOnce(_ calls: Int, _ charge: CounterCharge, at clock: ManualClock) async throws -> Int {
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<calls {
                group.addTask { try await self.spend(charge, at: clock).isCharged }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
    }
}

extension ChargeOutcome {
    var isCharged: Bool {
        switch self {
        case .charged: true
        case .exhausted: false
        }
    }
}

extension CounterCharge {
    /// A charge in whole units.
    init(
        _ counter: String = "calls", _ units: Int64 = 1, of max: Int64, window: LimitWindow = .seconds(60),
        alignment: LimitAlignment = .sliding
    ) {
        self.init(
            key: CounterKey(
                organisation: "default", server: "iam", counter: counter, scope: .grant, scopeValue: "laptop",
                window: window, alignment: alignment),
            max: max * 1_000_000, amount: units * 1_000_000)
    }
}

import Gateway
import GatewayStorage
import Logging
import NIOCore
import NIOPosix
import SQLiteStorage
import ServiceLifecycle

/// The parts every running gateway has, put together: stores, audit, counters, the line, and the loops it runs on.
struct Assembly: Sendable {
    let group: MultiThreadedEventLoopGroup
    let line: CallLine
    let ledger: CounterLedger
    let slowLane: SlowLane
    let logger: Logger

    /// The ports a gateway keeps its state behind.
    struct Stores: Sendable {
        let counters: any CounterStore
        let audit: any AuditStore
        let definitions: any DefinitionStore
    }

    init(_ stores: Stores, logger: Logger, loops: Int = Processors.usable) {
        group = MultiThreadedEventLoopGroup(numberOfThreads: max(1, loops))
        slowLane = SlowLane()
        let clock = GatewayClock.system
        ledger = CounterLedger(over: stores.counters, clock: clock.wall)
        line = CallLine(
            configuration: RunningConfiguration(Snapshot(servers: [], grants: [:])),
            trail: AuditTrail(stores.audit, logger: logger), ledger: ledger, definitions: stores.definitions,
            slowLane: slowLane, clock: clock, logger: logger)
        self.logger = logger
    }

    /// The parts that outlive every endpoint, in starting order; they stop in the reverse order.
    var foundations: [Part] {
        let (trail, ledger, slowLane, logger) = (line.trail, ledger, slowLane, logger)
        return [
            Part("audit") {
                await trail.run()
            } stop: {
                trail.close()
            },
            Part("counters") {
                try? await gracefulShutdown()
                do { try await ledger.releaseAll() } catch {
                    logger.warning("unused reservations stay counted", metadata: ["error": "\(error)"])
                }
            } stop: {
            },
            Part("slow lane") {
                await slowLane.run()
            } stop: {
                slowLane.close()
            },
        ]
    }
}

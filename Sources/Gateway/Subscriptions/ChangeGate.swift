import MCPMessages
import Synchronization

/// Lets a change of a list through at once and those that follow close behind as one, later: the same change is told by
/// every conversation that a server is held in.
final class ChangeGate: Sendable {
    enum Passage: Equatable {
        case now
        case later
        /// One is on its way already.
        case no
    }

    private struct Key: Hashable {
        let server: String
        let kind: ListKind
    }

    private struct Recent {
        var until: UInt64
        var isHeld: Bool
    }

    /// Nanoseconds.
    private static let interval = UInt64(GatewayLimits.changeGathering / .nanoseconds(1))

    private let recent = Mutex<[Key: Recent]>([:])
    private let clock: GatewayClock

    init(clock: GatewayClock) { self.clock = clock }

    func passage(of kind: ListKind, at server: String) -> Passage {
        let now = clock.steady()
        return recent.withLock { recent in
            let key = Key(server: server, kind: kind)
            guard var last = recent[key], last.isHeld || last.until > now else {
                recent[key] = Recent(until: now + Self.interval, isHeld: false)
                return .now
            }
            guard !last.isHeld else { return .no }
            last.isHeld = true
            recent[key] = last
            return .later
        }
    }

    /// The held change is being told.
    func released(_ kind: ListKind, at server: String) {
        let now = clock.steady()
        recent.withLock { $0[Key(server: server, kind: kind)] = Recent(until: now + Self.interval, isHeld: false) }
    }
}

public import GatewayStorage
import Synchronization

/// A wall clock that stands still until it is moved, forwards or backwards.
public final class ManualClock: Sendable {
    private let time: Mutex<WallTime>

    /// - Parameter now: where it stands; without one, at a moment no calendar period begins (2026-03-14T01:59:26.535Z).
    public init(at now: WallTime = WallTime(milliseconds: 1_773_453_566_535)) {
        time = Mutex(now)
    }

    public var now: WallTime { time.withLock { $0 } }

    /// The clock as the gateway's parts take it.
    public var reading: WallClock { { self.now } }

    public func advance(by duration: Duration) {
        time.withLock { $0 = $0.advanced(by: duration) }
    }

    public func set(to now: WallTime) {
        time.withLock { $0 = now }
    }
}

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A moment of the wall clock, in whole milliseconds since 1970-01-01T00:00:00Z.
///
/// Limits, audit entries and accepted definitions are all dated with it. It may step backwards when an operator or
/// NTP sets the clock; whoever compares two of them says what happens then.
public struct WallTime: InstantProtocol, Sendable, CustomStringConvertible {
    /// Milliseconds since the epoch, leap seconds not counted.
    public let milliseconds: Int64

    public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// The moment `duration` later (earlier when negative); parts of a millisecond are dropped.
    public func advanced(by duration: Duration) -> WallTime {
        WallTime(milliseconds: milliseconds &+ duration.wholeMilliseconds)
    }

    /// How long from this moment to `other`; negative when `other` is earlier.
    public func duration(to other: WallTime) -> Duration {
        .milliseconds(other.milliseconds - milliseconds)
    }

    public static func < (earlier: WallTime, later: WallTime) -> Bool {
        earlier.milliseconds < later.milliseconds
    }

    public var description: String { "\(milliseconds) ms" }
}

/// Tells the time. Nothing in the storage targets looks at the system's clock by itself: it is handed one of these.
public typealias WallClock = @Sendable () -> WallTime

extension WallTime {
    /// The system's real-time clock, to be handed on as a ``WallClock`` by the program's composition root.
    public static func system() -> WallTime {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        return WallTime(milliseconds: Int64(now.tv_sec) * 1000 + Int64(now.tv_nsec) / 1_000_000)
    }
}

extension Duration {
    /// The whole milliseconds in this duration, towards zero.
    var wholeMilliseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1000 + attoseconds / 1_000_000_000_000_000
    }
}

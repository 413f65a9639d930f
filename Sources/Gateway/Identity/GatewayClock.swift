public import GatewayStorage

/// The clocks of the house, passed in.
public struct GatewayClock: Sendable {
    public let wall: WallClock
    /// Nanoseconds of a clock that only goes forward.
    public let steady: @Sendable () -> UInt64

    public init(wall: @escaping WallClock, steady: @escaping @Sendable () -> UInt64) {
        self.wall = wall
        self.steady = steady
    }

    /// The time of day, whole seconds since 1970.
    public var secondsSince1970: Int64 {
        let milliseconds = wall().milliseconds
        return milliseconds / 1000 - (milliseconds % 1000 < 0 ? 1 : 0)
    }
}

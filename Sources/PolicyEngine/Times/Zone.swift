/// A time zone: how far its clocks are ahead of UTC, and since when.
///
/// The engine reads no files; whoever loads a policy looks the zone up by its IANA name. Two zones are the same when
/// their names are.
public struct Zone: Sendable {
    /// A moment at which clocks are set.
    public struct Change: Sendable, Hashable {
        /// Seconds since 1970-01-01T00:00:00Z.
        public var at: Int64
        /// How far clocks are ahead of UTC from then on, in seconds.
        public var offset: Int64

        public init(at: Int64, offset: Int64) {
            self.at = at
            self.offset = offset
        }
    }

    /// The IANA name, such as `Europe/Berlin`.
    public let name: String
    /// How far clocks are ahead of UTC before the first change, in seconds.
    public let firstOffset: Int64
    /// In the order of time.
    public let changes: [Change]

    public init(name: String, firstOffset: Int64, changes: [Change] = []) {
        self.name = name
        self.firstOffset = firstOffset
        self.changes = changes.sorted { $0.at < $1.at }
    }

    public static let utc = Zone(name: "UTC", firstOffset: 0)

    /// How far clocks are ahead of UTC, in seconds.
    ///
    /// - Parameter moment: seconds since 1970-01-01T00:00:00Z.
    public func offset(at moment: Int64) -> Int64 {
        let next = firstChange(after: moment)
        return next == 0 ? firstOffset : changes[next - 1].offset
    }

    /// The first moment at which the clocks have come to a local time, given in seconds since their 1970-01-01T00:00:00.
    ///
    /// Where clocks are set forward over it, that is the moment they are set; where they are set back to before it, the
    /// first time counts.
    public func firstMoment(clocksReach local: Int64) -> Int64 {
        // No zone is a day ahead or behind, and none sets its clocks by as much.
        var next = firstChange(after: local - 2 * 86_400)
        while true {
            let offset = next == 0 ? firstOffset : changes[next - 1].offset
            let moment = next == 0 ? local - offset : max(changes[next - 1].at, local - offset)
            if next == changes.count || moment < changes[next].at { return moment }
            next += 1
        }
    }

    private func firstChange(after moment: Int64) -> Int {
        var (low, high) = (0, changes.count)
        while low < high {
            let middle = (low + high) / 2
            if changes[middle].at <= moment { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension Zone: Hashable {
    public static func == (left: Zone, right: Zone) -> Bool { left.name.utf8.elementsEqual(right.name.utf8) }

    public func hash(into hasher: inout Hasher) {
        for byte in name.utf8 { hasher.combine(byte) }
    }
}

import Foundation
public import PolicyEngine
import Synchronization

/// Looks up time zones by their IANA names, in the tables that the system or its libraries bring.
public enum Zones {
    /// The zone of that name; `nil` when there is none.
    public static func named(_ name: String) -> Zone? {
        if name.utf8.elementsEqual("UTC".utf8) { return .utc }
        guard isName(name) else { return nil }
        if let known = known.withLock({ $0[name] }) { return known }
        guard let found = TimeZone(identifier: name) else { return nil }
        let zone = Zone(name: name, found)
        known.withLock { $0[name] = zone }
        return zone
    }

    /// The name that was probably meant.
    static func nearest(to name: String) -> String? { Spelling.nearest(to: name, among: names) }

    // The list of known names has not all of those that are known, such as Asia/Kolkata.
    private static let names = TimeZone.knownTimeZoneIdentifiers + ["UTC", "Asia/Kolkata"]

    /// `Area/Place`, in ASCII: other names that are understood, such as `GMT+2`, mean other things elsewhere.
    private static func isName(_ name: String) -> Bool {
        let parts = name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard 2...3 ~= parts.count, let area = parts.first, areas.contains(where: { $0.utf8.elementsEqual(area) })
        else {
            return false
        }
        return parts.allSatisfy { part in
            !part.isEmpty && part.allSatisfy { ($0 | 0x20) &- 0x61 < 26 || $0 &- 0x30 < 10 || "_+-".utf8.contains($0) }
        }
    }

    private static let areas = [
        "Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Etc", "Europe", "Indian",
        "Pacific",
    ]

    private static let known = Mutex<[String: Zone]>([:])
}

extension Zone {
    /// Asks for the offset once a week, and where it differs from the week before, finds the second of the change.
    fileprivate init(name: String, _ zone: TimeZone) {
        func offset(_ moment: Int64) -> Int64 {
            Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(moment))))
        }
        var changes: [Change] = []
        var before = Self.firstMoment
        let first = offset(before)
        var last = first
        while before < Self.lastMoment {
            let after = before + 7 * 86_400
            let next = offset(after)
            if next != last {
                var (low, high) = (before, after)
                while high - low > 1 {
                    let middle = (low + high) / 2
                    if offset(middle) == last { low = middle } else { high = middle }
                }
                changes.append(Change(at: high, offset: next))
                last = next
            }
            before = after
        }
        self.init(name: name, firstOffset: first, changes: changes)
    }

    /// From 2000 to 2070; clocks before and after are taken to be as they are then.
    private static let firstMoment: Int64 = 946_684_800
    private static let lastMoment: Int64 = 3_155_760_000
}

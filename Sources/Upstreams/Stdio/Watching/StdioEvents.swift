import Gateway
import MCPMessages
import NIOCore

/// What of a child's notifications outside any request is told at once, and what later.
///
/// However fast a server says that something changed, the last time is told: whoever looks then sees what is.
struct StdioEvents {
    /// What a change is of.
    enum Key: Hashable {
        case list(ListKind)
        case resource([UInt8])
    }

    private var gate: RateGate
    private let limit: Int
    private var held: [Key: UpstreamEvent] = [:]

    init(_ limits: StdioLimits, at now: NIODeadline) {
        gate = RateGate(perSecond: limits.events, now: now)
        limit = limits.heldEvents
    }

    /// Whether the event is to be told now; one that is not and has a key is held, unless too many are.
    mutating func admits(_ key: Key?, _ event: UpstreamEvent, at now: NIODeadline) -> Bool {
        if let key, held[key] != nil {
            held[key] = event
            return false
        }
        if gate.admits(at: now) { return true }
        if let key, held.count < limit { held[key] = event }
        return false
    }

    var holdsAny: Bool { !held.isEmpty }

    mutating func takeHeld() -> [UpstreamEvent] {
        defer { held = [:] }
        return Array(held.values)
    }
}

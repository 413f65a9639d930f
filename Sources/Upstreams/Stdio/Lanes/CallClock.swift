import NIOCore

/// How long a call may go unanswered: begins anew with each progress, rests while the server waits for an answer of its
/// client's, and ends at the longest a call may last whatever happens.
struct CallClock {
    private enum Hand {
        case running(until: NIODeadline)
        case resting(left: TimeAmount)
    }

    private let allowed: TimeAmount
    private let last: NIODeadline
    private var hand: Hand

    init(allowed: TimeAmount, longest: TimeAmount, at now: NIODeadline) {
        self.allowed = allowed
        last = now + max(allowed, longest)
        hand = .running(until: now + allowed)
    }

    /// When the call is given up, as things stand.
    var deadline: NIODeadline {
        switch hand {
        case .running(let until): min(until, last)
        case .resting: last
        }
    }

    mutating func beginAnew(at now: NIODeadline) {
        switch hand {
        case .running: hand = .running(until: now + allowed)
        case .resting: hand = .resting(left: allowed)
        }
    }

    mutating func rest(at now: NIODeadline) {
        guard case .running(let until) = hand else { return }
        hand = .resting(left: max(until - now, .zero))
    }

    mutating func goOn(at now: NIODeadline) {
        guard case .resting(let left) = hand else { return }
        hand = .running(until: now + left)
    }
}

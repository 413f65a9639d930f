import Gateway
import MCPMessages
import NIOCore
import WireJSON

/// What is agreed with one server, and who waits for it to be: one probe at a time, one handshake per
/// principal and declaration of capabilities at a time.
///
/// MCP revision 2026-07-28, "Versioning and Compatibility". Events in, ``Step``s out; the caller does what a step says and
/// reports back. Every waiter is called exactly once, and then asks again.
struct AgreementLedger {
    /// Called with nil when it is worth asking again, or with why it is not.
    typealias Waiter = @Sendable (UpstreamFailure?) -> Void

    enum Step {
        case go(Route)
        /// The waiter was kept; another caller is at work.
        case wait
        /// The waiter was kept; the caller is to probe.
        case probe
        /// The waiter was kept; the caller is to open a session for the scope.
        case initialize
        case refuse(UpstreamFailure)
    }

    /// What a probe found.
    enum Standing {
        case unknown
        /// With the server's own description, where it gave one.
        case modern(UpstreamDescription?, since: NIODeadline)
        /// With the error it answered the modern probe with, where it gave one. In doubt, an `initialize` that is refused
        /// makes it modern after all.
        case legacy(refusal: JSON?, inDoubt: Bool)
    }

    private enum Entry {
        case opening([Waiter])
        case open(Session, lastUsed: UInt64)
    }

    private let followsClientEra: Bool
    private(set) var standing = Standing.unknown
    private var probeWaiters: [Waiter] = []
    private var isProbing = false
    private var sessions: [SessionKey: Entry] = [:]
    /// Those that were given up for newer ones, until somebody ends them.
    private var forgotten: [Session] = []
    private var waiting = 0
    private var uses: UInt64 = 0
    private var isClosed = false
    /// Whether the server answered `initialize` with a refusal: legacy clients go on the modern way.
    private var refusesHandshake = false

    init(followsClientEra: Bool) { self.followsClientEra = followsClientEra }

    /// - Parameter waiter: asked for one only where somebody has to wait.
    mutating func step(for scope: UpstreamScope, waiter: () -> Waiter) -> Step {
        guard !isClosed else { return .refuse(UpstreamFailure(.closed, "shutting down", wroteNothing: true)) }
        // A server that speaks both eras may offer more in one than in the other: a client is served in its own, where it
        // can be.
        if scope.clientEra == .legacy, !refusesHandshake {
            return session(for: SessionKey(scope), waiter: waiter)
        }
        switch standing {
        case .modern: return .go(.modern)
        case .legacy(let refusal, _) where followsClientEra:
            return .refuse(
                UpstreamFailure(
                    .unsupported, "the server speaks only revisions with a handshake", wroteNothing: true,
                    error: refusal))
        case .legacy: return session(for: SessionKey(scope), waiter: waiter)
        case .unknown:
            guard makeRoom() else { return .refuse(Self.crowded) }
            probeWaiters.append(waiter())
            guard !isProbing else { return .wait }
            isProbing = true
            return .probe
        }
    }

    private mutating func session(for key: SessionKey, waiter: () -> Waiter) -> Step {
        switch sessions[key] {
        case .open(let session, _):
            uses += 1
            sessions[key] = .open(session, lastUsed: uses)
            return .go(.legacy(session))
        case .opening(var waiters):
            guard makeRoom() else { return .refuse(Self.crowded) }
            waiters.append(waiter())
            sessions[key] = .opening(waiters)
            return .wait
        case nil:
            guard makeRoom() else { return .refuse(Self.crowded) }
            sessions[key] = .opening([waiter()])
            return .initialize
        }
    }

    private mutating func makeRoom() -> Bool {
        guard waiting < HTTPLimits.handshakeWaiters else { return false }
        waiting += 1
        return true
    }

    private static var crowded: UpstreamFailure {
        UpstreamFailure(.busy, "too many requests wait for the handshake", wroteNothing: true)
    }
}

/// What came of a step.
extension AgreementLedger {
    /// The probe is over; nil when it found nothing out.
    mutating func probed(_ found: Standing?) -> [Waiter] {
        isProbing = false
        if !isClosed, let found {
            standing = found
        }
        return takeProbeWaiters()
    }

    mutating func opened(_ session: Session, for scope: UpstreamScope) -> [Waiter] {
        let key = SessionKey(scope)
        let waiters = openingWaiters(for: key)
        guard !isClosed else { return waiters }
        uses += 1
        sessions[key] = .open(session, lastUsed: uses)
        if sessions.count > HTTPLimits.sessions { forgetOldestSession() }
        return waiters
    }

    /// - Returns: whether the scope's waiters can go on, because the server is modern after all, and the waiters.
    mutating func couldNotOpen(
        for scope: UpstreamScope, _ refusal: HandshakeRefusal, at now: NIODeadline
    ) -> (canGoOn: Bool, waiters: [Waiter]) {
        let waiters = openingWaiters(for: SessionKey(scope))
        if case .modernOnly = refusal {
            // Whoever waits goes on to ask it the modern way, which also tells what it is.
            refusesHandshake = true
            standing = .unknown
            return (true, waiters)
        }
        guard case .legacy(_, let inDoubt) = standing else {
            // A legacy client's handshake comes before any probe.
            guard refusal.isRefusal, !followsClientEra, scope.clientEra == .legacy else { return (false, waiters) }
            refusesHandshake = true
            return (true, waiters)
        }
        guard refusal.isRefusal, inDoubt else {
            forgetStanding()
            return (false, waiters)
        }
        standing = .modern(nil, since: now)
        return (true, waiters)
    }

    mutating func takeForgotten() -> [Session] {
        defer { forgotten = [] }
        return forgotten
    }

    /// The server no longer knows the session. Another may have taken its place already.
    mutating func lost(_ session: Session, of scope: UpstreamScope) {
        let key = SessionKey(scope)
        guard case .open(let held, _) = sessions[key], held === session else { return }
        sessions[key] = nil
    }

    /// The server is to be asked anew before the next request; open sessions stay until it says otherwise.
    mutating func forgetStanding() {
        standing = .unknown
        refusesHandshake = false
    }

    /// Forgets a description that is older than `age`, and that there was none.
    mutating func forgetDescription(olderThan age: TimeAmount, at now: NIODeadline) {
        guard case .modern(let description, let since) = standing else { return }
        if description == nil || since + age <= now { standing = .unknown }
    }

    /// Nothing is agreed on any more.
    mutating func close() -> (waiters: [Waiter], sessions: [Session]) {
        isClosed = true
        standing = .unknown
        var waiters = takeProbeWaiters()
        var open: [Session] = []
        for entry in sessions.values {
            switch entry {
            case .opening(let opening): waiters += opening
            case .open(let session, _): open.append(session)
            }
        }
        sessions.removeAll()
        waiting = 0
        return (waiters, open)
    }

    private mutating func takeProbeWaiters() -> [Waiter] {
        defer { probeWaiters = [] }
        waiting -= probeWaiters.count
        return probeWaiters
    }

    private mutating func openingWaiters(for key: SessionKey) -> [Waiter] {
        guard case .opening(let waiters) = sessions.removeValue(forKey: key) else { return [] }
        waiting -= waiters.count
        return waiters
    }

    private mutating func forgetOldestSession() {
        var oldest: SessionKey?
        var oldestUse = UInt64.max
        for (key, entry) in sessions {
            guard case .open(_, let lastUsed) = entry, lastUsed < oldestUse else { continue }
            oldest = key
            oldestUse = lastUsed
        }
        guard let oldest, case .open(let session, _)? = sessions.removeValue(forKey: oldest) else { return }
        forgotten.append(session)
    }
}

import Gateway

/// Whether requests to one upstream may go out, with what, and what has to happen first.
struct AuthorizationState {
    /// Called once, with why there is no token, or nil.
    typealias Waiter = @Sendable (UpstreamFailure?) -> Void

    enum Standing: Equatable {
        /// With this header line; where it ends soon, it is to be renewed meanwhile.
        case go([UInt8], renewing: Bool)
        case wait(isFirst: Bool)
        case refuse(OAuthProblem)
    }

    private(set) var tokens: KeptTokens?
    private var isWorking = false
    private var problem: (what: OAuthProblem, until: Int64)?
    /// What the server turned down although it was not over.
    private var turnedDown: [UInt8]?
    private var waiters: [Waiter] = []

    /// As people are told it.
    var standing: UpstreamAuthorization.Standing {
        if let problem { return .failing(problem.what) }
        return tokens == nil ? .untried : .authorized
    }

    /// The header line that is good now; nil where there is none.
    func line(at now: Int64) -> [UInt8]? {
        guard let tokens, tokens.end > now, let line = tokens.line, line != turnedDown else { return nil }
        return line
    }

    /// What a request that wants to go out now is to do. Whoever is told that work is to begin has to see to it.
    mutating func standing(at now: Int64) -> Standing {
        if let line = line(at: now), let tokens {
            let isRenewing = tokens.end - now <= OAuthLimits.renewal && !isWorking && !isPaused(at: now)
            if isRenewing { isWorking = true }
            return .go(line, renewing: isRenewing)
        }
        if !isWorking, let problem, isPaused(at: now) { return .refuse(problem.what) }
        guard waiters.count < OAuthLimits.waiters else {
            return .refuse(.unreachable("too many requests wait for a token"))
        }
        defer { isWorking = true }
        return .wait(isFirst: !isWorking)
    }

    mutating func wait(_ waiter: @escaping Waiter) { waiters.append(waiter) }

    /// The server does not take this line any more.
    mutating func rejected(_ line: [UInt8]) { turnedDown = line }

    /// What was kept is no news where there is something newer.
    mutating func loaded(_ kept: KeptTokens?) { if tokens == nil { tokens = kept } }

    /// Work is done: the waiters are to be told.
    mutating func ended(_ result: Result<KeptTokens, OAuthProblem>, at now: Int64) -> [Waiter] {
        isWorking = false
        switch result {
        case .success(let tokens):
            self.tokens = tokens
            problem = nil
        case .failure(.needsPerson): problem = (.needsPerson, .max)
        case .failure(let what): problem = (what, now + OAuthLimits.pause)
        }
        defer { waiters = [] }
        return waiters
    }

    private func isPaused(at now: Int64) -> Bool { problem.map { now < $0.until } ?? false }
}

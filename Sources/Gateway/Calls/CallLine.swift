public import GatewayStorage
public import Logging

/// The straight line from an inbound message to its answer: read, place, judge, admit, send, shape, record.
///
/// Everything on it is a value or a named part below; the line itself holds no state. It runs on the caller's thread and
/// never waits: what must wait goes to the slow lane and comes back.
public final class CallLine: Sendable {
    public let configuration: RunningConfiguration
    public let conversations: Conversations
    public let trail: AuditTrail
    let admission: Admission
    public let acceptance: DefinitionAcceptance
    let slowLane: SlowLane
    public let clock: GatewayClock
    let seal: StateSeal
    let parked = ParkedCalls()
    let openCalls = OpenCalls()
    let subscriptions = Subscriptions()
    let changes: ChangeGate
    let reviews = ReviewGate()
    let watchedLists = WatchedLists()
    let firstLists = FirstLists()
    let numbers = RequestNumbers()
    let verifiedTokens = VerifiedTokens()
    let stackCursors = StackCursorSeal()
    let taskSeal = TaskSeal()
    let stackPatience: Duration

    /// - Parameter stackPatience: how long the servers of a stack are waited for before an answer is given without
    ///   those that are missing.
    public init(
        configuration: RunningConfiguration, trail: AuditTrail, ledger: CounterLedger,
        definitions: any DefinitionStore, slowLane: SlowLane, clock: GatewayClock, logger: Logger,
        stackPatience: Duration = GatewayLimits.stackPatience
    ) {
        self.stackPatience = stackPatience
        self.configuration = configuration
        self.trail = trail
        self.slowLane = slowLane
        self.clock = clock
        conversations = Conversations(clock: clock)
        seal = StateSeal(clock: clock)
        changes = ChangeGate(clock: clock)
        admission = Admission(ledger: ledger, trail: trail, slowLane: slowLane, clock: clock)
        acceptance = DefinitionAcceptance(
            configuration: configuration, store: definitions, clock: clock, logger: logger)
    }

    /// Whose grant's token this is; nil for a stranger's.
    public func authenticate(token: some Sequence<UInt8>) -> Principal? { authenticate(TokenDigest(of: token)) }

    /// Whose grant's token has this digest; asked for every request, since a grant may be gone at any time.
    public func authenticate(_ token: TokenDigest) -> Principal? {
        let snapshot = configuration.current
        return snapshot.grants[token]?.known(by: .token(token)).found(in: snapshot.generation)
    }

    /// Opens the conversation of a stdio connection.
    public func openConnection(principal: Principal, server: String) -> Conversation {
        conversations.openConnection(
            principal: principal, server: server,
            hearsEverything: principal.grant.access[server]?.letsEverythingThrough ?? false)
    }

    /// Takes note of a request that never became a message of a known sender to a known server.
    public func refuse(_ reason: RefusalReason, subject: CallSubject) {
        var subject = subject
        // A stranger's request is the affair of whose server it was meant for.
        if subject.principal == nil, let server = subject.server {
            subject.organisation = configuration.current.servers[server]?.organisation
        }
        record(.refused(reason), subject: subject, number: numbers.make())
    }

    /// Records a request that ends here. Whether it could be recorded changes nothing: it is refused anyway.
    func record(
        _ outcome: Outcome, subject: CallSubject, number: String, mode: Mode? = nil,
        policy: (id: String, version: Int)? = nil
    ) {
        _ = trail.record(
            AuditEntry(
                time: clock.wall(), request: number,
                content: .decision(
                    .init(subject: subject, outcome: outcome, advisory: nil, mode: mode, policy: policy, charges: []))))
    }
}

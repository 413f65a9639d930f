import MCPMessages
import Synchronization
import WireJSON

/// A modern client's `subscriptions/listen` that a modern server is asked as the client asks it, less what policy keeps
/// from it: acknowledged, told of changes and ended as the server does (revision 2026-07-28, "Subscriptions").
///
/// What the client may see changes with policy too, so lists that the server has are honoured whether or not the server
/// tells of their changes. A server that does not take the request leaves the house's own way of watching it.
final class RelayedListening: UpstreamReceiver {
    private enum Stage {
        /// Under this number among those that are not acknowledged, once it is asked.
        case asked(number: Int?)
        /// The client is being told; the stream is not among those that changes are told on yet.
        case acknowledging
        case open(number: Int, Subscription)
        case over
    }

    /// What is asked for, as far as it may be.
    struct Wanted: Sendable {
        var lists: Set<ListKind>
        var resources: [[UInt8]]
        /// Lists the server has: changes of what may be seen of them are told.
        var ownLists: Set<ListKind>
    }

    private let line: CallLine
    private let candidate: CallCandidate
    private let wanted: Wanted
    /// Serves the client where the server does not take the request; nil where there is nothing to serve.
    private let otherwise: (@Sendable () -> Cancellation)?
    private let stage = Mutex(Stage.asked(number: nil))
    /// However fast the server says that its lists change, its client is not told faster than it can look.
    private let changes: ChangeGate
    private let upstream = DeferredCancellation()
    private let other = DeferredCancellation()

    private var inbound: InboundRequest { candidate.inbound }

    init(
        _ candidate: CallCandidate, _ wanted: Wanted, line: CallLine, otherwise: (@Sendable () -> Cancellation)?
    ) {
        self.candidate = candidate
        self.wanted = wanted
        self.line = line
        changes = ChangeGate(clock: line.clock)
        self.otherwise = otherwise
    }

    /// Notes what ends the request upstream.
    func carried(by cancellation: Cancellation) { upstream.become(cancellation) }

    /// The client is gone.
    func cancel() {
        upstream.cancel()
        other.cancel()
    }

    /// The client reads more slowly than the server speaks, or has caught up.
    func hold(_ isHeld: Bool) { upstream.hold(isHeld) }

    // MARK: From the upstream

    func notified(_ notification: Message.Notification) {
        if notification.method == Subscription.acknowledged {
            return acknowledged(notification.params?["notifications"])
        }
        // It may be older than the grant as it is now.
        guard let subscription,
            let access = line.configuration.current.access(
                of: inbound.principal, to: inbound.server.slug, at: line.clock.secondsSince1970)
        else { return }
        if let kind = ListKind(changeNotification: notification.method) {
            guard subscription.lists.contains(kind) else { return }
            line.later(changes, kind, at: inbound.server.slug) { [self] in
                if isOpen { subscription.tell(notification.method, notification.params) }
            }
        } else if notification.method == "notifications/resources/updated" {
            // A server may tell of what lies below an address that was asked for.
            guard let updated = notification.params?["uri"]?.utf8.flatMap({ try? Asked(resource: $0) }),
                line.isWatchable(updated, access, inbound.principal, at: inbound.server.slug)
            else { return }
            subscription.tell(notification.method, notification.params)
        } else if access.letsEverythingThrough {
            subscription.tell(notification.method, notification.params)
        }
    }

    func answered(_ reply: UpstreamReply) {
        guard let wasOpen = end() else { return }
        switch reply.outcome {
        case .error(let error):
            line.complete(inbound, candidate, .error(code: error["code"]?.int ?? 0), bytes: error.range.count)
            if !wasOpen, let otherwise { return other.become(otherwise()) }
            inbound.refuse(relaying: error, from: reply.era)
        case .result(let result):
            let shaped = Subscription.marked(result, inbound.request.id)
            line.complete(inbound, candidate, .result(isError: false), bytes: shaped.count, digested: shaped)
            inbound.answer(shaped)
        }
    }

    func failed(_ failure: UpstreamFailure) {
        guard end() != nil else { return }
        line.complete(inbound, candidate, .failed(failure.kind, detail: failure.detail), bytes: 0)
        inbound.refuse(failure)
    }

    // MARK: The subscription

    private var isOpen: Bool { subscription != nil }

    private var subscription: Subscription? {
        stage.withLock { if case .open(_, let subscription) = $0 { subscription } else { nil } }
    }

    /// - Parameter honoured: what the server says it honours.
    private func acknowledged(_ honoured: JSON?) {
        let lists = wanted.lists.filter {
            honoured?[$0.subscriptionFlag]?.bool ?? false || wanted.ownLists.contains($0)
        }
        let addresses = Set(honoured?["resourceSubscriptions"]?.elements.compactMap(\.utf8) ?? [])
        guard line.isReached(by: inbound) else {
            return endFromHere(.failed(.cancelled, detail: Self.revoked)) { inbound.refuse(CallLine.grantIsGone) }
        }
        let subscription = Subscription(
            principal: inbound.principal, server: inbound.server.slug, id: inbound.request.id, lists: lists,
            resources: Set(line.watchable(wanted.resources, inbound)).intersection(addresses),
            conversation: inbound.conversation, answering: inbound.answering,
            ending: Cancellation { [self] in endFromHere(.failed(.cancelled, detail: Self.revoked)) {} },
            isRelayed: true, isPart: inbound.isPart)
        guard leaveAsked(for: .acknowledging) else { return }
        // First of all that is told on the stream.
        inbound.answering.notify(subscription.acknowledgement)
        if let number = line.subscriptions.add(subscription) {
            let wasEnded = stage.withLock { stage in
                guard case .acknowledging = stage else { return true }
                stage = .open(number: number, subscription)
                return false
            }
            // Whoever takes it out of the table ends it: a grant that went meanwhile found it there, or it is found here.
            guard wasEnded || !line.isReached(by: inbound), let found = line.subscriptions.remove(number) else {
                return
            }
            if !wasEnded { found.end() }
            return
        }
        endFromHere(.failed(.busy, detail: Self.tooMany)) { inbound.refuse(RPCError(.internalError, Self.tooMany)) }
    }

    /// Takes note that the server is asked now; false where the gateway stops, and then it has its answer.
    func isAsked() -> Bool {
        let number = line.subscriptions.ask(concluding: Cancellation { [self] in conclude() })
        guard let number else {
            conclude()
            return false
        }
        return stage.withLock { stage in
            guard case .asked = stage else { return false }
            stage = .asked(number: number)
            return true
        }
    }

    /// The gateway stops before the server has acknowledged it.
    private func conclude() {
        guard leaveAsked(for: .over) else { return }
        line.complete(inbound, candidate, .failed(.cancelled, detail: Self.stopping), bytes: 0)
        upstream.cancel()
        inbound.answer(Subscription.completion(of: inbound.request.id))
    }

    /// - Returns: false where it was acknowledged before, or is over.
    private func leaveAsked(for next: Stage) -> Bool {
        let (wasAsked, number): (Bool, Int?) = stage.withLock { stage in
            guard case .asked(let number) = stage else { return (false, nil) }
            stage = next
            return (true, number)
        }
        if let number { line.subscriptions.wasAnswered(number) }
        return wasAsked
    }

    private static let stopping = "the gateway stops"
    private static let revoked = "the grant no longer reaches the server"
    private static let tooMany = "too many subscriptions are open"

    /// Ends the request upstream too, if it has not ended.
    private func endFromHere(_ ending: AuditEntry.Ending, _ answer: () -> Void) {
        guard end() != nil else { return }
        line.complete(inbound, candidate, ending, bytes: 0)
        upstream.cancel()
        answer()
    }

    /// Ends it, once.
    ///
    /// - Returns: whether it was open until now; nil where it had ended before.
    private func end() -> Bool? {
        let before = stage.withLock { stage in
            defer { stage = .over }
            return stage
        }
        switch before {
        case .asked(let number):
            if let number { line.subscriptions.wasAnswered(number) }
            return false
        case .acknowledging: return true
        case .over: return nil
        case .open(let number, _):
            line.subscriptions.remove(number)
            return true
        }
    }
}

extension CallLine {
    /// Asks the server what the client asks, less the addresses that it may not watch.
    ///
    /// - Parameter otherwise: serves the client where the server does not take the request.
    func relay(
        _ inbound: InboundRequest, _ wanted: RelayedListening.Wanted,
        otherwise: (@Sendable () -> Cancellation)?
    ) -> Cancellation {
        var params = upstreamParams(inbound)
        let asked = inbound.request.params?.replacingMember("notifications", with: wanted.notifications)
        params.params = asked.flatMap { try? JSON(lenient: $0) }
        let candidate = CallCandidate(inbound: inbound, params: params, asked: nil)
        let listening = RelayedListening(candidate, wanted, line: self, otherwise: otherwise)
        admission.admit(candidate) { [self] settled in
            switch consume settled {
            case .refused(let outcome): turnDown(outcome, candidate)
            case .admitted(let call, _):
                guard listening.isAsked() else { return }
                listening.carried(by: inbound.server.upstream.forward(call, to: listening))
            }
        }
        return Cancellation({ listening.cancel() }, hold: { listening.hold($0) })
    }
}

extension RelayedListening.Wanted {
    /// `params.notifications`, JSON.
    fileprivate var notifications: [UInt8] { Subscription.notifications(lists: lists, resources: resources) }
}

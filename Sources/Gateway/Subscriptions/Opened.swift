import MCPMessages
import Synchronization
import WireJSON

/// A subscription that the house serves by watching, from its request to its end.
final class Opened: Sendable {
    private enum Stage {
        case pending
        /// The client is being told; the stream is not among those that changes are told on yet.
        case acknowledging
        case open(Int)
        case over
    }

    private let line: CallLine
    private let inbound: InboundRequest
    /// Lists whose changes are told.
    private let lists: Set<ListKind>
    private let listsWatch = DeferredCancellation()
    private let resourcesWatch = DeferredCancellation()
    private let stage = Mutex(Stage.pending)

    init(line: CallLine, _ inbound: InboundRequest, _ lists: Set<ListKind>) {
        self.line = line
        self.inbound = inbound
        self.lists = lists
    }

    /// Notes what ends the watching of the server's lists for this subscription.
    func watchesLists(_ cancellation: Cancellation) { listsWatch.become(cancellation) }

    /// Notes what ends the watching of its resources.
    func watchesResources(_ cancellation: Cancellation) { resourcesWatch.become(cancellation) }

    /// Acknowledges it, first of all that is told on its stream, and tells from now on; to a client whose grant still is
    /// as it was when it asked.
    ///
    /// - Parameter resources: the bytes of their addresses, as far as the server tells of them.
    func begin(with resources: [[UInt8]]) {
        let isFirst = stage.withLock { stage in
            guard case .pending = stage else { return false }
            stage = .acknowledging
            return true
        }
        guard isFirst else { return }
        guard line.isReached(by: inbound) else {
            end()
            return inbound.refuse(CallLine.grantIsGone)
        }
        let subscription = Subscription(
            principal: inbound.principal, server: inbound.server.slug, id: inbound.request.id, lists: lists,
            resources: Set(line.watchable(resources, inbound)), conversation: inbound.conversation,
            answering: inbound.answering, ending: Cancellation { [self] in end() },
            isPart: inbound.isPart)
        inbound.answering.notify(subscription.acknowledgement)
        guard let number = line.subscriptions.add(subscription) else {
            end()
            return inbound.refuse(RPCError(.internalError, "too many subscriptions are open"))
        }
        let wasEnded = stage.withLock { stage in
            guard case .acknowledging = stage else { return true }
            stage = .open(number)
            return false
        }
        // Whoever takes it out of the table ends it: a grant that went meanwhile found it there, or it is found here.
        guard wasEnded || !line.isReached(by: inbound), let found = line.subscriptions.remove(number) else { return }
        if !wasEnded { found.end() }
    }

    func end() {
        let number: Int? = stage.withLock { stage in
            defer { stage = .over }
            if case .open(let number) = stage { return number }
            return nil
        }
        listsWatch.cancel()
        resourcesWatch.cancel()
        if let number { line.subscriptions.remove(number) }
        inbound.close()
    }
}

extension CallLine {
    /// Whether the sender's grant, as it is now, still reaches the server; for what was asked a while ago.
    func isReached(by inbound: InboundRequest) -> Bool {
        configuration.current.access(
            of: inbound.principal, to: inbound.server.slug, at: clock.secondsSince1970) != nil
    }

    /// Of these addresses, those that the sender's grant, as it is now, lets be watched.
    func watchable(_ addresses: [[UInt8]], _ inbound: InboundRequest) -> [[UInt8]] {
        let access = configuration.current.access(
            of: inbound.principal, to: inbound.server.slug, at: clock.secondsSince1970)
        guard let access else { return [] }
        return addresses.filter { address in
            (try? Asked(resource: address)).map {
                isWatchable($0, access, inbound.principal, at: inbound.server.slug)
            } ?? false
        }
    }

    /// What is said to a client whose grant went while its request was under way.
    static var grantIsGone: RPCError { RPCError(.invalidRequest, "unknown server") }
}

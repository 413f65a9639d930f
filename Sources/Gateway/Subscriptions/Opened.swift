import MCPMessages
import Synchronization
import WireJSON

/// A subscription from its request to its end.
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
    /// Ends the watching of the server's lists for this subscription.
    let lists = DeferredCancellation()
    private let stage = Mutex(Stage.pending)

    init(line: CallLine, _ inbound: InboundRequest) {
        self.line = line
        self.inbound = inbound
    }

    /// Acknowledges it, first of all that is told on its stream, and tells from now on.
    func begin(_ subscription: Subscription) {
        let isFirst = stage.withLock { stage in
            guard case .pending = stage else { return false }
            stage = .acknowledging
            return true
        }
        guard isFirst else { return }
        inbound.answering.notify(subscription.acknowledgement)
        guard let number = line.subscriptions.add(subscription) else {
            stage.withLock { $0 = .over }
            lists.cancel()
            return inbound.refuse(RPCError(.internalError, "too many subscriptions are open"))
        }
        let wasEnded = stage.withLock { stage in
            guard case .acknowledging = stage else { return true }
            stage = .open(number)
            return false
        }
        if wasEnded { line.subscriptions.remove(number) }
        line.endIfRevoked(number, subscription, letInBy: inbound.snapshot)
    }

    func end() {
        let number: Int? = stage.withLock { stage in
            defer { stage = .over }
            if case .open(let number) = stage { return number }
            return nil
        }
        lists.cancel()
        if let number { line.subscriptions.remove(number) }
        inbound.close()
    }
}

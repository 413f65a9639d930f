import GatewayStorage
import MCPMessages
import Synchronization
import WireJSON

/// A request on its way: receives what the upstream sends for it and gives the client its notifications and one answer.
///
/// A call that needs the client's input in between outlives one request of a modern client: it is parked, without a
/// client, until the next leg resumes it (`InFlight+Asking`).
final class InFlight: UpstreamReceiver {
    struct State {
        /// Who waits for the answer; nil while the call is parked and once it has ended.
        var client: InboundRequest?
        var receipt: ChargeReceipt?
        /// What a legacy server asked of a modern client that has not been answered.
        var questions: [Question] = []
        var lastQuestion = 0
        /// How the call ended while it was parked.
        var held: Held?
        var isOver = false
        /// What a legacy client was asked, by the number it was asked under: the server's own id, where it has one.
        var asked: [Int: RequestID?] = [:]
        /// Legs led with a modern server for a legacy client.
        var rounds = 0
    }

    struct Question {
        let key: String
        let request: Message.Request
        let reply: PeerReply
    }

    /// An end that nobody was there to hear.
    enum Held {
        case answered(UpstreamReply)
        case failed(UpstreamFailure)
    }

    let candidate: CallCandidate
    let line: CallLine
    let state: Mutex<State>
    private let upstream = DeferredCancellation()

    init(_ candidate: CallCandidate, line: CallLine) {
        self.candidate = candidate
        self.line = line
        state = Mutex(State(client: candidate.inbound))
    }

    /// The request that waits, or the one that was the first.
    var inbound: InboundRequest { state.withLock { $0.client } ?? candidate.inbound }

    /// False once the client took the request back.
    var isWanted: Bool { !upstream.isCancelled }

    /// Notes what the call was charged, in case nothing of it gets written.
    func owes(_ receipt: ChargeReceipt?) { state.withLock { $0.receipt = receipt } }

    /// Notes what ends the request upstream; ends it at once if the client left while it was being sent.
    func carried(by cancellation: Cancellation) { upstream.become(cancellation) }

    /// The client does not want the answer any more.
    func cancel() { upstream.cancel() }

    /// The call's grant lets it go on no more: its client is answered this, then the server is told. One that is not sent
    /// yet is not sent, and answered as one that was taken back by whoever was about to send it; nobody waits for one that
    /// is parked.
    func revoke(_ answer: (InboundRequest) -> Answer) {
        let client = upstream.isKnown ? state.withLock { $0.client } : nil
        if let client {
            end(client, .failed(.cancelled, detail: "the grant no longer lets the call go on"), bytes: 0) {
                client.finish(answer(client))
            }
        }
        cancel()
    }

    /// What its client can do to it.
    var handle: Cancellation { Cancellation({ self.cancel() }, hold: { self.hold($0) }) }

    /// The client reads more slowly than the server speaks, or has caught up.
    func hold(_ isHeld: Bool) { upstream.hold(isHeld) }

    // MARK: From the upstream

    func notified(_ notification: Message.Notification) {
        guard isWanted, let client = state.withLock({ $0.client }), let message = relayed(notification, to: client)
        else { return }
        client.answering.notify(message)
    }

    func answered(_ reply: UpstreamReply) {
        guard let client = clientOrHold(.answered(reply)) else { return }
        switch reply.outcome {
        case .error(let error):
            end(client, .error(code: error["code"]?.int ?? 0), bytes: error.range.count) {
                client.refuse(relaying: error, from: reply.era)
            }
        case .result(let result):
            let mayAsk = InputRequired.methods.contains(client.request.method)
            // Where everything is let through, a modern client deals with the server itself.
            let isBetweenThem = client.access.letsEverythingThrough && client.era == .modern
            if mayAsk, reply.era == .modern, InputRequired.isSaid(by: result), !isBetweenThem {
                return askedForInput(result, client)
            }
            deliver(result, from: reply.era, to: client)
        }
    }

    func failed(_ failure: UpstreamFailure) {
        guard let client = clientOrHold(.failed(failure)) else { return }
        fail(failure, client)
    }

    func fail(_ failure: UpstreamFailure, _ client: InboundRequest) {
        if failure.wroteNothing, let receipt = state.withLock({ $0.receipt.take() }) { line.admission.refund(receipt) }
        end(client, .failed(failure.kind, detail: failure.detail), bytes: 0) { Refusal.tell(failure, client) }
    }

    private func deliver(_ result: JSON, from era: Era, to client: InboundRequest) {
        let shaped: [UInt8]
        do throws(ResultShape.Refusal) {
            if era == .modern, let task = try taskShape(of: result, to: client) {
                shaped = task
            } else {
                shaped = try ResultShape.bytes(
                    result, from: era, to: client.era,
                    kind: client.request.method == "resources/read" ? .cacheable : .plain,
                    types: client.resultTypes)
            }
        } catch {
            return fail(UpstreamFailure(.unreadable, "a `resultType` that is not relayed"), client)
        }
        // Taken note of once the server has, and before it says anything more.
        if client.request.method == "logging/setLevel", let level = LogLevel(settingOf: client.request.params) {
            client.conversation?.set(logLevel: level)
        }
        let isError = result["isError"]?.bool ?? false
        end(client, .result(isError: isError), bytes: shaped.count, digested: shaped) { client.answer(shaped) }
    }

    /// Who waits; nil where nobody does, and then the end is kept for the next leg.
    private func clientOrHold(_ end: Held) -> InboundRequest? {
        state.withLock { state in
            if let client = state.client { return client }
            if !state.isOver, state.held == nil { state.held = end }
            return nil
        }
    }

    /// The end of one client request: recorded, then answered. Happens once for each leg.
    func end(
        _ client: InboundRequest, _ ending: AuditEntry.Ending, bytes: Int, digested: [UInt8]? = nil,
        isLast: Bool = true,
        _ answer: () -> Void
    ) {
        let (isFirst, asked) = state.withLock { state in
            defer {
                state.client = nil
                state.asked = [:]
                if isLast { state.isOver = true }
            }
            return (state.client != nil, Array(state.asked.keys))
        }
        guard isFirst else { return }
        line.openCalls.remove(self)
        for question in asked { client.conversation?.withdraw(question) }
        line.complete(client, candidate, ending, bytes: bytes, digested: digested)
        answer()
    }

    /// The notification as the client is to see it; nil where it does not concern it.
    private func relayed(_ notification: Message.Notification, to client: InboundRequest) -> [UInt8]? {
        switch notification.method {
        case "notifications/progress":
            guard let token = client.metadata.progressToken, let params = notification.params,
                params["progressToken"] != nil
            else { return nil }
            var splice = JSONSplice(params)
            splice.setMember("progressToken", of: params, to: token.bytes)
            return MessageWriter.notification(notification.method, params: splice.apply())
        case "notifications/message":
            // A modern client is logged to only where it asked, and from the level it named (revision 2026-07-28,
            // "Logging"); a legacy server knows nothing of that level.
            let isWanted =
                client.era == .legacy
                ? client.conversation?.wants(log: notification) ?? true
                : LogLevel.of(client.metadata).map { notification.isLog(from: $0) } ?? false
            guard isWanted else { return nil }
        case "notifications/cancelled":
            return withdrawn(notification, from: client)
        case "notifications/elicitation/complete":
            guard client.era == .legacy else { return nil }
        default:
            guard client.access.letsEverythingThrough else { return nil }
        }
        return MessageWriter.notification(
            notification.method, params: notification.params.map { Array($0.bytes) } ?? [])
    }
}

extension CallLine {
    /// Records how a call that was let through ended.
    func complete(
        _ inbound: InboundRequest, _ candidate: CallCandidate, _ ending: AuditEntry.Ending, bytes: Int,
        digested: [UInt8]? = nil
    ) {
        let now = clock.steady()
        trail.complete(
            AuditEntry(
                time: clock.wall(), request: inbound.number,
                content: .completion(
                    .init(
                        organisation: inbound.principal.grant.organisation, server: inbound.server.slug,
                        tool: candidate.toolName, ending: ending,
                        latency: Int64(clamping: (now > inbound.arrived ? now - inbound.arrived : 0) / 1000),
                        resultBytes: bytes, resultDigest: digested.map { AuditText.digest($0) }))))
    }
}

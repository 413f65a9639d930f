import GatewayStorage
import MCPMessages
import Synchronization
import WireJSON

/// A request on its way: receives what the upstream sends for it and gives the client its notifications and one answer.
final class InFlight: UpstreamReceiver {
    private struct State {
        var isFinished = false
        var receipt: ChargeReceipt?
    }

    private let inbound: InboundRequest
    private let line: CallLine
    private let tool: String?
    private let state = Mutex(State())
    private let upstream = DeferredCancellation()

    init(_ inbound: InboundRequest, line: CallLine, tool: String?) {
        self.inbound = inbound
        self.line = line
        self.tool = tool
    }

    /// False once the client took the request back.
    var isWanted: Bool { !upstream.isCancelled }

    /// Notes what the call was charged, in case nothing of it gets written.
    func owes(_ receipt: ChargeReceipt?) { state.withLock { $0.receipt = receipt } }

    /// Notes what ends the request upstream; ends it at once if the client left while it was being sent.
    func carried(by cancellation: Cancellation) { upstream.become(cancellation) }

    /// The client does not want the answer any more.
    func cancel() { upstream.cancel() }

    // MARK: From the upstream

    func notified(_ notification: Message.Notification) {
        guard isWanted, let message = relayed(notification) else { return }
        inbound.answering.notify(message)
    }

    func answered(_ reply: UpstreamReply) {
        switch reply.outcome {
        case .error(let error):
            end(.error(code: error["code"]?.int ?? 0), bytes: error.range.count) { inbound.refuse(relaying: error) }
        case .result(let result):
            let shaped: [UInt8]
            do throws(ResultShape.Refusal) {
                shaped = try ResultShape.bytes(
                    result, from: reply.era, to: inbound.era, kind: .plain,
                    acceptsAnyType: inbound.access.letsEverythingThrough)
            } catch {
                return failed(UpstreamFailure(.unreadable, "a `resultType` that is not relayed"))
            }
            let isError = result["isError"]?.bool ?? false
            end(.result(isError: isError), bytes: shaped.count, digested: shaped) { inbound.answer(shaped) }
        }
    }

    func failed(_ failure: UpstreamFailure) {
        if failure.wroteNothing, let receipt = state.withLock({ $0.receipt.take() }) { line.admission.refund(receipt) }
        end(.failed(failure.kind, detail: failure.detail), bytes: 0) {
            if inbound.request.method == "tools/call" {
                inbound.answer(Refusal.result(of: failure, inbound))
            } else {
                inbound.refuse(failure)
            }
        }
    }

    /// The one end: recorded, then answered.
    private func end(_ ending: AuditEntry.Ending, bytes: Int, digested: [UInt8]? = nil, _ answer: () -> Void) {
        let isFirst = state.withLock { state in
            defer { state.isFinished = true }
            return !state.isFinished
        }
        guard isFirst else { return }
        line.complete(inbound, tool: tool, ending, bytes: bytes, digested: digested)
        answer()
    }

    /// The notification as the client is to see it; nil where it does not concern it.
    private func relayed(_ notification: Message.Notification) -> [UInt8]? {
        switch notification.method {
        case "notifications/progress":
            guard let token = inbound.metadata.progressToken, let params = notification.params,
                params["progressToken"] != nil
            else { return nil }
            var splice = JSONSplice(params)
            splice.setMember("progressToken", of: params, to: token.bytes)
            return MessageWriter.notification(notification.method, params: splice.apply())
        case "notifications/message":
            // Modern servers may log to a request only where it asked (revision 2026-07-28, "Logging").
            let isWanted =
                inbound.era == .legacy
                || inbound.metadata.object?[RequestMetadata.logLevelKey] != nil
            guard isWanted else { return nil }
        default:
            guard inbound.access.letsEverythingThrough else { return nil }
        }
        return MessageWriter.notification(
            notification.method, params: notification.params.map { Array($0.bytes) } ?? [])
    }
}

extension CallLine {
    /// Records how a call that was let through ended.
    fileprivate func complete(
        _ inbound: InboundRequest, tool: String?, _ ending: AuditEntry.Ending, bytes: Int, digested: [UInt8]?
    ) {
        let now = clock.steady()
        trail.complete(
            AuditEntry(
                time: clock.wall(), request: inbound.number,
                content: .completion(
                    .init(
                        server: inbound.server.slug, tool: tool, ending: ending,
                        latency: Int64(clamping: (now > inbound.arrived ? now - inbound.arrived : 0) / 1000),
                        resultBytes: bytes, resultDigest: digested.map { AuditText.digest($0) }))))
    }
}

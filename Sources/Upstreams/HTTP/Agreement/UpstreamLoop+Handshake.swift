import Gateway
import MCPMessages
import NIOCore
import WireJSON

/// Agreeing with the server, on behalf of everybody who waits for it.
extension UpstreamLoop {
    /// Asks the modern way what the server is.
    func probe() { probe(triesLeft: 1) }

    private func probe(triesLeft: Int) {
        let id = core.nextID()
        let params = UpstreamParams(
            nil, members: .call, clientCapabilities: Array("{}".utf8), clientInfo: core.clientInfo)
        let body = MessageWriter.request(
            "server/discover", params: params.bytes(for: .modern, progressToken: nil), id: .integer(id))
        post(
            .message(body, method: "server/discover"), id: id, on: .modern, within: TimeAmount(core.timeouts.start),
            expectsAnswer: true,
            to: .house { ending in
                // A kept connection may have been closed as this was written; asking twice does no harm.
                if triesLeft > 0, case .failed(let failure) = ending, failure.kind == .closed {
                    self.probe(triesLeft: triesLeft - 1)
                } else {
                    self.probed(ProbeVerdict(ending))
                }
            })
    }

    private func probed(_ verdict: ProbeVerdict) {
        switch verdict {
        case .modern(let description):
            call(core.agreement { $0.probed(.modern(description, since: .now())) }, with: nil)
        case .legacy(let refusal, let inDoubt):
            call(core.agreement { $0.probed(.legacy(refusal: refusal, inDoubt: inDoubt)) }, with: nil)
        case .failed(let failure):
            call(core.agreement { $0.probed(nil) }, with: failure)
        }
    }

    /// Opens a session for one scope, and declares what its client can be asked for.
    func initialize(_ scope: UpstreamScope) {
        let id = core.nextID()
        post(
            .message(greeting(scope, id: id), method: "initialize"), id: id, on: .opening,
            within: TimeAmount(core.timeouts.start), expectsAnswer: true,
            to: .house { ending in
                let verdict = InitializeVerdict(ending)
                guard case .failed(let failure, let refusal) = verdict, refusal.suggestsOlderTransport else {
                    return self.initialized(verdict, scope)
                }
                // All streams that stay are on one loop.
                self.core.watchHome?.execute { $0.openEvents(scope, otherwise: failure, refusal) }
            })
    }

    /// `initialize`, written.
    func greeting(_ scope: UpstreamScope, id: Int) -> [UInt8] {
        var params = JSONWriter()
        params.beginObject()
        params.key("protocolVersion")
        params.string(ProtocolVersion.newestLegacy.rawValue)
        params.key("capabilities")
        params.raw(scope.capabilities.bytes)
        params.key("clientInfo")
        params.raw(scope.clientInfo ?? core.clientInfo)
        params.endObject()
        return MessageWriter.request("initialize", params: params.bytes, id: .integer(id))
    }

    /// The session is open once the server has accepted `notifications/initialized`.
    func initialized(_ verdict: InitializeVerdict, _ scope: UpstreamScope) {
        switch verdict {
        case .failed(let failure, let refusal): couldNotOpen(scope, failure, refusal)
        case .opened(let session):
            let body = MessageWriter.notification("notifications/initialized", params: [])
            post(
                .message(body, method: nil), id: core.nextID(), on: .legacy(session),
                within: TimeAmount(core.timeouts.start),
                to: .house { ending in
                    if case .status(let head, _) = ending, (200..<300).contains(head.status) {
                        self.call(self.core.agreement { $0.opened(session, for: scope) }, with: nil)
                        self.endForgotten(for: scope)
                    } else {
                        let failure = ending.failure ?? UpstreamFailure(.unreadable, "an answer to a notification")
                        self.couldNotOpen(scope, failure, .none)
                    }
                })
        }
    }

    /// Says goodbye to sessions that made room for this one.
    private func endForgotten(for scope: UpstreamScope) {
        for session in core.agreement({ $0.takeForgotten() }) {
            if session.isEventStream {
                lost(session, of: scope)
            } else if session.id != nil {
                _ = end([session])
            }
        }
    }

    func couldNotOpen(_ scope: UpstreamScope, _ failure: UpstreamFailure, _ refusal: HandshakeRefusal) {
        let (canGoOn, waiters) = core.agreement { $0.couldNotOpen(for: scope, refusal, at: .now()) }
        call(waiters, with: canGoOn ? nil : failure)
    }

    private func call(_ waiters: [AgreementLedger.Waiter], with failure: UpstreamFailure?) {
        for waiter in waiters { waiter(failure) }
    }
}

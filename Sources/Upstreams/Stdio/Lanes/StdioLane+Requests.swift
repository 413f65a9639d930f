import Gateway
import MCPMessages
import NIOCore
import WireJSON

// What this side asks of a lane.
extension StdioLane {
    func take(_ ask: StdioAsk) {
        lastUse = loop.now
        switch stage {
        case .over:
            ask.failUnwritten(UpstreamFailure(.closed, "the server is being shut down"))
        case .ready(let child, let description):
            if case .description(let answer) = ask.want {
                describe(to: ask, answer, child, description)
            } else {
                enqueue(ask)
                startOrWrite()
            }
        case .declined(let child):
            if ask.scope.clientEra == .modern, let failure = refusedEras[.modern] {
                ask.failUnwritten(failure)
            } else {
                enqueue(ask)
                begin(.initialize, on: child, for: ask.scope)
            }
        case .starting(let start):
            enqueue(ask)
            if settings.followsClientEra, ask.scope.clientEra == .legacy { fallBack(start, for: ask.scope) }
        case .resting, .pausing:
            enqueue(ask)
            startOrWrite()
        }
    }

    func notify(_ notification: Message.Notification) {
        guard case .ready(let child, _) = stage, child.isReceptive else { return }
        lastUse = loop.now
        child.send(
            MessageWriter.notification(notification.method, params: notification.params.map { Array($0.bytes) } ?? []))
    }

    /// False where the request is not here.
    func cancel(_ id: Int) -> Bool {
        if let ask = requests.removeWaiting(id) {
            ask.failUnwritten(UpstreamFailure(.cancelled, "taken back before it was written"))
            return true
        }
        if stopWatching(id) { return true }
        let name = requests.names(ofOpen: id)?.id
        guard let open = close(id, isAnswered: false) else { return false }
        tellCancelled(name ?? .integer(id), "the client took the request back")
        open.receiver.failed(UpstreamFailure(.cancelled, "taken back by the client"))
        startOrWrite()
        return true
    }

    /// Moves requests from the line to the child, as far as it has room; starts one where there is none.
    func startOrWrite() {
        switch stage {
        case .resting: startWhenPossible()
        case .ready(let child, let description): write(to: child, description)
        case .pausing(let timer?):
            // It may be longer than a request waits.
            timer.cancel()
            startWhenPossible()
        case .pausing(nil), .starting, .declined, .over: break
        }
    }

    private func enqueue(_ ask: StdioAsk) {
        if ask.isClients { servesClients = true }
        guard requests.waitingCount < limits.waitingRequests, requests.waitingBytes + ask.size <= limits.waitingBytes
        else {
            ask.failUnwritten(UpstreamFailure(.busy, "too many requests wait for the process"))
            return
        }
        let timer = after(TimeAmount(settings.timeouts.start)) { self.waitedTooLong(ask.id) }
        requests.enqueue(ask, timer: timer)
    }

    private func write(to child: StdioChild, _ description: UpstreamDescription) {
        while child.isReceptive, requests.openCount < limits.openRequests, let ask = requests.next() {
            switch ask.want {
            case .description(let answer): describe(to: ask, answer, child, description)
            case .answer(let call, let receiver): write(call, for: ask, to: child, description, receiver)
            case .watch(let watch): begin(watch, for: ask)
            }
        }
    }

    private func write(
        _ call: OutgoingCall, for ask: StdioAsk, to child: StdioChild, _ description: UpstreamDescription,
        _ receiver: any UpstreamReceiver
    ) {
        let id = ask.id
        let names = requests.name(id, as: call, keepsNames: isOnePrincipals)
        let params = call.params.bytes(for: description.version.era, progressToken: names.token)
        child.send(MessageWriter.request(call.method, params: params, id: names.id))
        let now = loop.now
        let timeout = TimeAmount(call.timeout)
        let entry = StdioRequests.Open(
            receiver: receiver, principal: ask.scope.principal, names: names,
            isClients: call.isClients,
            clock: CallClock(allowed: timeout, longest: TimeAmount(limits.longestCall), at: now))
        requests.written(id, entry, timer: after(timeout) { self.unanswered(id) })
    }

    private func waitedTooLong(_ id: Int) {
        requests.removeWaiting(id)?.failUnwritten(
            UpstreamFailure(.timedOut, "the process was not ready for the request in time"))
    }

    func unanswered(_ id: Int) {
        guard let deadline = requests.deadline(ofOpen: id) else { return }
        guard deadline <= loop.now else {
            requests.rearm(id, timer: after(deadline - loop.now) { self.unanswered(id) })
            return
        }
        let name = requests.names(ofOpen: id)?.id
        guard let open = close(id, isAnswered: false) else { return }
        tellCancelled(name ?? .integer(id), "no answer in time")
        open.receiver.failed(UpstreamFailure(.timedOut, "the process did not answer in time"))
        startOrWrite()
    }

    /// Revision 2026-07-28, "Cancellation": over stdio it is said by a notification, in both eras.
    func tellCancelled(_ id: RequestID, _ reason: String) {
        guard case .ready(let child, _) = stage else { return }
        var params = JSONWriter(reserving: 64)
        params.beginObject()
        params.key("requestId")
        id.write(to: &params)
        params.key("reason")
        params.string(reason)
        params.endObject()
        child.send(MessageWriter.notification("notifications/cancelled", params: params.bytes))
    }

    /// Where the client's era is followed and is another than the child's, or the client declares other capabilities,
    /// the child is given up for another, unless the server has declined that era before or something is still open.
    private func describe(
        to ask: StdioAsk, _ answer: (Result<UpstreamDescription, UpstreamFailure>) -> Void, _ child: StdioChild,
        _ description: UpstreamDescription
    ) {
        let wanted = ask.scope.clientEra
        let isAsDeclared = description.version.era == .modern || declared == ask.scope.capabilities
        guard settings.followsClientEra, wanted != description.version.era || !isAsDeclared else {
            return answer(.success(description))
        }
        if wanted == .modern, let failure = refusedEras[.modern] {
            // As it was told before, so that it falls back by itself.
            answer(.failure(failure))
        } else if refusedEras[wanted] == nil, requests.openCount == 0 {
            depart(child)
            enqueue(ask)
            startOrWrite()
        } else {
            answer(.success(description))
        }
    }
}

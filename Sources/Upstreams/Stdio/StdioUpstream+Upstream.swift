public import Gateway
public import MCPMessages
import NIOCore
import WireJSON

extension StdioUpstream: Upstream {
    public func describe(
        for scope: UpstreamScope,
        _ answer: @escaping @Sendable (Result<UpstreamDescription, UpstreamFailure>) -> Void
    ) {
        submit(StdioAsk(id: settings.ids.next(), scope: scope, want: .description(answer)))
    }

    public func list(
        _ page: ListPage, for scope: UpstreamScope, to receiver: any UpstreamReceiver
    ) -> Cancellation {
        send(
            OutgoingCall(
                method: page.kind.method, params: houseParams(cursor: page.cursor, for: scope), wantsProgress: false,
                timeout: settings.timeouts.list, isClients: false),
            for: scope, to: receiver)
    }

    public func forward(_ call: consuming AdmittedCall, to receiver: any UpstreamReceiver) -> Cancellation {
        send(
            OutgoingCall(
                method: call.method, params: call.params, wantsProgress: call.wantsProgress,
                names: call.names, timeout: settings.timeouts.call, isClients: true),
            for: call.scope, to: receiver)
    }

    public func watch(
        _ interest: UpstreamInterest, for scope: UpstreamScope,
        settled: @escaping @Sendable (UpstreamFailure?) -> Void
    ) -> Cancellation {
        let id = settings.ids.next()
        submit(StdioAsk(id: id, scope: scope, want: .watch(StdioWatch(interest, settled: settled))))
        return Cancellation { [self] in onLoop { $0.cancel(id) } }
    }

    /// Passed to a child that stands ready for the scope; no child is started for a notification.
    ///
    /// `notifications/initialized`, `…/cancelled` and `…/progress` stay here: the handshake, the ids and the tokens of
    /// a child's conversation are this side's own.
    public func notify(_ notification: Message.Notification, for scope: UpstreamScope) {
        switch notification.method {
        case "notifications/initialized", "notifications/cancelled", "notifications/progress": return
        default: onLoop { $0.notify(notification, for: scope) }
        }
    }

    /// Answers what is open, ends every child and its process group, and lets `run()` return. Takes no longer than the
    /// sum of the graces in `StdioLimits`, whatever the children do.
    public func shutDown() async {
        let promise = lanes.eventLoop.makePromise(of: Void.self)
        onLoop { $0.shutDown(promise) }
        // Failed only where the loop itself is gone, and the children's channels with it.
        try? await promise.futureResult.get()
        settings.nursery.close()
    }

    /// Sends a call that may be sent.
    func send(_ call: OutgoingCall, for scope: UpstreamScope, to receiver: any UpstreamReceiver) -> Cancellation {
        let id = settings.ids.next()
        submit(StdioAsk(id: id, scope: scope, want: .answer(call, receiver)))
        return Cancellation { [self] in onLoop { $0.cancel(id) } }
    }

    private func submit(_ ask: StdioAsk) {
        onLoop { $0.take(ask) }
    }

    /// Always a turn of the loop later, on the loop or off it: a receiver never hears back before its sender knows that
    /// it has sent, and what one thread does in order happens in order.
    private func onLoop(_ perform: @escaping @Sendable (StdioLanes) -> Void) {
        lanes.eventLoop.execute { [lanes] in perform(lanes.value) }
    }

    private func houseParams(cursor: JSON?, for scope: UpstreamScope) -> UpstreamParams {
        var params: JSON?
        if let cursor {
            var writer = JSONWriter(reserving: cursor.range.count + 16)
            writer.beginObject()
            writer.key("cursor")
            writer.raw(cursor.bytes)
            writer.endObject()
            // A value that was read once is read again.
            params = try? JSON(lenient: writer.bytes)
        }
        return UpstreamParams(
            params, members: .call, clientCapabilities: Array("{}".utf8),
            clientInfo: scope.clientInfo ?? settings.clientInfo)
    }
}

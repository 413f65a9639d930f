public import Gateway
public import MCPMessages
import NIOCore
import WireJSON

extension HTTPUpstream: Upstream {
    public func describe(
        for scope: UpstreamScope,
        _ answer: @escaping @Sendable (Result<UpstreamDescription, UpstreamFailure>) -> Void
    ) {
        if let here {
            here.value.describe(for: scope, answer)
        } else {
            elsewhere(core.nextID()).execute { $0.describe(for: scope, answer) }
        }
    }

    public func list(
        _ page: ListPage, for scope: UpstreamScope, to receiver: any UpstreamReceiver
    ) -> Cancellation {
        let params = UpstreamParams(
            page.params, members: .call, clientCapabilities: Array("{}".utf8),
            clientInfo: scope.clientInfo ?? core.clientInfo)
        let question = OutgoingRequest.Question(method: page.kind.method, params: params, scope: scope)
        return ask(question, within: core.timeouts.list, receiver)
    }

    public func forward(_ call: consuming AdmittedCall, to receiver: any UpstreamReceiver) -> Cancellation {
        let question = OutgoingRequest.Question(
            method: call.method, params: call.params, mirroredName: call.mirroredName,
            parameterHeaders: call.parameterHeaders, wantsProgress: call.wantsProgress, names: call.names,
            scope: call.scope)
        return ask(question, within: core.timeouts.call, receiver)
    }

    public var relaysListening: Bool { true }

    public func watch(
        _ interest: UpstreamInterest, for scope: UpstreamScope,
        settled: @escaping @Sendable (UpstreamFailure?) -> Void
    ) -> Cancellation {
        let id = core.nextID()
        // All on one loop, so that what two watch is asked for once.
        let home = homes[0]
        home.execute { $0.desk.watch(Watch(id: id, interest, for: scope, settled: settled)) }
        return Cancellation { home.execute { $0.desk.cancel(id) } }
    }

    /// A client's `notifications/initialized` and `notifications/cancelled` are about its own hop and go nowhere: this
    /// upstream says both itself, with its own ids.
    public func notify(_ notification: Message.Notification, for scope: UpstreamScope) {
        guard notification.method != "notifications/initialized", notification.method != "notifications/cancelled"
        else { return }
        if let here {
            here.value.relay(notification, for: scope)
        } else {
            elsewhere(core.nextID()).execute { $0.relay(notification, for: scope) }
        }
    }

    /// Ends open requests, legacy sessions (as far as the servers answer in time) and connections, in this order.
    public func shutDown() async {
        core.authorization?.close()
        let (waiters, sessions) = core.agreement { $0.close() }
        for waiter in waiters { waiter(UpstreamFailure(.closed, "shutting down", wroteNothing: true)) }
        for home in homes { try? await home.run { $0.endExchanges() } }
        let ending = sessions.filter { $0.id != nil }
        if let home = homes.first, !ending.isEmpty {
            try? await home.loop.flatSubmit { home.value.end(ending) }.get()
        }
        for home in homes { try? await home.run { $0.shutDown() } }
        core.setHomes([])
    }

    /// Sends a question from the loop this is called on, or from another.
    func ask(
        _ question: OutgoingRequest.Question, within wait: Duration, _ receiver: any UpstreamReceiver
    ) -> Cancellation {
        let id = core.nextID()
        let home: Home
        if let here {
            home = here
            here.value.ask(question, id: id, within: wait, to: receiver)
        } else {
            home = elsewhere(id)
            home.execute { $0.ask(question, id: id, within: wait, to: receiver) }
        }
        // At the loop's next turn even from the loop itself: it must not overtake the request, nor end a request whose
        // answer is being delivered.
        return Cancellation(
            { home.execute { $0.cancel(id) } },
            hold: { isHeld in
                // Called from the loop itself it may be in the middle of what is being read.
                home.execute { $0.hold(id, isHeld) }
            })
    }
}

extension ListPage {
    /// `{"cursor": …}` with the cursor as received.
    fileprivate var params: JSON? {
        guard let cursor else { return nil }
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("cursor")
        writer.raw(cursor.bytes)
        writer.endObject()
        return try? JSON(lenient: writer.bytes, limits: .upstream)
    }
}

import MCPMessages
import PolicyEngine
import WireJSON

extension CallLine {
    /// A list of tools, prompts, resources or templates: the server's own page less what this grant may not see; of tools
    /// also less what was not accepted.
    func list(_ kind: ListKind, _ inbound: InboundRequest) -> Cancellation {
        guard case .policy(let policy, let mode) = inbound.access else { return relay(inbound) }
        let cursor = inbound.request.params?["cursor"]
        guard cursor == nil || cursor?.kind == .string else {
            record(.refused(.invalidParams), subject: inbound.subject, number: inbound.number)
            inbound.refuse(RPCError(.invalidParams, "`cursor` must be a text"))
            return .none
        }
        let question = ListedPage(kind: kind, cursor: cursor, policy: policy, mode: mode)
        guard kind == .tools, !isSettled(inbound) else { return ask(question, inbound) }
        if inbound.server.settings.acceptance.takesFirstList,
            let turn = firstLists.turn(of: inbound.definitionList, from: inbound.server, cursor: cursor)
        {
            return ask(question, inbound, as: turn)
        }
        return establish(inbound) { [self] in ask(question, $0) }
    }

    private func ask(_ page: ListedPage, _ inbound: InboundRequest, as turn: FirstLists.Turn? = nil) -> Cancellation {
        let shown = ShownPage(page: page, inbound: inbound, line: self, turn: turn)
        return cancellable(
            inbound,
            inbound.server.upstream.list(ListPage(page.kind, cursor: page.cursor), for: inbound.scope, to: shown))
    }

    /// A page of a first list has come to its client: where it is the last, the list is accepted before it is shown.
    fileprivate func show(_ listing: ToolListing, _ shown: ShownPage, _ era: Era, at turn: FirstLists.Turn) {
        let inbound = shown.inbound
        switch firstLists.take(listing, at: turn) {
        case .part(let names): shown.show(listing.result, names, era)
        case .superseded: _ = establish(inbound) { [self] in ask(shown.page, $0) }
        case .whole(let tools):
            let list = inbound.definitionList
            let isTaken = slowLane.submit { [self] in
                let isKept = isEstablished(list) ? true : await acceptance.accept(tools, of: list, from: inbound.server)
                guard isKept else { return unestablished(inbound, .definitions) }
                shown.show(listing.result, acceptance.compare(listing, of: list, from: inbound.server), era)
                // A client that reads a list has it to itself. Not taken, the other list is had when one of its clients asks.
                _ = slowLane.submit(after: GatewayLimits.otherListPause) {
                    await self.acceptance.establishOther(inbound.server, for: inbound.scope)
                }
            }
            if !isTaken { unestablished(inbound, .overloaded) }
        }
    }

    private func isEstablished(_ list: DefinitionList) -> Bool {
        configuration.current.definitions[list]?.isEstablished ?? false
    }

    /// Whether it is known what there is to accept of the server's tools, be it nothing, as far as the request's snapshot
    /// knows.
    func isSettled(_ inbound: InboundRequest) -> Bool {
        inbound.snapshot.definitions(of: inbound.definitionList).isSettled
    }

    /// Goes on once the server's definitions are established; where its first list is still to be taken, by the slow lane.
    func establish(
        _ inbound: InboundRequest, _ goOn: @escaping @Sendable (InboundRequest) -> Cancellation
    ) -> Cancellation {
        guard !isSettled(inbound), inbound.server.settings.acceptance.takesFirstList else { return goOn(inbound) }
        let cancellation = DeferredCancellation()
        // First, because what goes on may attach a cancellation of its own.
        let handle = cancellable(
            inbound, Cancellation({ cancellation.cancel() }, hold: { cancellation.hold($0) }))
        let isTaken = slowLane.submit { [self] in
            guard await acceptance.establish(inbound.server, for: inbound.scope), !cancellation.isCancelled else {
                return unestablished(inbound, .definitions)
            }
            // The definitions are new; whatever else may have been swapped meanwhile is a later request's.
            var inbound = inbound
            let established = configuration.current
            for list in DefinitionList.all(of: inbound.server.slug) {
                guard let definitions = established.definitions[list] else { continue }
                inbound.snapshot = inbound.snapshot.replacing(definitions: definitions, of: list)
            }
            cancellation.become(goOn(inbound))
            await acceptance.establishOther(inbound.server, for: inbound.scope)
        }
        if !isTaken { unestablished(inbound, .overloaded) }
        return handle
    }

    private func unestablished(_ inbound: InboundRequest, _ reason: Outcome.Unavailability) {
        let outcome = Outcome.unavailable(reason)
        record(outcome, subject: inbound.subject, number: inbound.number, mode: inbound.access.mode)
        guard inbound.request.method == "tools/list" else {
            return inbound.answer(Refusal.result(of: outcome, inbound))
        }
        let refused = RPCError(.internalError, "the server's tools cannot be listed (\(reason.rawValue))")
        guard reason == .definitions else { return inbound.refuse(refused) }
        // The client is told what the server says of its question, be it that the cursor is none; a list is not shown.
        let page = ListPage(.tools, cursor: inbound.request.params?["cursor"])
        _ = inbound.server.upstream.list(
            page, for: inbound.scope, to: RelayedRefusal(inbound: inbound, otherwise: refused))
    }
}

/// Receives an answer of which only an error is told.
private struct RelayedRefusal: UpstreamReceiver {
    let inbound: InboundRequest
    let otherwise: RPCError

    func notified(_ notification: Message.Notification) {}

    func failed(_ failure: UpstreamFailure) { inbound.refuse(failure) }

    func answered(_ reply: UpstreamReply) {
        guard case .error(let error) = reply.outcome else { return inbound.refuse(otherwise) }
        inbound.refuse(relaying: error, from: reply.era)
    }
}

/// One page of a list that a client asks for, and the policy it is shown under.
private struct ListedPage: Sendable {
    let kind: ListKind
    let cursor: JSON?
    let policy: Policy
    let mode: Mode
}

/// Receives one page of a list and answers with what may be seen of it.
private struct ShownPage: UpstreamReceiver {
    let page: ListedPage
    let inbound: InboundRequest
    let line: CallLine
    /// Which reading of a first list it belongs to.
    let turn: FirstLists.Turn?

    func notified(_ notification: Message.Notification) {}

    func failed(_ failure: UpstreamFailure) {
        noteUnavailable()
        inbound.refuse(failure)
    }

    /// Without a first list there is nothing that may be called.
    private func noteUnavailable() {
        guard turn != nil else { return }
        line.record(
            .unavailable(.definitions), subject: inbound.subject, number: inbound.number, mode: inbound.access.mode)
    }

    func answered(_ reply: UpstreamReply) {
        switch reply.outcome {
        case .error(let error):
            if error["code"]?.int != RPCError.Code.methodNotFound.rawValue { noteUnavailable() }
            inbound.refuse(relaying: error, from: reply.era)
        case .result(let result):
            guard let items = result[page.kind.member], items.kind == .array else {
                return failed(UpstreamFailure(.unreadable, "the result is no list of \(page.kind.rawValue)"))
            }
            guard page.kind == .tools, let listing = ToolListing(result) else { return show(result, [], reply.era) }
            if let turn { return line.show(listing, self, reply.era, at: turn) }
            show(
                result, line.acceptance.compare(listing, of: inbound.definitionList, from: inbound.server), reply.era)
        }
    }

    /// - Parameter accepted: tools whose definition on this page may be seen.
    func show(_ result: JSON, _ accepted: Set<ToolName>, _ era: Era) {
        var splice = JSONSplice(result)
        if let items = result[page.kind.member] {
            splice.removeElements(of: items) { !isShown($0, accepted) }
        }
        do throws(ResultShape.Refusal) {
            inbound.answer(
                try ResultShape.bytes(result, from: era, to: inbound.era, kind: .cacheable, splicing: splice))
        } catch {
            failed(UpstreamFailure(.unreadable, "a `resultType` that is not relayed"))
        }
    }

    /// What has no name of its own is nothing that could be judged, and is not shown.
    private func isShown(_ item: JSON, _ accepted: Set<ToolName>) -> Bool {
        guard let name = item[page.kind.itemName]?.utf8, !name.isEmpty else { return false }
        if page.kind == .tools {
            guard let tool = ToolName(name), accepted.contains(tool) else { return false }
        }
        return page.mode == .observe || page.policy.visibility(of: page.kind, named: name) == .visible
    }
}

import MCPMessages
import PolicyEngine
import WireJSON

extension CallLine {
    /// Sends a request to the server whose thing it names, or to all of the grant's where it names none.
    ///
    /// What a server's own endpoint would do with its part is done here too, by the same code: this room only divides,
    /// renames and puts together.
    func route(_ stack: StackRequest) -> Cancellation {
        switch stack.conversation?.open(stack.request.id) ?? .opened {
        case .opened: return divide(stack)
        case .duplicateID: return turnAway(stack, .duplicateID, "`id` is already in use")
        case .tooMany: return turnAway(stack, .tooManyOpen, "too many requests are open")
        }
    }

    /// The open request keeps its id, so a second one is answered past `finish`.
    private func turnAway(_ stack: StackRequest, _ reason: RefusalReason, _ message: String) -> Cancellation {
        record(.refused(reason), subject: stack.subject, number: stack.number)
        let error = RPCError(.invalidRequest, message)
        stack.answering.finish(Answer(.badRequest, body: MessageWriter.error(error, id: stack.request.id)))
        return .none
    }

    private func divide(_ stack: StackRequest) -> Cancellation {
        if let kind = Asked.kind(of: stack.request.method) { return send(stack, kind) }
        if let kind = ListKind(method: stack.request.method) { return list(kind, stack) }
        switch (stack.request.method, stack.era) {
        case ("initialize", .legacy), ("server/discover", .modern): return describe(stack)
        case ("ping", .legacy):
            stack.answer(Array("{}".utf8))
            return .none
        case ("completion/complete", _): return complete(stack)
        case ("logging/setLevel", .legacy): return setLevel(stack)
        case ("resources/subscribe", .legacy), ("resources/unsubscribe", .legacy): return send(stack, .resource)
        case ("subscriptions/listen", .modern): return listen(stack)
        case ("tasks/get", .modern), ("tasks/update", .modern), ("tasks/cancel", .modern): return follow(stack)
        default:
            record(.refused(.unknownMethod), subject: stack.subject, number: stack.number)
            stack.refuse(RPCError(.methodNotFound, "Method not found"))
            return .none
        }
    }

    /// A request for one thing, which is one server's.
    private func send(_ stack: StackRequest, _ kind: Asked.Kind) -> Cancellation {
        let key = kind == .resource ? "uri" : "name"
        guard let params = stack.request.params, let named = params[key]?.utf8, !named.isEmpty else {
            return malformed(stack, "`\(key)` must be a text")
        }
        let part = kind == .resource ? Stack.Part(uri: named) : Stack.Part(name: named)
        guard let part, let member = stack.member(part.server) else {
            return unknown(stack, Refusal.unavailable(Asked(kind, named: named), to: stack.era))
        }
        if kind == .tool, StackNames.mayBeCut(named) { return call(stack, member, params, cut: named, part) }
        return dispatch(
            inbound(stack, to: member, params: params.setting(key, toText: part.name), called: named))
    }

    /// A tool whose name may have been cut, which the server's accepted definitions know.
    private func call(
        _ stack: StackRequest, _ member: StackMember, _ params: JSON, cut named: [UInt8], _ part: Stack.Part
    ) -> Cancellation {
        establish(inbound(stack, to: member, params: params, called: named)) { [self] established in
            let definitions = established.snapshot.definitions(of: established.definitionList)
            let own = StackNames(definitions, of: member.server.slug).tool(called: named, part)
            var renamed = inbound(stack, to: member, params: params.setting("name", toText: own), called: named)
            renamed.snapshot = established.snapshot
            return dispatch(renamed)
        }
    }

    private func complete(_ stack: StackRequest) -> Cancellation {
        let reference = stack.request.params?["ref"]
        let isResource = reference?["type"]?.hasText("ref/resource") ?? false
        let key = isResource ? "uri" : "name"
        guard let params = stack.request.params, let reference, let named = reference[key]?.utf8, !named.isEmpty else {
            return malformed(stack, "`ref` must name a prompt or a resource")
        }
        guard let part = isResource ? Stack.Part(uri: named) : Stack.Part(name: named),
            let member = stack.member(part.server)
        else {
            return unknown(
                stack, RPCError(.invalidParams, "not available: \(String(decoding: named, as: UTF8.self))"))
        }
        let own = params.setting(key, of: reference, toText: part.name)
        return dispatch(inbound(stack, to: member, params: own, called: named))
    }

    /// `logging/setLevel`: told to every server, and kept where one of them has taken it or keeps none of its own.
    private func setLevel(_ stack: StackRequest) -> Cancellation {
        guard LogLevel(settingOf: stack.request.params) != nil else {
            return malformed(stack, "`level` is none of the levels of RFC 5424")
        }
        return ask(stack, stack.members.map { StackQuestion(member: $0, params: stack.request.params) }) { replies in
            guard !replies.contains(where: { $0?.result != nil }) else { return stack.answer(Array("{}".utf8)) }
            guard let refused = replies.compactMap(\.self).first(where: { $0.error != nil }), let error = refused.error
            else { return stack.refuse(RPCError(.internalError, "no server can be reached")) }
            stack.refuse(relaying: error, refused.status)
        }
    }

    /// A task's id knows whose it is.
    private func follow(_ stack: StackRequest) -> Cancellation {
        let id = stack.request.params?["taskId"]?.utf8 ?? []
        let owner = taskSeal.open(id, for: stack.entry.principal.id).flatMap { stack.member($0.server) }
        let any = inbound(stack, to: owner ?? stack.members[0], params: stack.request.params, called: id)
        // Who does not take tasks is told so first, wherever they would lead.
        guard owner != nil || !any.capabilities.declaresTasks else { return unknown(stack, Self.noTask) }
        return dispatch(any)
    }

    func malformed(_ stack: StackRequest, _ message: String) -> Cancellation {
        record(.refused(.invalidParams), subject: stack.subject, number: stack.number)
        stack.refuse(RPCError(.invalidParams, message))
        return .none
    }

    /// What is of no server of the grant's does not exist: the same words as of a server's own unknown thing.
    private func unknown(_ stack: StackRequest, _ error: RPCError) -> Cancellation {
        record(.notVisible(.unknown), subject: stack.subject, number: stack.number)
        stack.refuse(error)
        return .none
    }
}

extension JSON {
    /// A copy of an object in which a member, or one of an object within it, is this text.
    fileprivate func setting(_ key: String, of object: JSON? = nil, toText text: [UInt8]) -> JSON? {
        var writer = JSONWriter()
        writer.string(utf8: text)
        var splice = JSONSplice(self)
        splice.setMember(key, of: object ?? self, to: writer.bytes)
        return try? JSON(lenient: splice.apply())
    }
}

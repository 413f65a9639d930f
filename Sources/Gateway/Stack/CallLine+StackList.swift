import MCPMessages
import WireJSON

extension CallLine {
    /// The lists of all servers as one: their pages side by side in the order of the servers' slugs, each item under the
    /// name it has in the stack.
    ///
    /// A server that cannot be listed is left out and named in the result's `_meta`; only where none can, the request
    /// fails.
    func list(_ kind: ListKind, _ stack: StackRequest) -> Cancellation {
        let principal = stack.entry.principal.id
        var cursor: StackCursor?
        if let given = stack.request.params?["cursor"] {
            cursor = given.utf8.flatMap { stackCursors.open($0, of: kind, for: principal) }
            guard cursor != nil else { return malformed(stack, "`cursor` is none of this list's") }
        }
        let places = cursor?.next ?? stack.slugs.map { ($0, .start) }
        let asked = places.compactMap { server, place in stack.member(server).map { (member: $0, place: place) } }
        let questions = asked.map {
            StackQuestion(member: $0.member, params: stack.request.params?.going(on: $0.place))
        }
        return ask(stack, questions) { [self] replies in
            var page = StackPage(kind, of: asked.count)
            for (part, reply) in zip(asked, replies) {
                let server = part.member.server.slug
                let list = DefinitionList(server: server, era: stack.era)
                page.add(reply, of: server, asked: part.place) { configuration.current.definitions(of: list) }
            }
            if page.isRefused, let refused = replies.compactMap(\.self).first(where: { $0.error != nil }) {
                return refused.error.map { stack.refuse(relaying: $0, refused.status) } ?? ()
            }
            guard !page.isRefused,
                let result = page.result(for: stack.era, { stackCursors.seal($0, of: kind, for: principal) })
            else { return stack.refuse(RPCError(.internalError, "no server can be listed")) }
            stack.answer(result)
        }
    }
}

extension JSON {
    /// These params as one server is asked with them.
    fileprivate func going(on place: StackCursor.Place) -> JSON? {
        switch place {
        case .start: try? JSON(lenient: removingMembers { key, _ in key.equals("cursor") })
        case .after(let cursor): try? JSON(lenient: settingMember("cursor", cursor))
        }
    }
}

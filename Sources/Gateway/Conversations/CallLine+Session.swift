import MCPMessages

/// What became of a request to listen.
public enum Listening: Sendable {
    /// The stream is open; the cancellation ends the listening when the client goes away.
    case opened(Cancellation)
    case refused(Answer)
}

extension CallLine {
    /// The legacy stream on which the server speaks outside any request; a second one ends the first
    /// (revision 2025-03-26 on, "Listening for Messages").
    public func listen(_ entry: Entry, answering: any Answering) -> Listening {
        guard let session = session(of: entry) else { return .refused(noSession(entry)) }
        let listening = session.listen(answering)
        session.isHeard(by: entry.principal)
        let watching = configuration.current.members(reachedBy: entry).map { member in
            watchedLists.watch(member.server, for: session.scope(at: member.server))
        }
        return .opened(
            Cancellation {
                for watching in watching { watching.cancel() }
                listening.cancel()
            })
    }

    /// Ends a legacy session on its client's word (revision 2025-03-26 on, "Session Management").
    public func endSession(_ entry: Entry) -> Answer {
        guard let session = session(of: entry) else { return noSession(entry) }
        conversations.close(session)
        return Answer(.ok)
    }

    /// The session that is named; none for whose grant went since the head of the request was read.
    func session(of entry: Entry) -> Conversation? {
        guard configuration.current.stands(at: entry.server, entry.principal) else { return nil }
        return entry.sessionID.flatMap {
            conversations.session($0, of: entry.principal, server: entry.server)
        }
    }

    func noSession(_ entry: Entry) -> Answer {
        let isNamed = entry.sessionID != nil
        refuse(
            isNamed ? .unknownSession : .missingSession,
            subject: CallSubject(principal: entry.principal, server: entry.server, session: entry.sessionID))
        let error = RPCError(.invalidRequest, isNamed ? "unknown session" : "`Mcp-Session-Id` is missing")
        return Answer(isNamed ? .notFound : .badRequest, body: MessageWriter.error(error, id: nil))
    }
}

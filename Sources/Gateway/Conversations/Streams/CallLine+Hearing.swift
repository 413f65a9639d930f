import MCPMessages

/// What became of a request for a stream of a session.
public enum Hearing: Sendable {
    /// The stream is read. It begins by naming its start where the client is of a revision that expects it.
    case opened(Reading, isPrimed: Bool)
    case refused(Answer)
}

extension CallLine {
    /// The legacy streams over HTTP: reads on where the client lost one, or listens outside any request; a second listener
    /// ends the first (revision 2025-03-26 on, "Listening for Messages", "Resumability and Redelivery").
    ///
    /// An id that names nothing kept, or nothing of this session, is passed over.
    public func hear(_ entry: Entry, after lastEventID: String?, by reader: any EventReader) -> Hearing {
        guard let session = session(of: entry), let streams = session.streams else { return .refused(noSession(entry)) }
        if let id = lastEventID.flatMap(EventID.init), let reading = streams.resume(id, by: reader) {
            return .opened(reading, isPrimed: false)
        }
        // What is said while nobody reads is kept for a while, so that the listening outlives the connection.
        streams.tidy()
        if let stream = streams.beginListening() {
            switch listen(entry, answering: stream) {
            case .refused(let answer): return .refused(answer)
            case .opened(let ending): streams.listens(until: ending)
            }
        } else {
            session.isHeard(by: entry.principal)
        }
        guard let listening = streams.listening, let reading = streams.read(listening, after: nil, by: reader) else {
            return .refused(noSession(entry))
        }
        return .opened(reading, isPrimed: session.isPriming)
    }

    /// Ends what lay idle too long: sessions, what is kept of their streams, and calls whose client did not come back with
    /// what it was asked for. To be called now and then.
    public func tidy() {
        _ = slowLane.submit { [conversations, parked, clock] in
            conversations.tidy()
            parked.sweep(at: clock.steady())
        }
    }
}

extension Conversation {
    /// Whether the client expects a stream to begin by naming itself (revision 2025-11-25, "Sending Messages").
    public var isPriming: Bool { version.map { $0 >= .v2025_11_25 } ?? false }
}

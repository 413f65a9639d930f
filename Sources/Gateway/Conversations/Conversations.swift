import Synchronization

/// The open conversations. Legacy sessions are found by id and principal together: another's id is an unknown id.
public final class Conversations: Sendable {
    private let sessions = Mutex(SessionTable())
    /// Those of stdio connections.
    private let connections = Mutex<[ObjectIdentifier: Conversation]>([:])
    private let budget = EventBudget()
    private let clock: GatewayClock

    public init(clock: GatewayClock) { self.clock = clock }

    /// Opens a legacy session with an id of 128 random bits; nil where too many are open.
    func openSession(principal: Principal, server: String, hearsEverything: Bool) -> Conversation? {
        let now = clock.steady()
        let id = "gs-" + Self.random() + Self.random()
        let conversation = Conversation(
            id: id, principal: principal, server: server, hearsEverything: hearsEverything,
            streams: SessionStreams(budget: budget, clock: clock), at: now)
        var expired: [Conversation] = []
        let isOpened = sessions.withLock { sessions in
            if !sessions.hasRoom(for: principal.id) { expired = sessions.sweep(at: now) }
            guard sessions.hasRoom(for: principal.id) else { return false }
            sessions.insert(conversation, as: id)
            return true
        }
        for session in expired { session.end() }
        return isOpened ? conversation : nil
    }

    /// Opens the conversation of a stdio connection.
    func openConnection(principal: Principal, server: String, hearsEverything: Bool) -> Conversation {
        let conversation = Conversation(
            id: nil, principal: principal, server: server, hearsEverything: hearsEverything, at: clock.steady())
        connections.withLock { $0[ObjectIdentifier(conversation)] = conversation }
        return conversation
    }

    /// The session, if it is this principal's with this server and has not lain idle too long.
    func session(_ id: String, of principal: Principal, server: String) -> Conversation? {
        let now = clock.steady()
        let (session, isExpired): (Conversation?, Bool) = sessions.withLock { sessions in
            guard let session = sessions[id], session.principalID.utf8.elementsEqual(principal.id.utf8),
                session.server == server
            else {
                return (nil, false)
            }
            guard !session.isIdle(at: now) else {
                sessions.remove(id)
                return (session, true)
            }
            session.touch(at: now, by: principal)
            return (session, false)
        }
        guard isExpired else { return session }
        session?.end()
        return nil
    }

    /// Ends a conversation: open requests are cancelled, its stream is closed.
    public func close(_ conversation: Conversation) {
        if let id = conversation.id {
            sessions.withLock { $0.remove(id) }
        } else {
            connections.withLock { $0[ObjectIdentifier(conversation)] = nil }
        }
        conversation.end()
    }

    /// Ends every conversation among those meant.
    func closeAll(where isMeant: (Conversation) -> Bool) {
        let open = sessions.withLock { $0.all } + connections.withLock { Array($0.values) }
        for conversation in open where isMeant(conversation) { close(conversation) }
    }

    /// Ends the streams outside any request of those meant; their sessions go on.
    func endListening(where isMeant: (Principal, _ server: String) -> Bool) {
        let open = sessions.withLock { $0.all }
        for conversation in open {
            guard let hearer = conversation.hearer, isMeant(hearer, conversation.server) else { continue }
            conversation.endListening()
        }
    }

    /// Ends sessions that lay idle too long and forgets what was kept of streams for too long.
    func tidy() {
        let now = clock.steady()
        let (expired, open) = sessions.withLock { sessions in
            (sessions.sweep(at: now), sessions.all)
        }
        for session in expired { session.end() }
        for session in open { session.streams?.tidy() }
    }

    /// Whether one that is open is among those wanted.
    func contains(where isWanted: (Conversation) -> Bool) -> Bool {
        sessions.withLock { $0.all }.contains(where: isWanted)
            || connections.withLock { Array($0.values) }.contains(where: isWanted)
    }

    /// Tells every listening conversation what it is to hear, if anything.
    func tell(_ message: (Conversation) -> [UInt8]?) {
        let open = sessions.withLock { $0.all } + connections.withLock { Array($0.values) }
        for conversation in open {
            if let message = message(conversation) { conversation.tell(message) }
        }
    }

    private static func random() -> String {
        let digits = String(UInt64.random(in: .min ... .max), radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
}

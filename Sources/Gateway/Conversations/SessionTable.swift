/// Legacy sessions by id, counted for each principal.
struct SessionTable {
    private var sessions: [String: Conversation] = [:]
    private var counts: [String: Int] = [:]

    var all: [Conversation] { Array(sessions.values) }

    subscript(id: String) -> Conversation? { sessions[id] }

    func hasRoom(for principalID: String) -> Bool {
        sessions.count < GatewayLimits.sessions
            && counts[principalID, default: 0] < GatewayLimits.sessionsPerPrincipal
    }

    mutating func insert(_ session: Conversation, as id: String) {
        guard sessions.updateValue(session, forKey: id) == nil else { return }
        counts[session.principalID, default: 0] += 1
    }

    mutating func remove(_ id: String) {
        guard let session = sessions.removeValue(forKey: id) else { return }
        let left = counts[session.principalID, default: 0] - 1
        counts[session.principalID] = left > 0 ? left : nil
    }

    /// Takes out those that lay idle too long, which are then to be ended.
    mutating func sweep(at now: UInt64) -> [Conversation] {
        let idle = sessions.filter { $0.value.isIdle(at: now) }
        for id in idle.keys { remove(id) }
        return Array(idle.values)
    }
}

import MCPMessages

/// The requests a legacy server has sent during one call: which still wait for the client, and how many there were.
struct ServerRequests {
    /// By this house's own numbers, so that an answer finds its request whatever ids the server uses.
    private var waiting: [Int: RequestID] = [:]
    private var count = 0

    var isWaiting: Bool { !waiting.isEmpty }

    /// Counts a request; false when there have been too many.
    mutating func count(_ request: Message.Request) -> Bool {
        count += 1
        return count <= HTTPLimits.serverRequestsPerCall
    }

    /// The number under which a counted request waits; nil when too many wait, or one with the same id.
    mutating func admit(_ request: Message.Request) -> Int? {
        guard waiting.count < HTTPLimits.serverRequestsOutstanding, !waiting.values.contains(request.id) else {
            return nil
        }
        waiting[count] = request.id
        return count
    }

    /// The server's id of a request that is now answered; nil when it has been, or was taken back.
    mutating func answered(_ number: Int) -> RequestID? { waiting.removeValue(forKey: number) }

    func waits(_ id: RequestID) -> Bool { waiting.values.contains(id) }

    /// The server takes a request back (`notifications/cancelled`); false when it was none that waits.
    mutating func takenBack(_ id: RequestID) -> Bool {
        guard let index = waiting.firstIndex(where: { $0.value == id }) else { return false }
        waiting.remove(at: index)
        return true
    }
}

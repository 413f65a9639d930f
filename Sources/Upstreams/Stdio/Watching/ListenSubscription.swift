/// How a modern server is asked, by one `subscriptions/listen`, for all that a lane's watchers want: what is asked next,
/// and what has been taken.
///
/// Revision 2026-07-28, "Subscriptions". The request stays open for as long as it is wanted. Where the wants change, a new
/// request is sent, and the earlier one ended once the new one is acknowledged, so that nothing is missed between.
struct ListenSubscription {
    enum Action: Equatable {
        case listen(id: Int, StdioInterest)
        case end(id: Int)
    }

    struct Request: Equatable {
        let id: Int
        let interest: StdioInterest
        /// What the server says that it will tell of, once it has acknowledged.
        var honoured = StdioInterest()
    }

    /// Acknowledged.
    private(set) var taken: Request?
    /// Sent and not acknowledged.
    private(set) var asked: Request?

    mutating func want(_ interest: StdioInterest, nextID: () -> Int) -> [Action] {
        // What is under way settles first.
        guard asked == nil else { return [] }
        if interest.isEmpty {
            defer { taken = nil }
            return taken.map { [.end(id: $0.id)] } ?? []
        }
        guard taken?.interest != interest else { return [] }
        let request = Request(id: nextID(), interest: interest)
        asked = request
        return [.listen(id: request.id, interest)]
    }

    /// The server has taken the request that waits; ends the one before it.
    mutating func acknowledged(_ id: Int, honouring honoured: StdioInterest) -> [Action]? {
        guard var request = asked, request.id == id else { return nil }
        request.honoured = honoured
        defer { (taken, asked) = (request, nil) }
        return taken.map { [.end(id: $0.id)] } ?? []
    }

    /// The server has answered, or ended, the request.
    ///
    /// - Returns: the request that waited to be taken, where that is it.
    mutating func ended(_ id: Int) -> Request? {
        if taken?.id == id { taken = nil }
        guard let request = asked, request.id == id else { return nil }
        asked = nil
        return request
    }

    func owns(_ id: Int) -> Bool { taken?.id == id || asked?.id == id }
}

import Gateway
import MCPMessages

/// The ids and progress tokens under which requests are open in one conversation with a server.
///
/// A client's own are kept where nothing else is open under the same, so that what a server says of a request is what its
/// client calls it. Else, and for the house's own requests, a number of the house's stands in; those begin where no
/// client's integer is kept, so that the two never meet.
struct NamesInUse {
    /// The first number of the house's own. A client's integers from here on are not kept.
    static let firstOwn = 1 << 30

    /// What one request goes by.
    struct Claimed: Equatable {
        var id: RequestID
        var token: RequestID?

        /// The house's own number for both.
        init(number: Int, wantsProgress: Bool) {
            id = .integer(number)
            token = wantsProgress ? id : nil
        }
    }

    private var ids: [RequestID: Int] = [:]
    private var tokens: [RequestID: Int] = [:]
    /// How many names, of either kind, are never given out again.
    private var burnt = 0

    /// Settles what a request goes by.
    ///
    /// - Parameter number: the house's own for it, which no other request bears.
    mutating func claim(_ wanted: RequestNames?, wantsProgress: Bool, number: Int) -> Claimed {
        var claimed = Claimed(number: number, wantsProgress: wantsProgress)
        guard let wanted, burnt < ConversationLimits.burntNames else { return claimed }
        if Self.isKept(wanted.id), ids[wanted.id] == nil {
            ids[wanted.id] = number
            claimed.id = wanted.id
        }
        if wantsProgress, let token = wanted.progressToken, Self.isKept(token), tokens[token] == nil {
            tokens[token] = number
            claimed.token = token
        }
        return claimed
    }

    mutating func release(_ claimed: Claimed) {
        ids[claimed.id] = nil
        if let token = claimed.token { tokens[token] = nil }
    }

    /// Leaves a request its names though it is over: the server may still answer it, and must not be taken to answer
    /// another.
    mutating func burn(_ claimed: Claimed) {
        if ids[claimed.id] != nil { burnt += 1 }
        if let token = claimed.token, tokens[token] != nil { burnt += 1 }
    }

    /// How many names are kept, those of open requests and those that are burnt.
    var count: Int { ids.count + tokens.count }

    /// The number of the request that goes by an id.
    func number(ofID id: RequestID) -> Int? { ids[id] ?? Self.own(id) }

    /// The number of the request whose progress is reported under a token.
    func number(ofToken token: RequestID) -> Int? { tokens[token] ?? Self.own(token) }

    private static func isKept(_ name: RequestID) -> Bool { own(name) == nil }

    private static func own(_ name: RequestID) -> Int? {
        guard case .integer(let number) = name, number >= firstOwn else { return nil }
        return number
    }
}

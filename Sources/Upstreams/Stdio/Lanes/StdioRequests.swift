import Gateway
import MCPMessages
import NIOCore

/// The requests of one lane: those that wait for its child, in order, and those written and not answered.
///
/// An id in `line` without an entry in `waiting` was written or taken back, and is skipped; they never outnumber the
/// others by much.
struct StdioRequests {
    struct Open {
        let receiver: any UpstreamReceiver
        let principal: String
        /// What it goes by in the conversation.
        let names: NamesInUse.Claimed
        /// Whether a client stands behind it that can be asked something.
        let isClients: Bool
        var clock: CallClock
        /// Its place in the order of writing.
        var number = 0
    }

    private var line = CircularBuffer<Int>()
    private var waiting: [Int: StdioAsk] = [:]
    private var open: [Int: Open] = [:]
    private var names = NamesInUse()
    private var timers: [Int: Scheduled<Void>] = [:]
    private(set) var waitingBytes = 0
    private var writtenCount = 0

    var waitingCount: Int { waiting.count }
    var openCount: Int { open.count }
    var isEmpty: Bool { waiting.isEmpty && open.isEmpty }

    /// The first in line.
    var first: StdioAsk? {
        for id in line {
            if let ask = waiting[id] { return ask }
        }
        return nil
    }

    mutating func enqueue(_ ask: StdioAsk, timer: Scheduled<Void>) {
        line.append(ask.id)
        waiting[ask.id] = ask
        timers[ask.id] = timer
        waitingBytes += ask.size
    }

    /// Takes the first out of the line.
    mutating func next() -> StdioAsk? {
        while let id = line.popFirst() {
            if let ask = removeWaiting(id) { return ask }
        }
        return nil
    }

    mutating func removeWaiting(_ id: Int) -> StdioAsk? {
        guard let ask = waiting.removeValue(forKey: id) else { return nil }
        waitingBytes -= ask.size
        timers.removeValue(forKey: id)?.cancel()
        if line.count > 2 * waiting.count + 16 { line.removeAll { waiting[$0] == nil } }
        return ask
    }

    /// Takes out of the line whom the rule names, in order.
    mutating func removeWaiting(where rule: (StdioAsk) -> Bool) -> [StdioAsk] {
        line.compactMap { waiting[$0] }.filter(rule).compactMap { removeWaiting($0.id) }
    }

    mutating func written(_ id: Int, _ entry: Open, timer: Scheduled<Void>) {
        writtenCount += 1
        open[id] = entry
        open[id]?.number = writtenCount
        timers[id] = timer
    }

    /// Settles what a request goes by that is about to be written.
    ///
    /// - Parameter keepsNames: whether all that is said in the conversation is one principal's; what belongs to one
    ///   request's name could else be taken for another's.
    mutating func name(_ id: Int, as call: OutgoingCall, keepsNames: Bool) -> NamesInUse.Claimed {
        var wanted = keepsNames ? call.names : nil
        // A text could not be made out in an answer that is no JSON.
        if case .text? = wanted?.id { wanted = nil }
        return names.claim(wanted, wantsProgress: call.wantsProgress, number: id)
    }

    /// The request that goes by an id on the wire, or whose progress by a token.
    func number(ofID id: RequestID) -> Int? { names.number(ofID: id) }
    func number(ofToken token: RequestID) -> Int? { names.number(ofToken: token) }
    func names(ofOpen id: Int) -> NamesInUse.Claimed? { open[id]?.names }

    /// - Parameter isAnswered: whether the child has said its last word on it.
    mutating func removeOpen(_ id: Int, isAnswered: Bool) -> Open? {
        guard let entry = open.removeValue(forKey: id) else { return nil }
        timers.removeValue(forKey: id)?.cancel()
        if isAnswered { names.release(entry.names) } else { names.burn(entry.names) }
        return entry
    }

    mutating func removeAllOpen() -> [Open] {
        let ids = open.keys.sorted()
        defer { names = NamesInUse() }
        return ids.compactMap { removeOpen($0, isAnswered: true) }
    }

    /// Progress has come: the time allowed begins anew.
    mutating func progressed(_ id: Int, at now: NIODeadline) -> Open? {
        guard var entry = open[id], entry.names.token != nil else { return nil }
        entry.clock.beginAnew(at: now)
        open[id] = entry
        return entry
    }

    // MARK: Clients' calls

    /// A client's call that is open: of several, the one written last.
    ///
    /// A server that speaks during a call does not say which (before revision 2026-07-28 there is no such word).
    var newestCall: (id: Int, receiver: any UpstreamReceiver)? {
        open.filter(\.value.isClients).max { $0.value.number < $1.value.number }.map { ($0.key, $0.value.receiver) }
    }

    /// Whether all clients' calls that are open are one principal's.
    var haveOnePrincipal: Bool {
        let principals = open.values.lazy.filter(\.isClients).map(\.principal.utf8)
        guard let first = principals.first else { return false }
        return principals.allSatisfy { $0.elementsEqual(first) }
    }

    func receiver(ofOpen id: Int) -> (any UpstreamReceiver)? { open[id]?.receiver }

    // MARK: Clocks

    func deadline(ofOpen id: Int) -> NIODeadline? { open[id]?.clock.deadline }

    mutating func rearm(_ id: Int, timer: Scheduled<Void>) {
        timers[id]?.cancel()
        timers[id] = timer
    }

    /// The server waits for the client now.
    mutating func rest(_ id: Int, at now: NIODeadline) { open[id]?.clock.rest(at: now) }

    /// The server no longer waits; the call's new deadline, where it is open.
    mutating func goOn(_ id: Int, at now: NIODeadline) -> NIODeadline? {
        open[id]?.clock.goOn(at: now)
        return deadline(ofOpen: id)
    }
}

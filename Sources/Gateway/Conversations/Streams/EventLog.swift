/// What one stream has said, as far as it is kept: events in their order, each at its position, counted from 1.
struct EventLog {
    /// What an event takes beside its message, bytes; so that empty ones are bounded too.
    static let overhead = 64

    /// The events kept; the oldest stands at `first`.
    private var messages: [[UInt8]] = []
    private(set) var first = 1
    /// The position of the last event that was handed to a reader.
    private(set) var handedOut = 0
    private(set) var bytes = 0
    /// Of them, those of events that were handed to no reader.
    private(set) var unreadBytes = 0
    /// Whether nothing more will be said.
    private(set) var isEnded = false

    var count: Int { messages.count }
    /// The position of the newest event, kept or not.
    var last: Int { first + messages.count - 1 }

    /// Whether more waits than a reader may leave behind; one large event alone is no one's fault.
    var isTooFarAhead: Bool { unreadBytes > GatewayLimits.unreadEventBytes && last > handedOut + 1 }

    mutating func append(_ message: [UInt8]) {
        messages.append(message)
        bytes += message.count + Self.overhead
        unreadBytes += message.count + Self.overhead
    }

    mutating func end() { isEnded = true }

    /// Hands out what is kept after a position.
    ///
    /// - Returns: the events and the position of the first of them.
    mutating func take(after position: Int) -> (first: Int, messages: ArraySlice<[UInt8]>) {
        let start = min(max(position + 1, first), last + 1)
        handedOut = max(handedOut, last)
        unreadBytes = 0
        return (start, messages[(start - first)...])
    }

    /// Forgets the oldest event.
    ///
    /// - Returns: how many bytes that gave back; 0 where there is none.
    mutating func dropOldest() -> Int {
        guard !messages.isEmpty else { return 0 }
        let size = messages.removeFirst().count + Self.overhead
        if first > handedOut { unreadBytes -= size }
        first += 1
        bytes -= size
        return size
    }
}

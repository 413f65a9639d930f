/// Reads a stream of server-sent events, bytes in, events out, in any division of the bytes.
///
/// WHATWG HTML, "Server-sent events", section 9.2.6: lines end with LF, CR or CRLF; an event ends at an empty line;
/// several `data` lines join with LF. An event whose data is empty (a priming event) is given out too, because its id
/// counts. Bounded: an event over `limit` bytes ends the stream with an error.
public struct SSEDecoder: Sendable {
    public struct Event: Sendable, Equatable {
        public var id: [UInt8]?
        public var name: [UInt8]?
        public var data: [UInt8] = []
        /// Milliseconds to wait before reconnecting.
        public var retry: Int?
    }

    public struct EventTooLarge: Error, Sendable, Equatable {}

    private let limit: Int
    /// The start of a line whose end has not come.
    private var line: [UInt8] = []
    private var event = Event()
    private var hasFields = false
    private var hasData = false
    private var lastWasCR = false
    private var isFirstLine = true

    public init(limit: Int = MessageLimits.eventBytes) { self.limit = limit }

    public mutating func feed(_ bytes: some Sequence<UInt8>) throws(EventTooLarge) -> [Event] {
        var events: [Event] = []
        // Over contiguous memory, and not generic: an event is a whole answer as often as not, and every byte counts.
        let fits =
            bytes.withContiguousStorageIfAvailable { feed($0, to: &events) }
            ?? Array(bytes).withUnsafeBufferPointer { feed($0, to: &events) }
        guard fits else { throw EventTooLarge() }
        return events
    }

    /// False when an event is over the bound.
    private mutating func feed(_ bytes: UnsafeBufferPointer<UInt8>, to events: inout [Event]) -> Bool {
        var start = 0
        if lastWasCR, let first = bytes.first {
            lastWasCR = false
            if first == 0x0A { start = 1 }
        }
        while start < bytes.count {
            var end = start
            while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
            guard line.count + event.data.count + (end - start) <= limit else { return false }
            let piece = UnsafeBufferPointer(rebasing: bytes[start..<end])
            guard end < bytes.count else {
                line.append(contentsOf: piece)
                return true
            }
            if line.isEmpty {
                endLine(piece, &events)
            } else {
                line.append(contentsOf: piece)
                let whole = line
                line.removeAll(keepingCapacity: true)
                whole.withUnsafeBufferPointer { endLine($0, &events) }
            }
            start = end + 1
            if bytes[end] == 0x0D {
                if start == bytes.count {
                    lastWasCR = true
                } else if bytes[start] == 0x0A {
                    start += 1
                }
            }
        }
        return true
    }

    private mutating func endLine(_ line: UnsafeBufferPointer<UInt8>, _ events: inout [Event]) {
        guard line.isEmpty else { return take(line) }
        isFirstLine = false
        if hasFields { events.append(event) }
        event = Event()
        hasFields = false
        hasData = false
    }

    private mutating func take(_ received: UnsafeBufferPointer<UInt8>) {
        var field = received[...]
        if isFirstLine, field.starts(with: [0xEF, 0xBB, 0xBF]) { field = field.dropFirst(3) }
        isFirstLine = false
        guard field.first != UInt8(ascii: ":") else { return }
        let colon = field.firstIndex(of: UInt8(ascii: ":")) ?? field.endIndex
        var value = field[colon...].dropFirst()
        if value.first == 0x20 { value = value.dropFirst() }
        switch String(decoding: field[..<colon], as: UTF8.self) {
        case "data":
            if hasData { event.data.append(0x0A) }
            event.data.append(contentsOf: value)
            hasData = true
            hasFields = true
        case "event":
            event.name = Array(value)
            hasFields = true
        case "id":
            guard !value.contains(0) else { return }
            event.id = Array(value)
            hasFields = true
        case "retry":
            guard value.allSatisfy({ (0x30...0x39).contains($0) }),
                let wait = Int(String(decoding: value, as: UTF8.self))
            else { return }
            event.retry = wait
            hasFields = true
        default:
            break
        }
    }
}

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
    private var line: [UInt8] = []
    private var event = Event()
    private var hasFields = false
    private var hasData = false
    private var lastWasCR = false
    private var isFirstLine = true

    public init(limit: Int = MessageLimits.eventBytes) { self.limit = limit }

    public mutating func feed(_ bytes: some Sequence<UInt8>) throws(EventTooLarge) -> [Event] {
        var events: [Event] = []
        for byte in bytes {
            let followsCR = lastWasCR
            lastWasCR = byte == 0x0D
            if byte == 0x0A, followsCR { continue }
            guard byte == 0x0A || byte == 0x0D else {
                guard line.count + event.data.count < limit else { throw EventTooLarge() }
                line.append(byte)
                continue
            }
            if line.isEmpty {
                isFirstLine = false
                if hasFields { events.append(event) }
                event = Event()
                hasFields = false
                hasData = false
            } else {
                take(line)
                line.removeAll(keepingCapacity: true)
            }
        }
        return events
    }

    private mutating func take(_ received: [UInt8]) {
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

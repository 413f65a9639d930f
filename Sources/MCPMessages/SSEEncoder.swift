/// Writes messages as server-sent events.
public enum SSEEncoder {
    /// A comment line: keeps a stream alive and says nothing.
    public static let keepAlive = Array(": keep-alive\n\n".utf8)

    /// One message as an event.
    public static func event(_ message: [UInt8], id: String? = nil) -> [UInt8] {
        var event: [UInt8] = []
        event.reserveCapacity(message.count + 40)
        event.append(contentsOf: "event: message\n".utf8)
        if let id {
            event.append(contentsOf: "id: ".utf8)
            event.append(contentsOf: id.utf8)
            event.append(0x0A)
        }
        event.append(contentsOf: "data: ".utf8)
        event.append(contentsOf: OneLine.of(message))
        event.append(contentsOf: "\n\n".utf8)
        return event
    }
}

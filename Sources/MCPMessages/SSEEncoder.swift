/// Writes messages as server-sent events.
public enum SSEEncoder {
    /// A comment line: keeps a stream alive and says nothing.
    public static let keepAlive = Array(": keep-alive\n\n".utf8)

    /// The event that begins a stream, which says only where it begins (revision 2025-11-25, "Sending Messages").
    ///
    /// - Parameter retry: how long to wait before reconnecting, milliseconds.
    public static func priming(id: String, retry: Int) -> [UInt8] {
        Array("id: \(id)\nretry: \(retry)\ndata: \n\n".utf8)
    }

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

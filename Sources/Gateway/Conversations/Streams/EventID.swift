/// Names one event of one stream of one session: a client that lost the stream says the last one it has seen.
///
/// Revision 2025-11-25, "Resumability and Redelivery": unique in the session, and telling the stream. The session's own tag
/// is part of it, so that an id of another session names nothing.
public struct EventID: Sendable, Hashable {
    /// What tells the session's ids from any other's.
    let session: UInt64
    let stream: Int
    /// Counted from 1; 0 stands before the first event.
    let position: Int

    init(session: UInt64, stream: Int, position: Int) {
        self.session = session
        self.stream = stream
        self.position = position
    }

    /// Reads an id as it was written; another spelling of the same numbers is no id.
    init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, let session = UInt64(parts[0], radix: 16), let stream = Int(parts[1]),
            let position = Int(parts[2])
        else { return nil }
        self.init(session: session, stream: stream, position: position)
        guard self.text.utf8.elementsEqual(text.utf8) else { return nil }
    }

    public var text: String { "\(String(session, radix: 16))-\(stream)-\(position)" }
}

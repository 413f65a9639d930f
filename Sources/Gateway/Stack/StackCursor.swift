import Crypto
import MCPMessages
import WireJSON

/// Where the pages of several servers' lists go on: each server's own cursor, as received.
struct StackCursor {
    /// Where one server's list goes on.
    enum Place: Equatable {
        /// It has not been shown yet.
        case start
        /// The JSON text of the server's own cursor.
        case after([UInt8])

        /// How much of the cursor it is: a member of an object, whose key is the server's slug.
        func bytes(of server: String) -> Int {
            let value =
                switch self {
                case .start: 4
                case .after(let text): text.count
                }
            return server.utf8.count + value + 4
        }
    }

    /// By slug.
    var next: [(server: String, place: Place)] = []

    /// Bytes of what is sealed.
    fileprivate static let bytes = GatewayLimits.stackCursorBytes / 2

    /// How much of it each of so many servers may take, so that there is room for all. Every slug fits in, of as many
    /// servers as a grant reaches.
    static func share(of servers: Int) -> Int { (bytes - 2) / max(1, servers) }
}

/// Makes a stack's cursor one text that only this process can have written, good for one principal and one list.
///
/// Revision 2026-07-28, "Pagination": a cursor is opaque. AES-256-GCM under a key of this process; principal and list are
/// authenticated beside it and not carried.
struct StackCursorSeal: Sendable {
    private let key = SymmetricKey(size: .bits256)

    /// - Returns: letters, digits, `-` and `_`; nil where a cursor would be longer than is read again.
    func seal(_ cursor: StackCursor, of kind: ListKind, for principal: String) -> String? {
        var writer = JSONWriter()
        writer.beginObject()
        for (server, place) in cursor.next {
            writer.key(server)
            switch place {
            case .start: writer.null()
            case .after(let text): writer.raw(text)
            }
        }
        writer.endObject()
        let plain = writer.bytes
        guard plain.count <= StackCursor.bytes,
            let box = try? AES.GCM.seal(plain, using: key, authenticating: Self.binding(kind, principal)).combined
        else { return nil }
        return String(decoding: Base64.url.encode(Array(box)), as: UTF8.self)
    }

    /// What was sealed; nil for anything that was not sealed here, for this principal and this list.
    func open(_ text: [UInt8], of kind: ListKind, for principal: String) -> StackCursor? {
        guard text.count <= GatewayLimits.stackCursorBytes, let whole = Base64.url.decode(text),
            let box = try? AES.GCM.SealedBox(combined: whole),
            let plain = try? AES.GCM.open(box, using: key, authenticating: Self.binding(kind, principal)),
            let object = try? JSON(lenient: Array(plain))
        else { return nil }
        return StackCursor(
            next: object.members.map { server, text in
                (
                    String(decoding: server.utf8, as: UTF8.self),
                    text.kind == .string ? .after(Array(text.bytes)) : .start
                )
            })
    }

    /// No two lists or principals are the same bytes: a list's method holds no NUL.
    private static func binding(_ kind: ListKind, _ principal: String) -> [UInt8] {
        Array(kind.method.utf8) + [0] + Array(principal.utf8)
    }
}

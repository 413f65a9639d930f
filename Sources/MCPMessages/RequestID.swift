public import WireJSON

/// The id of a JSON-RPC request: text or an integer, never the one taken for the other (`"1"` is not `1`).
///
/// MCP forbids null and fractional ids (revision 2025-03-26 on, "Requests").
public enum RequestID: Sendable, Hashable {
    case text([UInt8])
    case integer(Int)

    public init?(_ json: JSON) {
        if let utf8 = json.utf8 {
            guard utf8.count <= MessageLimits.idBytes else { return nil }
            self = .text(utf8)
        } else if let int = json.int {
            self = .integer(int)
        } else {
            return nil
        }
    }

    /// Writes the id as JSON.
    public func write(to writer: inout JSONWriter) {
        switch self {
        case .text(let utf8): writer.string(utf8: utf8)
        case .integer(let int): writer.int(int)
        }
    }
}

import MCPMessages
import WireJSON

/// What one line of a child's stdout turned out to be.
enum IncomingLine: Sendable {
    case message(Message)
    /// Several on one line, as revision 2025-03-26 allows and no other does.
    case batch([Message])
    /// Text that is not meant for this side: a banner, a warning, a log line. Some servers print it.
    case noise(reason: String)
    /// What claims to answer a request and cannot be read; `id` is the claim.
    case unreadable(id: Int, reason: String)

    init(_ line: [UInt8], limits: JSONLimits = .upstream, readsBatches: Bool) {
        guard let first = line.first(where: { !Self.isSpace($0) }) else {
            self = .noise(reason: "blank")
            return
        }
        guard first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else {
            self = .noise(reason: "not JSON")
            return
        }
        let json: JSON
        do {
            json = try JSON(lenient: line, limits: limits)
        } catch {
            if let id = AnswerClaim.id(in: line) {
                self = .unreadable(id: id, reason: "\(error)")
            } else {
                self = .noise(reason: "not JSON: \(error)")
            }
            return
        }
        do {
            if readsBatches, json.kind == .array {
                self = .batch(try json.elements.map { json throws(MessageRefusal) in try Message(json) })
            } else {
                self = .message(try Message(json))
            }
        } catch {
            if case .integer(let id) = error.id, json["method"] == nil {
                self = .unreadable(id: id, reason: error.reason)
            } else {
                self = .noise(reason: error.reason)
            }
        }
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }
}

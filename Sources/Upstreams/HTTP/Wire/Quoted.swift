/// Pieces of a server's text, cut short, for messages to operators.
enum Quoted {
    static func text(_ bytes: [UInt8]) -> String {
        "`\(String(decoding: bytes.prefix(HTTPLimits.quotedBytes), as: UTF8.self))`"
    }

    static func text(_ content: ResponseHead.Content) -> String {
        switch content {
        case .json: "`application/json`"
        case .events: "`text/event-stream`"
        case .other(let type): type.isEmpty ? "of no declared type" : text(type)
        }
    }
}

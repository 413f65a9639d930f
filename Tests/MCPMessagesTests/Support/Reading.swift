import MCPMessages
import Testing
import WireJSON

/// Reads a text given in the test itself.
func json(_ text: String) throws(JSONError) -> JSON { try JSON(Array(text.utf8)) }

/// Bytes as text, for comparisons people read.
func text(_ bytes: some Collection<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

/// A request read from a text.
func request(_ text: String) throws -> Message.Request {
    guard case .request(let request) = try Message(try json(text)) else { throw NotARequest(text: text) }
    return request
}

/// A notification read from a text.
func notification(_ text: String) throws -> Message.Notification {
    guard case .notification(let notification) = try Message(try json(text)) else { throw NotARequest(text: text) }
    return notification
}

struct NotARequest: Error { let text: String }

/// What a text is as a message, in words: `request 1 ping`, `refused -32600 id "a"`.
func reading(_ text: String) throws -> String {
    let message: Message
    do {
        message = try Message(try json(text))
    } catch let refusal as MessageRefusal {
        return "refused \(refusal.code.rawValue)" + (refusal.id.map { " id \(words($0))" } ?? "")
    }
    switch message {
    case .request(let request):
        return "request \(words(request.id)) \(request.method)" + (request.params == nil ? "" : " with params")
    case .notification(let notification):
        return "notification \(notification.method)" + (notification.params == nil ? "" : " with params")
    case .response(let response):
        let whose = response.id.map(words) ?? "nobody's"
        switch response.outcome {
        case .result(let result): return "result \(whose) \(words(result))"
        case .error(let error): return "error \(whose) \(words(error))"
        }
    }
}

private func words(_ json: JSON) -> String { text(json.bytes) }

private func words(_ id: RequestID) -> String {
    var writer = JSONWriter()
    id.write(to: &writer)
    return text(writer.bytes)
}

/// Texts with what is expected of them, shown by the text.
struct Case: Sendable, CustomTestStringConvertible {
    let text: String
    let expected: String

    init(_ text: String, _ expected: String) {
        self.text = text
        self.expected = expected
    }

    var testDescription: String { text.count > 100 ? "\(text.prefix(100))…" : text }
}

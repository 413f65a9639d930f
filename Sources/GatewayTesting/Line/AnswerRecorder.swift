public import Gateway
import MCPMessages
public import WireJSON

/// A client's side of one request that keeps what it is given, and notes what it should not have been given.
public final class AnswerRecorder: Answering {
    public struct Heard: Sendable {
        public var session: String?
        public var notifications: [[UInt8]] = []
        public var answer: Answer?
        /// What broke the promise of `Answering`: a second answer, something after the answer, a late session.
        public var breaches: [String] = []
    }

    public let heard = Watched(Heard())

    public init() {}

    public func begin(session: String) {
        heard.change { heard in
            if heard.answer != nil || !heard.notifications.isEmpty { heard.breaches.append("a session named late") }
            heard.session = session
        }
    }

    public func notify(_ message: [UInt8]) {
        heard.change { heard in
            if heard.answer != nil { heard.breaches.append("a notification after the answer") }
            heard.notifications.append(message)
        }
    }

    public func finish(_ answer: Answer) {
        heard.change { heard in
            if heard.answer != nil { heard.breaches.append("a second answer") }
            heard.answer = heard.answer ?? answer
        }
    }

    /// The answer, if it has come by now.
    public var answer: Answer? { heard.value.answer }

    /// The answer, once it comes.
    public func awaitAnswer() async throws -> Answer {
        let heard = try await heard.value { $0.answer != nil }
        guard let answer = heard.answer else { throw WaitedTooLong(last: "\(heard)") }
        return answer
    }
}

extension Answer {
    /// The body as JSON.
    public var json: JSON {
        get throws { try JSON(lenient: body) }
    }

    /// The code of a JSON-RPC error; nil where it is none.
    public var errorCode: Int? { (try? json)?["error"]?["code"]?.int }

    /// The message of a JSON-RPC error; nil where it is none.
    public var errorMessage: String? { (try? json)?["error"]?["message"]?.string }

    /// The text of a tool result.
    public var toolText: String? { (try? json)?["result"]?["content"]?[0]?["text"]?.string }

    public var isToolError: Bool { (try? json)?["result"]?["isError"]?.bool ?? false }

    /// The body as text, for messages people read.
    public var text: String { String(decoding: body, as: UTF8.self) }
}

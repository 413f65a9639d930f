public import Gateway
import MCPMessages
public import WireJSON

/// One request that arrived at a ``RecordedUpstream``: what it was, and the means to answer it.
public final class RecordedExchange: Sendable {
    public let method: String
    /// The request as it would have gone over the wire in the upstream's era.
    public let message: [UInt8]
    /// The tool's name for the `Mcp-Name` header, as the gateway derived it; empty where there is none.
    public let mirroredName: [UInt8]
    public let scope: UpstreamScope
    /// Where the request asked for progress to be reported; nil where it did not.
    public let progressToken: Int?
    /// What a server of the upstream's personality would run.
    public let effective: EffectiveCall?
    public let isCancelled = Watched(false)
    /// Each time its client had it held back, true, or let it go on, false.
    public let holds = Watched<[Bool]>([])

    private let era: Era
    private let receiver: any UpstreamReceiver

    init(
        method: String, message: [UInt8], mirroredName: [UInt8], scope: UpstreamScope, progressToken: Int?,
        personality: Personality, era: Era, receiver: any UpstreamReceiver
    ) {
        self.method = method
        self.message = message
        self.mirroredName = mirroredName
        self.scope = scope
        self.progressToken = progressToken
        self.effective = personality.reads(message)
        self.era = era
        self.receiver = receiver
    }

    public var text: String { String(decoding: message, as: UTF8.self) }

    /// The request's `params`.
    public var params: JSON? { (try? JSON(lenient: message))?["params"] }

    /// Says something on the request's own stream; `params` is JSON.
    public func notify(_ method: String, params: String) {
        let bytes = MessageWriter.notification(method, params: Array(params.utf8))
        guard let json = try? JSON(lenient: bytes), let message = try? Message(json),
            case .notification(let notification) = message
        else { preconditionFailure("a test says no malformed notification") }
        receiver.notified(notification)
    }

    /// Asks the client something, as a legacy server does.
    ///
    /// - Returns: the answer's text once it comes: `result …` or `error …`.
    public func ask(_ method: String, params: String = "{}", id: String = "1") -> Watched<String?> {
        let answer = Watched<String?>(nil)
        let bytes = Array(#"{"jsonrpc":"2.0","id":\#(id),"method":"\#(method)","params":\#(params)}"#.utf8)
        guard let json = try? JSON(lenient: bytes), case .request(let request)? = try? Message(json) else {
            preconditionFailure("a test asks nothing malformed")
        }
        receiver.asked(
            request,
            PeerReply { given in
                answer.change { answer in
                    switch given {
                    case .result(let bytes): answer = "result " + String(decoding: bytes, as: UTF8.self)
                    case .error(let bytes): answer = "error " + String(decoding: bytes, as: UTF8.self)
                    }
                }
            })
        return answer
    }

    /// Reports progress under the token the request bore.
    public func reportProgress(_ progress: Int) {
        notify(
            "notifications/progress",
            params: "{\"progressToken\":\(progressToken.map(String.init) ?? "\"none\""),\"progress\":\(progress)}")
    }

    /// Answers with a result, JSON.
    public func answer(_ result: String) { end(result) { .result($0) } }

    /// Answers with an error object, JSON.
    public func answer(error: String) { end(error) { .error($0) } }

    public func fail(_ kind: UpstreamFailure.Kind, _ detail: String = "as scripted", wroteNothing: Bool = false) {
        receiver.failed(UpstreamFailure(kind, detail, wroteNothing: wroteNothing))
    }

    private func end(_ text: String, _ outcome: (JSON) -> Message.Response.Outcome) {
        guard let json = try? JSON(lenient: Array(text.utf8)) else {
            preconditionFailure("a test gives no malformed answer: \(text)")
        }
        receiver.answered(UpstreamReply(outcome: outcome(json), era: era))
    }
}

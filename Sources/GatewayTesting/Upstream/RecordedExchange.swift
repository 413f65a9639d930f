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

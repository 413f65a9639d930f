import Gateway
import NIOCore

/// A request that is being answered.
struct Exchange {
    var cancellation = Cancellation.none
    var keepsAlive: Bool
    /// The answer to HEAD is told without its body (RFC 9110 section 9.3.2).
    var isHead = false
    /// The methods that are told with 405.
    var allowedMethods: StaticString = "POST"
    /// The session that begins with the answer, to be named in the response's head.
    var sessionID: String?
    /// Whether it is the stream outside any request, which has no answer and ends with the connection.
    var isListening = false
    /// Whether the response has begun as an event stream.
    var isStreaming = false
    /// When something was last written or, before that, when the request was handed over.
    var lastSign = NIODeadline.now()
}

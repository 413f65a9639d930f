import Gateway
import NIOCore
import OAuthMessages

/// A request that is being answered.
struct Exchange {
    var cancellation = Cancellation.none
    var keepsAlive: Bool
    /// The answer to HEAD is told without its body (RFC 9110 section 9.3.2).
    var isHead = false
    /// The methods that are told with 405.
    var allowedMethods: StaticString = "POST"
    /// What is asked of a sender who is turned away; nil where it is a grant's token and nothing else.
    var challenge: BearerChallenge?
    /// The session that begins with the answer, to be named in the response's head.
    var sessionID: String?
    /// The request's way back, which its session may take over.
    var stream: ClientStream?
    /// What is read of a session's stream.
    var reading: Reading?
    /// Whether it only reads a session's stream: there is no answer to wait for.
    var isListening = false
    /// Whether the response has begun as an event stream.
    var isStreaming = false
    /// When something was last written or, before that, when the request was handed over.
    var lastSign = NIODeadline.now()
}

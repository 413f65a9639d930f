/// The client's side of one request: where its notifications and its answer go. Each endpoint has one.
///
/// May be called from any thread; `finish` exactly once, nothing after it.
public protocol Answering: Sendable {
    /// Says which conversation the request turned out to belong to, if any; first of all, and at once.
    func belongs(to conversation: Conversation)
    /// Names the legacy session that begins with this answer; before anything else is said.
    func begin(session: String)
    /// A complete JSON-RPC message on the request's own stream, before its answer.
    func notify(_ message: [UInt8])
    func finish(_ answer: Answer)
}

extension Answering {
    public func belongs(to conversation: Conversation) {}
}

/// The answer to one inbound message.
public struct Answer: Sendable {
    /// What an HTTP endpoint says with it; a stdio endpoint has no use for it.
    public enum Status: Int, Sendable {
        case ok = 200
        /// A notification or response was taken; there is no body.
        case accepted = 202
        case badRequest = 400
        case unauthorized = 401
        case forbidden = 403
        case notFound = 404
        case methodNotAllowed = 405
        case notAcceptable = 406
        case requestTimeout = 408
        case contentTooLarge = 413
        case unsupportedMediaType = 415
        case expectationFailed = 417
        case misdirected = 421
        case unavailable = 503
    }

    public var status: Status
    /// One JSON-RPC message; empty for none.
    public var body: [UInt8]

    public init(_ status: Status, body: [UInt8] = []) {
        self.status = status
        self.body = body
    }
}

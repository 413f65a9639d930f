import MCPMessages

/// What stays as it is of a request from its first byte to its last leg. An object, so that each of the many values that
/// hold a request holds this by one reference.
final class Arrival: Sendable {
    let request: Message.Request
    let metadata: RequestMetadata
    let era: Era
    let principal: Principal
    let server: Server
    /// Nil for a modern request over HTTP.
    let conversation: Conversation?
    /// The routing headers; nil on stdio.
    let headers: MirroredHeaders?
    /// What the client can be asked for, as far as the server may ask.
    let capabilities: ClientCapabilities
    let answering: any Answering
    /// Its name in the audit and in answers.
    let number: String
    /// When it arrived, nanoseconds of the steady clock.
    let arrived: UInt64
    let bytes: Int

    init(
        request: Message.Request, metadata: RequestMetadata, era: Era, principal: Principal, server: Server,
        conversation: Conversation?, headers: MirroredHeaders?, capabilities: ClientCapabilities,
        answering: any Answering, number: String, arrived: UInt64, bytes: Int
    ) {
        self.request = request
        self.metadata = metadata
        self.era = era
        self.principal = principal
        self.server = server
        self.conversation = conversation
        self.headers = headers
        self.capabilities = capabilities
        self.answering = answering
        self.number = number
        self.arrived = arrived
        self.bytes = bytes
    }
}

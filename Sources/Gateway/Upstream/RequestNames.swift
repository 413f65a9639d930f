public import MCPMessages

/// What a client calls one of its requests. A server is told the same where no other request open in the same
/// conversation with it goes by that name, so that both ends speak of one thing.
public struct RequestNames: Sendable {
    public var id: RequestID
    /// Where the client wants progress reported under; nil where it wants none. It has the shape of an id.
    public var progressToken: RequestID?

    public init(id: RequestID, progressToken: RequestID? = nil) {
        self.id = id
        self.progressToken = progressToken
    }
}

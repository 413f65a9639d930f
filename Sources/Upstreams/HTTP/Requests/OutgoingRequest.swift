import Gateway
import MCPMessages

/// What is to be sent to a server, before it is known in which era's shape.
enum OutgoingRequest: Sendable {
    /// A question of a client's or the house's: written when the era is agreed, and a second time only for a lost session.
    case question(Question)
    /// A message already written, for a route that is already agreed.
    case message([UInt8], method: String?)
    /// A stream of events: a legacy session's own, gone on with after an event; without a session, a server's of 2024-11-05.
    case stream(Session?, after: [UInt8]?)
    /// Ends a legacy session (revision 2025-11-25, "Session Management").
    case endOfSession(Session)

    struct Question: Sendable {
        var method: String
        var params: UpstreamParams
        /// For the `Mcp-Name` header; empty where the method has none.
        var mirroredName: [UInt8] = []
        /// For the `Mcp-Param-…` headers of a modern server.
        var parameterHeaders: [ParameterHeader] = []
        var wantsProgress = false
        /// What the client calls it; nil for a question of the house's.
        var names: RequestNames?
        var scope: UpstreamScope
    }
}

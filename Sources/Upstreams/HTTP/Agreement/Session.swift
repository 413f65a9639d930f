import Gateway
import MCPMessages
import Synchronization

/// One conversation with a legacy server, held for one principal.
final class Session: Sendable {
    let version: ProtocolVersion
    /// What the server answered to `initialize`.
    let description: UpstreamDescription
    /// Visible ASCII; nil where the server keeps no sessions.
    let id: [UInt8]?
    /// Calls under way in it, counted where its server speaks outside requests.
    let openCalls = Atomic<Int>(0)
    /// Whether somebody is to hear when it is lost.
    let isWatched = Atomic<Bool>(false)
    /// Whether its server is known to have no stream on which it speaks outside requests.
    let hasNoStream = Atomic<Bool>(false)
    /// What its open requests go by.
    let names = Mutex(NamesInUse())
    /// Whether it is held over a stream of events that all answers come on (revision 2024-11-05, "HTTP with SSE").
    var isEventStream: Bool { endpoint != nil }
    /// Where its messages are sent, where that is not the server's own address.
    let endpoint: MessageEndpoint?
    /// The header lines that go with every request of the session.
    let headerLines: [UInt8]

    /// Nil when the id is nothing that may stand in a header: empty, too long, or with anything but visible ASCII in it
    /// (revision 2025-11-25, "Session Management").
    init?(
        version: ProtocolVersion, description: UpstreamDescription, id: [UInt8]?, endpoint: MessageEndpoint? = nil
    ) {
        if let id {
            let isVisible = id.allSatisfy { (0x21...0x7E).contains($0) }
            guard isVisible, !id.isEmpty, id.count <= HTTPLimits.sessionIDBytes else { return nil }
        }
        self.version = version
        self.description = description
        self.id = id
        self.endpoint = endpoint
        var lines = Array("MCP-Protocol-Version: \(version.rawValue)\r\n".utf8)
        if let id {
            lines.append(contentsOf: "Mcp-Session-Id: ".utf8)
            lines.append(contentsOf: id)
            lines.append(contentsOf: "\r\n".utf8)
        }
        // The older transport has no such fields.
        headerLines = endpoint == nil ? lines : []
    }
}

import MCPMessages
import WireJSON

/// The messages a conversation with a server begins with, as this house sends them on its own behalf.
enum HandshakeMessages {
    /// Revision 2026-07-28, "server/discover".
    static func discover(id: Int, clientInfo: [UInt8]) -> [UInt8] {
        let params = UpstreamParams(
            nil, members: .call, clientCapabilities: Array("{}".utf8), clientInfo: clientInfo)
        return MessageWriter.request(
            "server/discover", params: params.bytes(for: .modern, progressToken: nil), id: .integer(id))
    }

    /// Revision 2025-11-25, "Lifecycle".
    ///
    /// - Parameter capabilities: what the client on whose behalf the conversation is held can be asked for.
    static func initialize(id: Int, capabilities: ClientCapabilities, clientInfo: [UInt8]) -> [UInt8] {
        var params = JSONWriter()
        params.beginObject()
        params.key("protocolVersion")
        params.string(ProtocolVersion.newestLegacy.rawValue)
        params.key("capabilities")
        params.raw(capabilities.bytes)
        params.key("clientInfo")
        params.raw(clientInfo)
        params.endObject()
        return MessageWriter.request("initialize", params: params.bytes, id: .integer(id))
    }

    static let initialized = MessageWriter.notification("notifications/initialized", params: [])
}

import MCPMessages
import NIOCore

/// Writes requests: head and body in one contiguous buffer, headers derived from the message that is sent.
struct RequestWriter: Sendable {
    /// From the path to the last header that never changes.
    private let constant: [UInt8]
    /// A whole head but for what differs from request to request: one copy instead of many small writes.
    private let opening: [UInt8]
    private let modernOpening: [UInt8]
    private let allocator = ByteBufferAllocator()

    init(address: UpstreamAddress, headers: [StaticHeader]) {
        var text = "\(address.path) HTTP/1.1\r\nHost: \(address.hostField)\r\n"
        text += "Content-Type: application/json\r\nAccept: application/json, text/event-stream\r\n"
        text += "Accept-Encoding: identity\r\n"
        if !headers.contains(where: { $0.name.lowercased() == "user-agent" }) { text += "User-Agent: gatehouse\r\n" }
        var constant = Array(text.utf8)
        for header in headers {
            constant.append(contentsOf: "\(header.name): ".utf8)
            constant.append(contentsOf: header.value)
            constant.append(contentsOf: "\r\n".utf8)
        }
        let modern = "MCP-Protocol-Version: \(ProtocolVersion.modern.rawValue)\r\n"
        self.constant = constant
        opening = Array("POST ".utf8) + constant
        modernOpening = opening + Array(modern.utf8)
    }

    /// - Parameter method: nil for a message without one, an answer to a server's own request.
    func post(_ body: [UInt8], route: Route, method: String?, mirroredName: [UInt8]) -> ByteBuffer {
        var buffer = allocator.buffer(capacity: modernOpening.count + mirroredName.count * 2 + body.count + 512)
        switch route {
        case .modern:
            buffer.writeBytes(modernOpening)
            writeMirrored(method, name: mirroredName, to: &buffer)
        case .legacy(let session):
            buffer.writeBytes(opening)
            buffer.writeBytes(session.headerLines)
        case .opening:
            buffer.writeBytes(opening)
        }
        buffer.writeString("Content-Length: \(body.count)\r\n\r\n")
        buffer.writeBytes(body)
        return buffer
    }

    /// `DELETE` with the session's headers, which ends it.
    func endOfSession(_ session: Session) -> ByteBuffer {
        var buffer = allocator.buffer(capacity: constant.count + session.headerLines.count + 16)
        buffer.writeString("DELETE ")
        buffer.writeBytes(constant)
        buffer.writeBytes(session.headerLines)
        buffer.writeString("\r\n")
        return buffer
    }

    /// Revision 2026-07-28, "Streamable HTTP", "Request headers". A text that is not plain is encoded, so no name and no
    /// method can end its line.
    private func writeMirrored(_ method: String?, name: [UInt8], to buffer: inout ByteBuffer) {
        guard let method else { return }
        if method.utf8.elementsEqual("tools/call".utf8) {
            buffer.writeString("Mcp-Method: tools/call\r\n")
        } else {
            buffer.writeString("Mcp-Method: ")
            buffer.writeBytes(HeaderText.encode(Array(method.utf8)))
            buffer.writeString("\r\n")
        }
        if !name.isEmpty {
            buffer.writeString("Mcp-Name: ")
            buffer.writeBytes(HeaderText.encode(name))
            buffer.writeString("\r\n")
        }
    }
}

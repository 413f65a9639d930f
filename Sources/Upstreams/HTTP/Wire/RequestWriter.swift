import MCPMessages
import NIOCore

/// Writes requests: head and body in one contiguous buffer, headers derived from the message that is sent.
struct RequestWriter: Sendable {
    /// From the request line's path to the last header that never changes.
    private let constant: [UInt8]
    private let modernLines: [UInt8]

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
        self.constant = constant
        modernLines = Array("MCP-Protocol-Version: \(ProtocolVersion.modern.rawValue)\r\nMcp-Method: ".utf8)
    }

    /// - Parameter method: nil for a message without one, an answer to a server's own request.
    func post(
        _ body: [UInt8], route: Route, method: String?, mirroredName: [UInt8], allocator: ByteBufferAllocator
    ) -> ByteBuffer {
        var buffer = allocator.buffer(capacity: constant.count + mirroredName.count + body.count + 384)
        buffer.writeStaticString("POST ")
        buffer.writeBytes(constant)
        switch route {
        case .modern: writeMirrored(method, name: mirroredName, to: &buffer)
        case .legacy(let session): buffer.writeBytes(session.headerLines)
        case .opening: break
        }
        buffer.writeStaticString("Content-Length: ")
        buffer.writeString(String(body.count))
        buffer.writeStaticString("\r\n\r\n")
        buffer.writeBytes(body)
        return buffer
    }

    /// `DELETE` with the session's headers, which ends it.
    func endOfSession(_ session: Session, allocator: ByteBufferAllocator) -> ByteBuffer {
        var buffer = allocator.buffer(capacity: constant.count + session.headerLines.count + 16)
        buffer.writeStaticString("DELETE ")
        buffer.writeBytes(constant)
        buffer.writeBytes(session.headerLines)
        buffer.writeStaticString("\r\n")
        return buffer
    }

    /// Revision 2026-07-28, "Streamable HTTP", "Request headers". A text that is not plain is encoded, so no name and no
    /// method can end its line.
    private func writeMirrored(_ method: String?, name: [UInt8], to buffer: inout ByteBuffer) {
        guard let method else { return }
        buffer.writeBytes(modernLines)
        buffer.writeBytes(HeaderText.encode(Array(method.utf8)))
        if !name.isEmpty {
            buffer.writeStaticString("\r\nMcp-Name: ")
            buffer.writeBytes(HeaderText.encode(name))
        }
        buffer.writeStaticString("\r\n")
    }
}

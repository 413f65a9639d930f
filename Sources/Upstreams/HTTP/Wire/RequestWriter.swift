import Fetching
import MCPMessages
import NIOCore

/// Writes requests: head and body in one contiguous buffer, headers derived from the message that is sent.
struct RequestWriter: Sendable {
    /// From the path to the last header that never changes.
    private let constant: [UInt8]
    /// A whole head but for what differs from request to request: one copy instead of many small writes.
    private let opening: [UInt8]
    private let modernOpening: [UInt8]
    /// As `constant`, for what is answered with events only.
    private let eventsConstant: [UInt8]
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
        let accepted = Array("Accept: application/json, text/event-stream\r\n".utf8)
        eventsConstant = constant.replacing(
            accepted, with: Array("Accept: text/event-stream\r\n".utf8), maxReplacements: 1)
        opening = Array("POST ".utf8) + constant
        modernOpening = opening + Array(modern.utf8)
    }

    /// - Parameters:
    ///   - method: nil for a message without one, an answer to a server's own request.
    ///   - bearing: a whole header line that authorises it; empty for none.
    func post(
        _ body: [UInt8], route: Route, method: String?, mirroredName: [UInt8], parameters: [ParameterHeader] = [],
        bearing: [UInt8] = []
    ) -> ByteBuffer {
        var buffer = allocator.buffer(capacity: modernOpening.count + mirroredName.count * 2 + 512 + body.count)
        switch route {
        case .modern:
            buffer.writeBytes(modernOpening)
            writeMirrored(method, name: mirroredName, to: &buffer)
            for header in parameters { Self.write(header, to: &buffer) }
        case .legacy(let session):
            buffer.writeBytes(opening)
            buffer.writeBytes(session.headerLines)
        case .opening:
            buffer.writeBytes(opening)
        }
        buffer.writeBytes(bearing)
        buffer.writeStaticString("Content-Length: ")
        buffer.writeString(String(body.count))
        buffer.writeStaticString("\r\n\r\n")
        buffer.writeBytes(body)
        return buffer
    }

    /// `GET` for a stream of events, a session's own or what is left of one that broke off.
    func stream(_ session: Session?, after eventID: [UInt8]?, bearing: [UInt8] = []) -> ByteBuffer {
        var head = Array("GET ".utf8) + eventsConstant + bearing
        if let session { head += session.headerLines }
        if let eventID { head += Array("Last-Event-ID: ".utf8) + eventID + Array("\r\n".utf8) }
        head += Array("\r\n".utf8)
        var buffer = allocator.buffer(capacity: head.count)
        buffer.writeBytes(head)
        return buffer
    }

    /// `DELETE` with the session's headers, which ends it.
    func endOfSession(_ session: Session, bearing: [UInt8] = []) -> ByteBuffer {
        let head = Array("DELETE ".utf8) + constant + bearing + session.headerLines + Array("\r\n".utf8)
        var buffer = allocator.buffer(capacity: head.count)
        buffer.writeBytes(head)
        return buffer
    }

    /// Revision 2026-07-28, "Streamable HTTP", "Request headers". A text that is not plain is encoded, so no name and no
    /// method can end its line.
    private func writeMirrored(_ method: String?, name: [UInt8], to buffer: inout ByteBuffer) {
        guard let method else { return }
        buffer.writeStaticString("Mcp-Method: ")
        buffer.writeBytes(HeaderText.encode(Array(method.utf8)))
        if !name.isEmpty {
            buffer.writeStaticString("\r\nMcp-Name: ")
            buffer.writeBytes(HeaderText.encode(name))
        }
        buffer.writeStaticString("\r\n")
    }

    /// A field that could end its line or be another is left out, and the server that misses it refuses the call.
    private static func write(_ header: ParameterHeader, to buffer: inout ByteBuffer) {
        guard header.name.lowercased().hasPrefix("mcp-param-"), header.name.utf8.allSatisfy(FieldSyntax.isToken),
            header.value.allSatisfy(FieldSyntax.isValue)
        else { return }
        buffer.writeString(header.name)
        buffer.writeStaticString(": ")
        buffer.writeBytes(header.value)
        buffer.writeStaticString("\r\n")
    }
}

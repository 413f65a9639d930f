import Gateway
import MCPMessages
import NIOCore

/// Responses as bytes: one buffer for a whole answer, or the pieces of a stream.
struct ResponseBytes {
    let allocator: ByteBufferAllocator

    private static let phrases: [Answer.Status: StaticString] = [
        .ok: "OK", .accepted: "Accepted", .badRequest: "Bad Request", .unauthorized: "Unauthorized",
        .forbidden: "Forbidden", .notFound: "Not Found", .methodNotAllowed: "Method Not Allowed",
        .notAcceptable: "Not Acceptable", .contentTooLarge: "Content Too Large",
        .unsupportedMediaType: "Unsupported Media Type", .misdirected: "Misdirected Request",
        .expectationFailed: "Expectation Failed", .unavailable: "Service Unavailable",
    ]

    /// A whole answer with its length.
    func answer(_ answer: Answer, sessionID: String? = nil, closing: Bool) -> ByteBuffer {
        var buffer = allocator.buffer(capacity: answer.body.count + 256)
        buffer.writeStaticString("HTTP/1.1 ")
        buffer.writeString(String(answer.status.rawValue))
        buffer.writeStaticString(" ")
        buffer.writeStaticString(Self.phrases[answer.status] ?? "OK")
        if !answer.body.isEmpty { buffer.writeStaticString("\r\nContent-Type: application/json") }
        buffer.writeStaticString("\r\nContent-Length: ")
        buffer.writeString(String(answer.body.count))
        switch answer.status {
        case .unauthorized: buffer.writeStaticString("\r\nWWW-Authenticate: Bearer")
        case .methodNotAllowed: buffer.writeStaticString("\r\nAllow: POST")
        default: break
        }
        writeSession(sessionID, to: &buffer)
        if closing { buffer.writeStaticString("\r\nConnection: close") }
        buffer.writeStaticString("\r\n\r\n")
        buffer.writeBytes(answer.body)
        return buffer
    }

    /// The head of an event stream, chunked.
    func streamHead(sessionID: String?) -> ByteBuffer {
        var buffer = allocator.buffer(capacity: 256)
        buffer.writeStaticString(
            """
            HTTP/1.1 200 OK\r
            Content-Type: text/event-stream\r
            Cache-Control: no-cache, no-transform\r
            X-Accel-Buffering: no\r
            Transfer-Encoding: chunked
            """)
        writeSession(sessionID, to: &buffer)
        buffer.writeStaticString("\r\n\r\n")
        return buffer
    }

    /// Adds one chunk (RFC 9112 section 7.1).
    func writeChunk(_ bytes: [UInt8], to buffer: inout ByteBuffer) {
        buffer.writeString(String(bytes.count, radix: 16))
        buffer.writeStaticString("\r\n")
        buffer.writeBytes(bytes)
        buffer.writeStaticString("\r\n")
    }

    func writeLastChunk(to buffer: inout ByteBuffer) { buffer.writeStaticString("0\r\n\r\n") }

    private func writeSession(_ id: String?, to buffer: inout ByteBuffer) {
        guard let id else { return }
        buffer.writeStaticString("\r\nMcp-Session-Id: ")
        buffer.writeString(id)
    }
}

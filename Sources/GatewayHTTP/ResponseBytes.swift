import Gateway
import MCPMessages
import NIOCore
import OAuthMessages

/// Responses as bytes: one buffer for a whole answer, or the pieces of a stream.
struct ResponseBytes {
    let allocator: ByteBufferAllocator
    let date: DateLine

    /// A whole answer with its length.
    func answer(_ answer: Answer, of exchange: Exchange) -> ByteBuffer {
        var buffer = allocator.buffer(capacity: answer.body.count + 256)
        buffer.writeStaticString("HTTP/1.1 ")
        buffer.writeString(String(answer.status.rawValue))
        buffer.writeStaticString(" ")
        buffer.writeStaticString(answer.status.phrase)
        if !answer.body.isEmpty { buffer.writeStaticString("\r\nContent-Type: application/json") }
        buffer.writeStaticString("\r\nContent-Length: ")
        buffer.writeString(String(answer.body.count))
        if let challenge = exchange.challenge {
            buffer.writeStaticString("\r\nWWW-Authenticate: ")
            buffer.writeString(challenge.fieldValue)
        } else if answer.status == .unauthorized {
            buffer.writeStaticString("\r\nWWW-Authenticate: Bearer")
        }
        if answer.status == .methodNotAllowed {
            buffer.writeStaticString("\r\nAllow: ")
            buffer.writeStaticString(exchange.allowedMethods)
        }
        writeSession(exchange.sessionID, to: &buffer)
        buffer.writeImmutableBuffer(date.bytes)
        if !exchange.keepsAlive { buffer.writeStaticString("\r\nConnection: close") }
        buffer.writeStaticString("\r\n\r\n")
        if !exchange.isHead { buffer.writeBytes(answer.body) }
        return buffer
    }

    /// The head of an event stream, chunked.
    ///
    /// - Parameter opening: events it begins with.
    func streamHead(sessionID: String?, opening: [UInt8]) -> ByteBuffer {
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
        buffer.writeImmutableBuffer(date.bytes)
        buffer.writeStaticString("\r\n\r\n")
        if !opening.isEmpty { writeChunk(opening, to: &buffer) }
        return buffer
    }

    /// One piece of a stream.
    func chunk(_ bytes: [UInt8]) -> ByteBuffer {
        var buffer = allocator.buffer(capacity: bytes.count + 16)
        writeChunk(bytes, to: &buffer)
        return buffer
    }

    /// Events of a session's stream, each with its id, in one piece.
    func events(_ events: [(id: EventID, message: [UInt8])]) -> ByteBuffer {
        chunk(events.reduce(into: []) { $0 += SSEEncoder.event($1.message, id: $1.id.text) })
    }

    /// The answer as a stream's last event, if it has a body, and the stream's end.
    func streamEnd(_ answer: Answer) -> ByteBuffer {
        var buffer = allocator.buffer(capacity: answer.body.count + 64)
        if !answer.body.isEmpty { writeChunk(SSEEncoder.event(answer.body), to: &buffer) }
        buffer.writeStaticString("0\r\n\r\n")
        return buffer
    }

    /// Adds one chunk (RFC 9112 section 7.1).
    private func writeChunk(_ bytes: [UInt8], to buffer: inout ByteBuffer) {
        buffer.writeString(String(bytes.count, radix: 16))
        buffer.writeStaticString("\r\n")
        buffer.writeBytes(bytes)
        buffer.writeStaticString("\r\n")
    }

    private func writeSession(_ id: String?, to buffer: inout ByteBuffer) {
        guard let id else { return }
        buffer.writeStaticString("\r\nMcp-Session-Id: ")
        buffer.writeString(id)
    }
}

extension Answer.Status {
    /// The reason phrase (RFC 9110 section 15).
    fileprivate var phrase: StaticString {
        switch self {
        case .ok: "OK"
        case .accepted: "Accepted"
        case .badRequest: "Bad Request"
        case .unauthorized: "Unauthorized"
        case .forbidden: "Forbidden"
        case .notFound: "Not Found"
        case .methodNotAllowed: "Method Not Allowed"
        case .notAcceptable: "Not Acceptable"
        case .requestTimeout: "Request Timeout"
        case .contentTooLarge: "Content Too Large"
        case .unsupportedMediaType: "Unsupported Media Type"
        case .expectationFailed: "Expectation Failed"
        case .misdirected: "Misdirected Request"
        case .unavailable: "Service Unavailable"
        }
    }
}

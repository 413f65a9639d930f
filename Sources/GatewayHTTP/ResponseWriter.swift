import Gateway
import MCPMessages
import NIOCore

/// Writes what one connection says, each piece as one buffer in one write, and none of it waited for.
///
/// What a client leaves unread is bounded: beyond that it is cut off.
struct ResponseWriter {
    private let context: ChannelHandlerContext
    private let bytes: ResponseBytes
    private let unreadBytes: Int

    init(_ context: ChannelHandlerContext, date: DateLine, unreadBytes: Int) {
        self.context = context
        self.unreadBytes = unreadBytes
        bytes = ResponseBytes(allocator: context.channel.allocator, date: date)
    }

    /// Begins the response as an event stream.
    ///
    /// - Parameter opening: events it begins with.
    func beginStream(sessionID: String?, opening: [UInt8] = []) {
        write(bytes.streamHead(sessionID: sessionID, opening: opening))
    }

    /// Events of a session's stream; where the stream's end follows at once, it takes them along.
    func write(_ events: [(id: EventID, message: [UInt8])], endFollows: Bool) {
        guard !events.isEmpty else { return }
        let buffer = bytes.events(events)
        if endFollows { context.write(NIOAny(buffer), promise: nil) } else { write(buffer) }
    }

    /// One event, or a comment, of a stream that has begun.
    func write(event: [UInt8]) { write(bytes.chunk(event)) }

    /// The answer: a whole response, or the end of a stream that has begun.
    func write(_ answer: Answer, of exchange: Exchange) { write(response(answer, of: exchange)) }

    /// The connection's last answer.
    ///
    /// - Parameter whenWritten: called on the connection's loop once the bytes are out, or cannot get out.
    func writeLast(_ answer: Answer, of exchange: Exchange, _ whenWritten: @escaping () -> Void) {
        let written = context.eventLoop.makePromise(of: Void.self)
        written.futureResult.assumeIsolated().whenComplete { _ in whenWritten() }
        context.writeAndFlush(NIOAny(response(answer, of: exchange)), promise: written)
    }

    private func response(_ answer: Answer, of exchange: Exchange) -> ByteBuffer {
        exchange.isStreaming
            ? bytes.streamEnd(answer)
            : bytes.answer(answer, of: exchange)
    }

    private func write(_ buffer: ByteBuffer) {
        context.writeAndFlush(NIOAny(buffer), promise: nil)
        // Asked only where something stays behind at all.
        guard !context.channel.isWritable else { return }
        let unread = try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)
        if let unread, unread > unreadBytes { context.close(promise: nil) }
    }
}

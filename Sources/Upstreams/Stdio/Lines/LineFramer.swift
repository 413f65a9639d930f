import NIOCore

/// Cuts a child's output into lines: bytes in, one `[UInt8]` a line out, without its line feed and never empty.
///
/// Revision 2026-07-28, "stdio": messages are delimited by newlines and hold none. A line over the limit ends the
/// framing: `LineTooLong` goes through the pipeline once, and everything after it is dropped. A last line without its
/// line feed is no message and is dropped.
final class LineFramer: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = [UInt8]

    struct LineTooLong: Error {}

    private let limit: Int
    /// The beginning of a line that has not ended, already searched.
    private var begun: [UInt8] = []
    private var isOver = false

    init(limit: Int) { self.limit = limit }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        while !isOver, bytes.readableBytes > 0 {
            let length = bytes.lengthOfLine
            guard begun.count + (length ?? bytes.readableBytes) <= limit else {
                isOver = true
                begun = []
                context.fireErrorCaught(LineTooLong())
                return
            }
            let piece = bytes.readBytes(length: length ?? bytes.readableBytes) ?? []
            guard length != nil else {
                begun.append(contentsOf: piece)
                return
            }
            bytes.moveReaderIndex(forwardBy: 1)
            let line = begun.isEmpty ? piece : begun + piece
            begun = []
            if !line.isEmpty { context.fireChannelRead(wrapInboundOut(line)) }
        }
    }
}

import NIOCore

/// Drains a child's stderr: lines to the log, the rest of an over-long line dropped, for as long as there is any.
///
/// Revision 2026-07-28, "stdio": what a server writes there is free-form and no sign of an error.
final class ErrorLinesHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let child: StdioChild
    private let limit: Int
    private var line: [UInt8] = []
    private var isCut = false

    init(child: StdioChild, limit: Int) {
        self.child = child
        self.limit = limit
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        while let length = bytes.lengthOfLine {
            take(&bytes, length)
            bytes.moveReaderIndex(forwardBy: 1)
            finish()
        }
        take(&bytes, bytes.readableBytes)
    }

    func channelInactive(context: ChannelHandlerContext) {
        finish()
        child.errorsEnded()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func take(_ bytes: inout ByteBuffer, _ length: Int) {
        let room = min(limit - line.count, length)
        isCut = isCut || length > room
        line.append(contentsOf: bytes.readBytes(length: room) ?? [])
        bytes.moveReaderIndex(forwardBy: length - room)
    }

    private func finish() {
        if !line.isEmpty { child.said(line, cut: isCut) }
        line.removeAll(keepingCapacity: true)
        isCut = false
    }
}

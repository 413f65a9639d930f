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
        let bytes = unwrapInboundIn(data)
        var rest = bytes.readableBytesView
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            take(rest[..<end])
            finish()
            rest = rest[rest.index(after: end)...]
        }
        take(rest)
    }

    func channelInactive(context: ChannelHandlerContext) {
        finish()
        child.errorsEnded()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func take(_ piece: ByteBufferView) {
        let room = limit - line.count
        isCut = isCut || piece.count > room
        line.append(contentsOf: piece.prefix(room))
    }

    private func finish() {
        if !line.isEmpty { child.said(line, cut: isCut) }
        line.removeAll(keepingCapacity: true)
        isCut = false
    }
}

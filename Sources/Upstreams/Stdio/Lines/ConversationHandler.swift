import NIOCore

/// The end of a child's conversation channel: lines to the child's lane, and what became of the channel.
final class ConversationHandler: ChannelInboundHandler {
    typealias InboundIn = [UInt8]

    private let child: StdioChild

    init(child: StdioChild) { self.child = child }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        child.received(line: unwrapInboundIn(data))
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        child.receptivenessChanged()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if error is LineFramer.LineTooLong {
            child.receivedTooLongLine()
        } else {
            context.close(promise: nil)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        child.outputEnded()
    }
}

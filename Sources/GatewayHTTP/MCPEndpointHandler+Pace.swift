import Gateway
import NIOCore

/// How fast a client reads, told to the server that speaks to it.
extension MCPEndpointHandler {
    func channelWritabilityChanged(context: ChannelHandlerContext) {
        keepPace(context)
        context.fireChannelWritabilityChanged()
    }

    /// Lets what was held back for this client go on: its request is answered, and what is left of it upstream, a call that
    /// waits for the next leg, is not slowed by whoever reads this connection.
    func letGo(_ exchange: Exchange) {
        if heldSince != nil { exchange.cancellation.hold(false) }
    }

    /// A client that reads slowly has its server slowed: nothing more is read of an answer while more of it than the
    /// channel's mark is unwritten, and reading goes on below the lower one.
    private func keepPace(_ context: ChannelHandlerContext) {
        let isHeld = !context.channel.isWritable
        guard isHeld != (heldSince != nil) else { return }
        heldSince = isHeld ? .now() : nil
        if case .answering(let exchange) = state { exchange.cancellation.hold(isHeld) }
    }
}

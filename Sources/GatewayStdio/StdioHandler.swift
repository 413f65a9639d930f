import Gateway
import MCPMessages
import NIOCore
import NIOPosix

/// Splits what comes in into lines, hands each to the line of a call, writes answers as lines.
final class StdioHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let entry: Entry
    private let line: CallLine
    private let unreadBytes: Int
    private var partial: [UInt8] = []
    /// A line over the bound is skipped to its end and answered once.
    private var isSkipping = false
    private var open = 0
    private var isInputClosed = false
    private var context: ChannelHandlerContext?

    init(entry: Entry, line: CallLine, unreadBytes: Int) {
        self.entry = entry
        self.line = line
        self.unreadBytes = unreadBytes
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        entry.conversation?.listen(StdioStream(self, on: context.eventLoop, isListener: true))
    }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        // Asked to stop, it takes no more.
        guard !isInputClosed else { return }
        var rest = unwrapInboundIn(data).readableBytesView[...]
        while let end = rest.firstIndex(of: 0x0A) {
            take(rest[..<end])
            finishLine(context)
            rest = rest[(end + 1)...]
        }
        take(rest)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case ChannelEvent.inputClosed, is EndpointIsStopping:
            endInput()
            closeIfDone()
        default: context.fireUserInboundEventTriggered(event)
        }
    }

    /// Nothing more comes from the client: no line, no answer to what it is asked, no end of what it listens to.
    private func endInput() {
        guard !isInputClosed else { return }
        isInputClosed = true
        // A line that the end cuts off is no message, and none that passes unnoticed.
        let size = partial.count
        if isSkipping || !Self.isBlank(partial) {
            line.refuse(
                isSkipping ? .tooLarge : .malformed,
                subject: CallSubject(
                    principal: entry.principal, server: entry.server,
                    requestBytes: isSkipping ? GatewayLimits.requestBytes : size))
        }
        partial = []
        guard let conversation = entry.conversation else { return }
        line.endSubscriptions(of: conversation)
        conversation.answersNoMore()
    }

    /// A client that does not take its answers is not asked for more requests.
    func channelWritabilityChanged(context: ChannelHandlerContext) {
        try? context.channel.syncOptions?.setOption(.autoRead, value: context.channel.isWritable)
        context.fireChannelWritabilityChanged()
    }

    func channelInactive(context: ChannelHandlerContext) {
        endInput()
        if let conversation = entry.conversation { line.conversations.close(conversation) }
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    private func take(_ bytes: ByteBufferView) {
        guard !isSkipping else { return }
        guard partial.count + bytes.count <= GatewayLimits.requestBytes else {
            isSkipping = true
            partial = []
            return
        }
        partial.append(contentsOf: bytes)
    }

    private func finishLine(_ context: ChannelHandlerContext) {
        let message = partial
        partial = []
        let stream = StdioStream(self, on: context.eventLoop)
        open += 1
        guard !isSkipping else {
            isSkipping = false
            line.refuse(
                .tooLarge,
                subject: CallSubject(
                    principal: entry.principal, server: entry.server, requestBytes: GatewayLimits.requestBytes))
            let error = RPCError(.invalidRequest, "the line is too long")
            return finish(Answer(.contentTooLarge, body: MessageWriter.error(error, id: nil)))
        }
        guard !Self.isBlank(message) else { return finish(Answer(.accepted)) }
        _ = line.receive(message, from: entry, answering: stream)
    }

    private static func isBlank(_ line: [UInt8]) -> Bool {
        line.allSatisfy { $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }
    }

    func write(_ message: [UInt8]) {
        guard let context, !message.isEmpty else { return }
        var buffer = context.channel.allocator.buffer(capacity: message.count + 1)
        buffer.writeBytes(OneLine.of(message))
        buffer.writeInteger(UInt8(0x0A))
        context.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
        guard !context.channel.isWritable else { return }
        let unread = try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)
        if let unread, unread > unreadBytes { context.close(promise: nil) }
    }

    func finish(_ answer: Answer) {
        write(answer.body)
        open -= 1
        closeIfDone()
    }

    /// The client may close its side while answers are still on their way: they are written first.
    private func closeIfDone() {
        guard isInputClosed, open == 0, let context else { return }
        let written = context.eventLoop.makePromise(of: Void.self)
        written.futureResult.assumeIsolated().whenComplete { _ in context.close(promise: nil) }
        context.writeAndFlush(wrapOutboundOut(context.channel.allocator.buffer(capacity: 0)), promise: written)
    }
}

/// One message's way back to the client.
private final class StdioStream: Answering {
    private let loop: any EventLoop
    private let connection: NIOLoopBound<StdioHandler>
    /// Carries what is said outside any request: it has no answer.
    private let isListener: Bool

    init(_ connection: StdioHandler, on loop: any EventLoop, isListener: Bool = false) {
        self.loop = loop
        self.isListener = isListener
        self.connection = NIOLoopBound(connection, eventLoop: loop)
    }

    func begin(session: String) {}
    func notify(_ message: [UInt8]) { onLoop { $0.write(message) } }

    func finish(_ answer: Answer) {
        guard !isListener else { return }
        onLoop { $0.finish(answer) }
    }

    private func onLoop(_ perform: @escaping @Sendable (StdioHandler) -> Void) {
        guard !loop.inEventLoop else { return perform(connection.value) }
        loop.execute { [connection] in perform(connection.value) }
    }
}

import Gateway
import MCPMessages
import NIOCore
import NIOHTTP1

/// One client connection: takes a request, gives it to the line, writes what comes back, takes the next.
///
/// Behind NIOHTTP1's request decoder. Each answer is one buffer in one write; a stream is begun only when there is
/// something to say before the answer, or when the answer is long in coming.
final class MCPEndpointHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = ByteBuffer

    private enum State {
        case idle
        /// Reading a request; what its head came to, and the body so far.
        case receiving(Result<RequestHead, HeadRefusal>, body: [UInt8], keepsAlive: Bool)
        /// A request is being answered.
        case answering(Exchange)
        case closed
    }

    private struct Exchange {
        var cancellation = Cancellation.none
        var keepsAlive: Bool
        var sessionID: String?
        var isStreaming = false
        /// When something was last written or, before that, when the request was handed over.
        var lastSign: NIODeadline
    }

    private let check: HeadCheck
    private let limits: EndpointLimits
    private var state = State.idle
    private var since = NIODeadline.now()
    /// How many requests this connection has carried; names the present one.
    private var number = 0
    private var waiting: [HTTPServerRequestPart] = []
    private var context: ChannelHandlerContext?
    private var watch: RepeatedTask?

    init(check: HeadCheck) {
        self.check = check
        limits = check.configuration.limits
    }

    // MARK: The connection

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        watch = context.eventLoop.scheduleRepeatedTask(
            initialDelay: limits.look, delay: limits.look
        ) { _ in bound.value.look() }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        watch?.cancel()
        self.context = nil
    }

    func channelInactive(context: ChannelHandlerContext) {
        if case .answering(let exchange) = state { exchange.cancellation.cancel() }
        state = .closed
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if error is HTTPParserError, case .idle = state { refuseBadHTTP(context) }
        if error is HTTPParserError, case .receiving = state { refuseBadHTTP(context) }
        context.close(promise: nil)
    }

    // MARK: Requests

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = unwrapInboundIn(data)
        if case .answering = state {
            // A client may send its next request early; it is taken up when this one is answered.
            guard waiting.count < 64 else { return context.close(promise: nil) }
            waiting.append(part)
            return
        }
        take(part, context)
    }

    private func take(_ part: HTTPServerRequestPart, _ context: ChannelHandlerContext) {
        switch (part, state) {
        case (.head(let head), .idle): begin(head, context)
        case (.body(let bytes), .receiving(let request, var body, let keepsAlive)):
            guard body.count + bytes.readableBytes <= limits.bodyBytes else { return refuseTooLarge(request, context) }
            // One owner at a time, so that appending does not copy.
            state = .idle
            body.append(contentsOf: bytes.readableBytesView)
            state = .receiving(request, body: body, keepsAlive: keepsAlive)
        case (.end, .receiving(let request, let body, let keepsAlive)):
            number += 1
            state = .answering(Exchange(keepsAlive: keepsAlive, lastSign: .now()))
            hand(over: request, body, context)
        default: break
        }
    }

    private func begin(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        since = .now()
        let framing = head.headers["content-length"].count + head.headers["transfer-encoding"].count
        let size = head.headers.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count }
        guard framing <= 1, head.version == .http1_1, head.headers.count <= limits.headerFields,
            size <= limits.headerBytes
        else { return refuseBadHTTP(context) }
        guard !head.headers.contains(name: "expect") else {
            return close(with: Answer(.expectationFailed), context)
        }
        var outcome: Result<RequestHead, HeadRefusal>
        do throws(HeadRefusal) { outcome = .success(try check.check(head)) } catch { outcome = .failure(error) }
        let length = head.headers["content-length"].first.flatMap { Int($0) }
        if let length, length > limits.bodyBytes { return refuseTooLarge(outcome, context) }
        var body: [UInt8] = []
        body.reserveCapacity(min(length ?? 0, 64 * 1024))
        state = .receiving(outcome, body: body, keepsAlive: head.isKeepAlive)
    }

    /// Gives a whole request to the line, or answers what never gets there.
    private func hand(over request: Result<RequestHead, HeadRefusal>, _ body: [UInt8], _ context: ChannelHandlerContext)
    {
        let stream = ClientStream(self, number: number, on: context.eventLoop)
        let cancellation: Cancellation
        switch request {
        case .failure(let refusal): return finish(answer(to: refusal, bytes: body.count), request: number)
        case .success(.alive): return finish(Answer(.ok), request: number)
        case .success(.end(let entry)): return finish(check.line.endSession(entry), request: number)
        case .success(.message(let entry)):
            cancellation = check.line.receive(body, from: entry, answering: stream)
        case .success(.listen(let entry)):
            switch check.line.listen(entry, answering: stream) {
            case .refused(let answer): return finish(answer, request: number)
            case .opened(let opened):
                cancellation = opened
                openStream()
            }
        }
        guard case .answering(var exchange) = state else { return }
        exchange.cancellation = cancellation
        state = .answering(exchange)
    }

    private func answer(to refusal: HeadRefusal, bytes: Int) -> Answer {
        check.line.refuse(
            refusal.reason,
            subject: CallSubject(principal: refusal.principal, server: refusal.server, requestBytes: bytes))
        return Answer(refusal.status, body: refusal.body)
    }

    // MARK: Answers

    /// Names the session in the head of whatever response is written.
    func begin(session: String, request: Int) {
        guard request == number, case .answering(var exchange) = state else { return }
        exchange.sessionID = session
        state = .answering(exchange)
    }

    /// A message before the answer: begins the stream, if it has not begun.
    func notify(_ message: [UInt8], request: Int) {
        guard request == number, case .answering = state, let context else { return }
        openStream()
        writeEvent(SSEEncoder.event(message), context)
    }

    func finish(_ answer: Answer, request: Int) {
        guard request == number, case .answering(let exchange) = state, let context else { return }
        let response = ResponseBytes(allocator: context.channel.allocator)
        if exchange.isStreaming {
            var buffer = context.channel.allocator.buffer(capacity: answer.body.count + 64)
            if !answer.body.isEmpty { response.writeChunk(SSEEncoder.event(answer.body), to: &buffer) }
            response.writeLastChunk(to: &buffer)
            context.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
        } else {
            context.writeAndFlush(
                wrapOutboundOut(response.answer(answer, sessionID: exchange.sessionID, closing: !exchange.keepsAlive)),
                promise: nil)
        }
        since = .now()
        guard exchange.keepsAlive else {
            state = .closed
            return context.close(promise: nil)
        }
        state = .idle
        takeWaiting(context)
    }

    private func takeWaiting(_ context: ChannelHandlerContext) {
        while !waiting.isEmpty {
            if case .answering = state { return }
            take(waiting.removeFirst(), context)
        }
    }

    private func openStream() {
        guard case .answering(var exchange) = state, !exchange.isStreaming, let context else { return }
        exchange.isStreaming = true
        exchange.lastSign = .now()
        state = .answering(exchange)
        let head = ResponseBytes(allocator: context.channel.allocator).streamHead(sessionID: exchange.sessionID)
        context.writeAndFlush(wrapOutboundOut(head), promise: nil)
    }

    private func writeEvent(_ event: [UInt8], _ context: ChannelHandlerContext) {
        guard case .answering(var exchange) = state else { return }
        exchange.lastSign = .now()
        state = .answering(exchange)
        var buffer = context.channel.allocator.buffer(capacity: event.count + 16)
        ResponseBytes(allocator: context.channel.allocator).writeChunk(event, to: &buffer)
        context.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
        let unread = try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)
        if let unread, unread > limits.unreadBytes { context.close(promise: nil) }
    }

    // MARK: What ends a connection

    private func refuseBadHTTP(_ context: ChannelHandlerContext) {
        check.line.refuse(.badHTTP, subject: CallSubject())
        close(with: Answer(.badRequest, body: HeadRefusal(.badHTTP, .badRequest).body), context)
    }

    private func refuseTooLarge(_ request: Result<RequestHead, HeadRefusal>, _ context: ChannelHandlerContext) {
        var refusal = HeadRefusal(.tooLarge, .contentTooLarge)
        switch request {
        case .failure(let earlier): refusal = earlier
        case .success(.message(let entry)), .success(.listen(let entry)), .success(.end(let entry)):
            refusal = HeadRefusal(.tooLarge, .contentTooLarge, principal: entry.principal, server: entry.server)
        case .success(.alive): break
        }
        close(with: answer(to: refusal, bytes: limits.bodyBytes), context)
    }

    private func close(with answer: Answer, _ context: ChannelHandlerContext) {
        state = .closed
        let response = ResponseBytes(allocator: context.channel.allocator).answer(answer, closing: true)
        context.writeAndFlush(wrapOutboundOut(response), promise: nil)
        context.close(promise: nil)
    }

    /// Every few seconds: keeps long answers alive, ends what is too slow or lies idle.
    private func look() {
        guard let context else { return }
        let now = NIODeadline.now()
        switch state {
        case .idle: if now - since > limits.idle { context.close(promise: nil) }
        case .receiving: if now - since > limits.receive { refuseBadHTTP(context) }
        case .answering(let exchange):
            guard now - exchange.lastSign > limits.keepAlive else { return }
            openStream()
            writeEvent(SSEEncoder.keepAlive, context)
        case .closed: break
        }
    }
}

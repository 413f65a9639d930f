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

    enum State {
        case idle
        /// The sender's token is being judged; nothing more is read until it is.
        case judging
        case receiving(IncomingRequest)
        case answering(Exchange)
        /// The last answer is being written or was; what still comes in is passed over, since closing at once could
        /// destroy the answer before the client reads it (RFC 9112 section 9.6).
        case closing(until: NIODeadline)
        case closed
    }

    var check: HeadCheck
    let limits: EndpointLimits
    private let date: DateLine
    var state = State.idle
    private var since = NIODeadline.now()
    /// How many requests this connection has carried; names the present one.
    private(set) var number = 0
    private var isStopping = false
    private var waiting: [HTTPServerRequestPart] = []
    private(set) var context: ChannelHandlerContext?
    private var watch: RepeatedTask?
    /// Since when the client has left unread so much that nothing more is asked for on its behalf.
    var heldSince: NIODeadline?

    init(check: HeadCheck, date: DateLine) {
        self.check = check
        self.date = date
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
        if case .answering(let exchange) = state {
            exchange.cancellation.cancel()
            // Where leaving is not cancelling, the call goes on for who comes back for it.
            letGo(exchange)
            exchange.reading?.stop()
        }
        state = .closed
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch state {
        case .idle, .receiving:
            guard let error = error as? HTTPParserError else { return context.close(promise: nil) }
            guard error == .invalidEOFState else { return refuseBadHTTP(context) }
            refuse(.incomplete, .badRequest, context)
        case .judging, .answering, .closing, .closed: context.close(promise: nil)
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard event is EndpointIsStopping else { return context.fireUserInboundEventTriggered(event) }
        isStopping = true
        switch state {
        case .idle: context.close(promise: nil)
        case .answering(let exchange) where exchange.isListening:
            exchange.reading?.stop()
            finish(Answer(.ok), request: number)
        case .closing: closeSoon(context)
        case .judging, .receiving, .answering, .closed: break
        }
    }

    /// Ends a connection that was told its last answer, without waiting for its client much longer.
    private func closeSoon(_ context: ChannelHandlerContext) {
        let channel = context.channel
        context.eventLoop.assumeIsolated().scheduleTask(in: limits.farewell) { channel.close(promise: nil) }
    }

    // MARK: Requests

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = unwrapInboundIn(data)
        // What was read before reading stopped: bounded by that.
        if case .judging = state { return waiting.append(part) }
        if case .answering = state {
            // A client may send its next request early; it is taken up when this one is answered.
            guard waiting.count < 64 else { return context.close(promise: nil) }
            waiting.append(part)
            return
        }
        take(part, context)
    }

    private func take(_ part: HTTPServerRequestPart, _ context: ChannelHandlerContext) {
        switch state {
        case .idle: if case .head(let head) = part { begin(head, context) }
        case .receiving(var request):
            switch part {
            case .head: break
            case .body(let bytes):
                // One owner at a time, so that appending does not copy.
                state = .idle
                request.take(bytes)
                state = .receiving(request)
                if request.size > limits.bodyBytes { refuse(.tooLarge, .contentTooLarge, context) }
            case .end:
                number += 1
                let stream = ClientStream(self, number: number, on: context.eventLoop)
                var exchange = request.exchange
                exchange.stream = stream
                state = .answering(exchange)
                hand(over: request, answering: stream)
            }
        case .judging, .answering, .closing, .closed: break
        }
    }

    private func begin(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        since = .now()
        let fields = RequestFields(head.headers)
        guard fields.contentLength.count + fields.transferEncoding.count <= 1,
            fields.transferEncoding.allSatisfy({ $0.lowercased() == "chunked" }), head.version == .http1_1,
            head.headers.count <= limits.headerFields, fields.bytes <= limits.headerBytes
        else { return refuseBadHTTP(context) }
        guard fields.expectations == 0 else { return refuseBadHTTP(context, .expectationFailed) }
        receive(head, fields, .notYet, context)
    }

    /// Takes a head for what it comes to, as far as is known of its sender.
    func receive(
        _ head: HTTPRequestHead, _ fields: RequestFields, _ judgement: HeadCheck.Judgement,
        _ context: ChannelHandlerContext
    ) {
        var outcome: Result<RequestHead, HeadRefusal>
        do throws(HeadRefusal) {
            outcome = .success(try check.check(head, fields, judgement))
        } catch {
            outcome = .failure(error)
        }
        if case .success(.unjudged(let token)) = outcome { return judge(token, head, fields, context) }
        let length = fields.contentLength.first.flatMap { Int($0) }
        // After an offer to upgrade or to tunnel, which is not taken up, the decoder reads no further.
        let keepsAlive = head.isKeepAlive && fields.upgrades == 0 && head.method != .CONNECT
        state = .receiving(
            IncomingRequest(outcome, isHead: head.method == .HEAD, length: length, keepsAlive: keepsAlive))
        if let length, length > limits.bodyBytes { refuse(.tooLarge, .contentTooLarge, context) }
    }

    /// Gives a whole request to the line, or answers what never gets there.
    private func hand(over request: IncomingRequest, answering stream: ClientStream) {
        let own = number
        var cancellation = Cancellation.none
        switch request.head {
        case .failure(let refusal): finish(answer(to: refusal, bytes: request.size), request: own)
        case .success(.alive): finish(Answer(.ok), request: own)
        case .success(.unjudged): finish(Answer(.unavailable), request: own)
        case .success(.metadata(let document)): finish(Answer(.ok, body: document), request: own)
        case .success(.end(let entry)): finish(check.line.endSession(entry), request: own)
        case .success(.message(let entry)):
            cancellation = check.line.receive(request.body, from: entry, answering: stream)
        case .success(.listen(let entry, let lastEventID)):
            switch check.line.hear(entry, after: lastEventID, by: stream) {
            case .refused(let answer): finish(answer, request: own)
            case .opened(let reading, let isPrimed): listen(to: reading, isPrimed: isPrimed)
            }
        }
        // It may be answered by now, and the next one of those that waited be under way.
        guard own == number, case .answering(var exchange) = state else { return }
        exchange.cancellation = cancellation
        state = .answering(exchange)
        if heldSince != nil { cancellation.hold(true) }
    }

    private func answer(to refusal: HeadRefusal, bytes: Int) -> Answer {
        check.line.refuse(
            refusal.reason,
            subject: CallSubject(principal: refusal.principal, server: refusal.server, requestBytes: bytes))
        return Answer(refusal.status, body: refusal.body)
    }

    // MARK: Answers

    func writer(_ context: ChannelHandlerContext) -> ResponseWriter {
        ResponseWriter(context, date: date, unreadBytes: limits.unreadBytes)
    }

    /// Names the session in the head of whatever response is written.
    func begin(session: String, request: Int) {
        guard request == number, case .answering(var exchange) = state else { return }
        exchange.sessionID = session
        state = .answering(exchange)
    }

    func finish(_ answer: Answer, request: Int) {
        guard request == number, case .answering(var exchange) = state, let context else { return }
        letGo(exchange)
        guard exchange.keepsAlive, !isStopping else {
            exchange.keepsAlive = false
            return conclude(with: answer, of: exchange, context)
        }
        state = .idle
        since = .now()
        writer(context).write(answer, of: exchange)
        takeWaiting(context)
    }

    func takeWaiting(_ context: ChannelHandlerContext) {
        while !waiting.isEmpty {
            switch state {
            case .answering, .judging: return
            case .idle, .receiving, .closing, .closed: break
            }
            take(waiting.removeFirst(), context)
        }
    }

    // MARK: What ends a connection

    private func refuseBadHTTP(_ context: ChannelHandlerContext, _ status: Answer.Status = .badRequest) {
        conclude(with: answer(to: HeadRefusal(.badHTTP, status), bytes: 0), context)
    }

    /// Ends a request in its middle; one that was refused for its head stays refused for that.
    private func refuse(_ reason: RefusalReason, _ status: Answer.Status, _ context: ChannelHandlerContext) {
        guard case .receiving(let request) = state else {
            return conclude(with: answer(to: HeadRefusal(reason, status), bytes: 0), context)
        }
        var exchange = request.exchange
        exchange.keepsAlive = false
        let refusal: HeadRefusal
        switch request.head {
        case .failure(let earlier): refusal = earlier
        case .success(let head):
            refusal = HeadRefusal(reason, status, principal: head.entry?.principal, server: head.entry?.server)
        }
        // What was not taken is not counted; that it was more is known.
        let bytes = reason == .tooLarge ? limits.bodyBytes : request.size
        conclude(with: answer(to: refusal, bytes: bytes), of: exchange, context)
    }

    /// The connection's last answer: closes this side once it is out, and the whole when the client has closed its own.
    private func conclude(
        with answer: Answer, of exchange: Exchange = Exchange(keepsAlive: false), _ context: ChannelHandlerContext
    ) {
        state = .closing(until: .now() + limits.idle)
        waiting = []
        writer(context).writeLast(answer, of: exchange) { [self] in
            guard case .closing = state else { return }
            state = .closing(until: .now() + limits.linger)
            context.close(mode: .output, promise: nil)
            if isStopping { closeSoon(context) }
        }
    }

    /// Every few seconds: keeps long answers alive, ends what is too slow or lies idle.
    private func look() {
        guard let context else { return }
        let now = NIODeadline.now()
        switch state {
        case .idle: if now - since > limits.idle { context.close(promise: nil) }
        // Nobody is known yet who could be told.
        case .judging: if now - since > limits.receive { context.close(promise: nil) }
        case .receiving: if now - since > limits.receive { refuse(.tooSlow, .requestTimeout, context) }
        case .answering(let exchange):
            if let heldSince {
                if now - heldSince > limits.stall { context.close(promise: nil) }
                return
            }
            guard now - exchange.lastSign > limits.keepAlive else { return }
            openStream()
            write(event: SSEEncoder.keepAlive)
        case .closing(let until): if now > until { context.close(promise: nil) }
        case .closed: break
        }
    }
}

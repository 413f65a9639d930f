import Gateway
import NIOCore
import NIOTLS

/// One connection to a server: one exchange at a time, kept between them. The last handler of its channel.
///
/// Reads are always armed, so that a server closing an idle connection is noticed before the next request is written to it.
final class UpstreamConnection: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private enum State {
        case opening
        case idle(until: NIODeadline)
        case busy(Exchange)
        /// The exchange is over, its response is not.
        case draining(until: NIODeadline, discarded: Int)
        case closed
    }

    private var state = State.opening
    private var framer = ResponseFramer()
    /// What has been received and not been used yet: the start of a line.
    private var received: ByteBuffer?
    private var context: ChannelHandlerContext?
    private var keptFor: TimeAmount
    private var closesAfterResponse = false
    private var isHeld = false
    private var lastError: (any Error)?
    private let isSecure: Bool
    private var pool: ConnectionPool?

    init(pool: ConnectionPool, isSecure: Bool, idle: TimeAmount) {
        self.pool = pool
        self.isSecure = isSecure
        keptFor = idle
    }

    /// Writes the request; false when the connection turns out to be of no use.
    func send(_ exchange: Exchange, _ writer: RequestWriter) -> Bool {
        // Whether the channel is active need not be asked: when it no longer is, this is told before anything else runs.
        guard case .idle = state, let context else { return false }
        state = .busy(exchange)
        exchange.sent(on: self)
        context.writeAndFlush(wrapOutboundOut(exchange.written(by: writer)), promise: nil)
        return true
    }

    /// Reads no more of the response, or goes on.
    func hold(_ hold: Bool) {
        guard isHeld != hold, let context else { return }
        isHeld = hold
        context.channel.setOption(.autoRead, value: !hold).whenFailure { _ in }
    }

    /// Ends the connection; an exchange on it is not told.
    func close() {
        state = .closed
        pool?.closed(self)
        pool = nil
        context?.close(promise: nil)
    }

    /// Gives up an attempt that has not led to a connection.
    func giveUp(_ failure: UpstreamFailure) {
        guard case .opening = state else { return }
        state = .closed
        pool?.couldNotOpen(self, failure)
        pool = nil
        context?.close(promise: nil)
    }

    func closeIfOverdue(at now: NIODeadline) {
        switch state {
        case .idle(let until), .draining(let until, _): if until <= now { close() }
        case .opening, .busy, .closed: break
        }
    }

    func isUsable(at now: NIODeadline) -> Bool {
        guard case .idle(let until) = state else { return false }
        return until > now
    }
}

extension UpstreamConnection {
    func channelActive(context: ChannelHandlerContext) {
        self.context = context
        if case .closed = state {
            context.close(promise: nil)  // given up while the connection was being made
        } else if !isSecure {
            opened()
        }
        context.fireChannelActive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted(let negotiated) = event as? TLSUserEvent {
            if let negotiated, negotiated != "http/1.1" {
                giveUp(UpstreamFailure(.unreachable, "the server negotiated another protocol"))
            } else {
                opened()
            }
        }
        context.fireUserInboundEventTriggered(event)
    }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var buffer = unwrapInboundIn(data)
        if var earlier = received {
            received = nil
            earlier.writeBuffer(&buffer)
            buffer = earlier
        }
        do throws(FramingError) {
            try read(&buffer)
        } catch {
            fail(UpstreamFailure(.unreadable, "the response is malformed: \(error)"))
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        ended()
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        lastError = error
        switch state {
        case .opening:
            giveUp(UpstreamFailure(.unreachable, "no connection: \(error)"))
        case .idle, .busy, .draining:
            fail(UpstreamFailure(.closed, "the connection failed: \(error)"))
        case .closed:
            break
        }
    }
}

extension UpstreamConnection {
    private func opened() {
        guard case .opening = state, let pool else { return }
        state = .idle(until: .now() + keptFor)
        pool.opened(self)
    }

    private func read(_ buffer: inout ByteBuffer) throws(FramingError) {
        while true {
            switch state {
            case .opening, .closed: return
            case .idle:
                // Nothing was asked: whatever this is, it must not be taken for the next answer.
                if buffer.readableBytes > 0 { close() }
                return
            case .busy, .draining: break
            }
            guard let event = try framer.next(&buffer) else { break }
            handle(event, rest: buffer.readableBytes)
        }
        if buffer.readableBytes > 0 { received = buffer }
    }

    private func handle(_ event: ResponseFramer.Event, rest: Int) {
        if case .head(let head) = event {
            closesAfterResponse = head.closes
            // A second less than the server says, so that ours is the side that closes.
            if let seconds = head.keepAliveSeconds { keptFor = min(keptFor, .seconds(Int64(max(seconds - 1, 0)))) }
        }
        switch (state, event) {
        case (.busy(let exchange), .head(let head)): follow(exchange.take(head))
        case (.busy(let exchange), .body(let bytes)): follow(exchange.take(bytes))
        case (.busy(let exchange), .end):
            settle(rest: rest)
            // Last, because the receiver may send its next request from here, on this connection even.
            exchange.finish()
        case (.draining, .head): break
        case (.draining(let until, let discarded), .body(let bytes)):
            let total = discarded + bytes.readableBytes
            if total > HTTPLimits.discardedBytes { close() } else { state = .draining(until: until, discarded: total) }
        case (.draining, .end): settle(rest: rest)
        case (.opening, _), (.idle, _), (.closed, _): break
        }
    }

    private func follow(_ next: Exchange.Next) {
        guard case .busy = state else { return }
        switch next {
        case .more: break
        case .done:
            hold(false)
            state = .draining(until: .now() + HTTPLimits.draining, discarded: 0)
        case .abandon: close()
        }
    }

    /// The response is complete: keeps the connection where it can be kept.
    private func settle(rest: Int) {
        hold(false)
        guard !closesAfterResponse, rest == 0, keptFor > .zero, let pool else {
            close()
            return
        }
        state = .idle(until: .now() + keptFor)
        pool.released(self)
    }

    /// The peer, or an error, ended the connection.
    private func ended() {
        guard case .busy(let exchange) = state else {
            giveUp(UpstreamFailure(.unreachable, "the connection ended at once"))
            close()
            return
        }
        do throws(FramingError) {
            if lastError == nil, try framer.closed() == .end {
                close()
                exchange.finish()
                return
            }
            fail(UpstreamFailure(.closed, "the connection ended before an answer"))
        } catch {
            fail(UpstreamFailure(.closed, "the connection ended inside an answer"))
        }
    }

    private func fail(_ failure: UpstreamFailure) {
        guard case .busy(let exchange) = state else {
            close()
            return
        }
        close()
        exchange.lost(failure)
    }
}

import Gateway
import MCPMessages
import NIOCore
import Synchronization
import WireJSON

/// The part of an upstream that lives on one event loop: the exchanges begun there, their connections, their deadlines.
final class UpstreamLoop {
    let core: UpstreamCore
    let loop: any EventLoop
    let pool: ConnectionPool
    /// For streams that stay: they take no connection from calls.
    let streams: ConnectionPool
    private(set) var exchanges: [Int: Exchange] = [:]
    private(set) lazy var desk = WatchDesk(owner: self)
    var isSweeping = false
    private(set) var isShutDown = false

    init(core: UpstreamCore, connector: Connector, loop: any EventLoop) {
        self.core = core
        self.loop = loop
        pool = ConnectionPool(limits: core.limits, writer: core.writer, connector: connector)
        var limits = ConnectionLimits()
        limits.connectionsPerLoop = HTTPLimits.streams
        streams = ConnectionPool(limits: limits, writer: core.writer, connector: connector)
    }

    /// Sends a question for someone outside, as soon as it is agreed how.
    func ask(_ question: OutgoingRequest.Question, id: Int, within wait: Duration, to receiver: any UpstreamReceiver) {
        let exchange = Exchange(
            .question(question), id: id, to: .receiver(receiver), expectsAnswer: true, wait: TimeAmount(wait),
            owner: self)
        begin(exchange)
        advance(exchange)
    }

    /// Sends what is already written, on a route that is already agreed.
    func post(
        _ request: OutgoingRequest, id: Int, on route: Route, within wait: TimeAmount, expectsAnswer: Bool = false,
        to sink: Exchange.Sink = .nobody
    ) {
        let exchange = Exchange(request, id: id, to: sink, expectsAnswer: expectsAnswer, wait: wait, owner: self)
        exchange.route = route
        begin(exchange)
        dispatch(exchange)
    }

    /// Ends an exchange of the house's own, if it has not ended.
    func giveUp(_ id: Int, _ failure: UpstreamFailure) {
        if let exchange = exchanges[id] { abandon(exchange, failure) }
    }

    func pool(for exchange: Exchange) -> ConnectionPool { exchange.isEndless ? streams : pool }

    /// Ends a question early, if it has not ended; its receiver hears `failed`.
    func cancel(_ id: Int) {
        guard let exchange = exchanges[id] else { return }
        abandon(exchange, UpstreamFailure(.cancelled, "cancelled"))
    }

    /// Has no more read of an answer whose client has not taken what was read, or goes on.
    func hold(_ id: Int, _ isHeld: Bool) { exchanges[id]?.hold(isHeld) }

    /// Ends every exchange with a failure; messages to say goodbye with may still be sent.
    func endExchanges() {
        desk.close()
        for exchange in Array(exchanges.values) {
            abandon(exchange, UpstreamFailure(.closed, "shutting down"))
        }
    }

    func shutDown() {
        isShutDown = true
        pool.shutDown()
        streams.shutDown()
        endExchanges()
    }

    private func begin(_ exchange: Exchange) {
        exchanges[exchange.id] = exchange
        scheduleSweep()
    }

    /// Forgets an exchange and whoever would hear of it.
    ///
    /// - Parameter isAnswered: whether the server has said its last word on it. Within a session it may else be told late
    ///   that the request is taken back, which must not be taken for another's.
    func end(_ exchange: Exchange, isAnswered: Bool) {
        let isWithServer = exchange.isWithServer
        exchange.stage = .ended
        exchange.countedIn?.openCalls.subtract(1, ordering: .relaxed)
        exchange.countedIn = nil
        let staysBehind = isWithServer && !isAnswered && exchange.route?.session != nil
        exchange.releaseNames(isAnswered: !staysBehind)
        exchanges[exchange.id] = nil
    }

    /// Brings a question as far as it goes now.
    func advance(_ exchange: Exchange) {
        guard case .question(let question) = exchange.request, !exchange.hasEnded else { return }
        let scope = question.scope
        let id = exchange.id
        let step = core.agreement { ledger in
            ledger.step(for: scope) { self.waiter { $0.resume(id, $1) } }
        }
        switch step {
        case .go(let route):
            exchange.route = route
            exchange.takeNames()
            if !hearsFirst(exchange) { dispatch(exchange) }
        case .wait: break
        case .probe: probe()
        case .initialize: initialize(scope)
        case .refuse(let failure): exchange.fail(failure)
        }
    }

    private func resume(_ id: Int, _ failure: UpstreamFailure?) {
        guard let exchange = exchanges[id] else { return }
        if let failure { exchange.fail(failure) } else { advance(exchange) }
    }

    /// A waiter that comes back to this loop, from whichever loop the handshake was led.
    func waiter(_ resume: @escaping @Sendable (UpstreamLoop, UpstreamFailure?) -> Void) -> AgreementLedger.Waiter {
        let home = NIOLoopBound(self, eventLoop: loop)
        return { failure in home.execute { resume($0, failure) } }
    }
}

extension NIOLoopBound {
    /// Runs `body` on the value's own loop, at its next turn.
    func execute(_ body: @escaping @Sendable (Value) -> Void) {
        eventLoop.execute { body(self.value) }
    }
}

import Gateway
import NIOCore

/// The connections to one server on one event loop, and the exchanges that wait for one.
///
/// The connection used last is used next, so that surplus ones grow old and are closed.
final class ConnectionPool {
    private let limits: ConnectionLimits
    private let writer: RequestWriter
    private let connector: Connector
    private var all: [ObjectIdentifier: UpstreamConnection] = [:]
    private var idle: [UpstreamConnection] = []
    private var opening = 0
    private var waiting = CircularBuffer<Exchange>()
    private var isShutDown = false

    init(limits: ConnectionLimits, writer: RequestWriter, connector: Connector) {
        self.limits = limits
        self.writer = writer
        self.connector = connector
    }

    var isEmpty: Bool { all.isEmpty && waiting.isEmpty }

    /// Sends the exchange now or as soon as a connection is free, or fails it.
    func dispatch(_ exchange: Exchange) {
        guard !isShutDown else {
            exchange.fail(UpstreamFailure(.closed, "shutting down"))
            return
        }
        if sendOnIdle(exchange) { return }
        // Whoever has a connection coming does not count as waiting.
        let coming = limits.connectionsPerLoop - all.count + opening
        guard waiting.count < limits.waitingPerLoop + coming else {
            exchange.fail(
                UpstreamFailure(.busy, "\(waiting.count) requests are waiting"))
            return
        }
        exchange.stage = .awaitingConnection
        waiting.append(exchange)
        openAsNeeded()
    }

    /// Takes back an exchange that waits.
    func withdraw(_ exchange: Exchange) {
        if let index = waiting.firstIndex(where: { $0 === exchange }) { waiting.remove(at: index) }
    }

    func closeOverdue(at now: NIODeadline) {
        for connection in all.values { connection.closeIfOverdue(at: now) }
    }

    /// Closes every connection; what waits is the caller's to end.
    func shutDown() {
        isShutDown = true
        waiting.removeAll()
        let shuttingDown = UpstreamFailure(.closed, "shutting down")
        for connection in Array(all.values) {
            connection.giveUp(shuttingDown)
            connection.close()
        }
    }

    private func sendOnIdle(_ exchange: Exchange) -> Bool {
        guard !idle.isEmpty else { return false }
        let now = NIODeadline.now()
        while let connection = idle.popLast() {
            if connection.isUsable(at: now), connection.send(exchange, writer) { return true }
            connection.close()
        }
        return false
    }

    private func openAsNeeded() {
        while !isShutDown, opening < waiting.count, all.count < limits.connectionsPerLoop {
            opening += 1
            let connection = UpstreamConnection(
                pool: self, isSecure: connector.isSecure, idle: TimeAmount(limits.idle))
            all[ObjectIdentifier(connection)] = connection
            connector.open(connection)
        }
    }
}

/// What connections report.
extension ConnectionPool {
    func opened(_ connection: UpstreamConnection) {
        opening -= 1
        released(connection)
    }

    func couldNotOpen(_ connection: UpstreamConnection, _ failure: UpstreamFailure) {
        opening -= 1
        all[ObjectIdentifier(connection)] = nil
        // An attempt is made for one exchange, and so it fails one.
        waiting.popFirst()?.lost(failure)
        openAsNeeded()
    }

    /// The connection has nothing to do.
    func released(_ connection: UpstreamConnection) {
        guard let exchange = waiting.popFirst() else {
            idle.append(connection)
            return
        }
        if connection.send(exchange, writer) { return }
        waiting.prepend(exchange)
        connection.close()
    }

    func closed(_ connection: UpstreamConnection) {
        all[ObjectIdentifier(connection)] = nil
        if let index = idle.lastIndex(where: { $0 === connection }) { idle.remove(at: index) }
        openAsNeeded()
    }
}

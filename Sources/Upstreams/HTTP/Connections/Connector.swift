import Fetching
import Gateway
import NIOCore
import NIOPosix
import NIOSSL

/// Makes connections to one server from one event loop: resolve, guard, connect to what was guarded.
final class Connector {
    private let address: UpstreamAddress
    private let addressGuard: AddressGuard
    private let tls: NIOSSLContext?
    private let timeout: TimeAmount
    private let loop: any EventLoop
    private var known: (addresses: [SocketAddress], until: NIODeadline)?
    private var resolving: [UpstreamConnection] = []

    init(address: UpstreamAddress, tls: NIOSSLContext?, timeout: TimeAmount, loop: any EventLoop) {
        self.address = address
        addressGuard = AddressGuard(isOperatorTyped: address.isOperatorTyped)
        self.tls = tls
        self.timeout = timeout
        self.loop = loop
    }

    var isSecure: Bool { tls != nil }

    /// Opens a channel with this handler at its end, or has the handler give up.
    func open(_ connection: UpstreamConnection) {
        let deadline = NIODeadline.now() + timeout
        // One timer for name, TCP and TLS together; of no effect once the connection stands.
        loop.assumeIsolated().scheduleTask(deadline: deadline) { [timeout] in
            connection.giveUp(
                UpstreamFailure(.unreachable, "no connection within \(timeout.nanoseconds / 1_000_000) ms"))
        }
        if let literal = try? SocketAddress(ipAddress: address.host, port: address.port) {
            connect(connection, to: [literal], by: deadline)
        } else if let known, known.until > .now() {
            connect(connection, to: known.addresses, by: deadline)
        } else {
            resolving.append(connection)
            if resolving.count == 1 { resolve() }
        }
    }

    private func resolve() {
        HostResolver.shared.addresses(of: address.host, port: address.port, on: loop).assumeIsolated().whenComplete {
            let waiting = self.resolving
            self.resolving = []
            switch $0 {
            case .success(let addresses):
                self.known = (addresses, .now() + HTTPLimits.resolution)
                for connection in waiting { self.connect(connection, to: addresses, by: .now() + self.timeout) }
            case .failure(let error):
                for connection in waiting {
                    connection.giveUp(
                        UpstreamFailure(.unreachable, "`\(self.address.host)` does not resolve: \(error)"))
                }
            }
        }
    }

    private func connect(_ connection: UpstreamConnection, to addresses: [SocketAddress], by deadline: NIODeadline) {
        let permitted = addresses.filter(addressGuard.permits).prefix(HTTPLimits.addressesTried)
        guard !permitted.isEmpty else {
            connection.giveUp(
                UpstreamFailure(.addressRefused, "`\(address.host)` leads to a private or reserved network"))
            return
        }
        attempt(connection, permitted, by: deadline)
    }

    /// Tries the first address, then the others; each has its share of the time that is left.
    private func attempt(
        _ connection: UpstreamConnection, _ addresses: ArraySlice<SocketAddress>, by deadline: NIODeadline
    ) {
        guard let address = addresses.first else { return }
        let share = (deadline - .now()).nanoseconds / Int64(addresses.count)
        let handler = NIOLoopBound(connection, eventLoop: loop)
        let tls = self.tls
        let serverName = self.address.host
        ClientBootstrap(group: loop)
            .connectTimeout(.nanoseconds(max(share, 1)))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls {
                        try channel.pipeline.syncOperations.addHandler(Self.tlsHandler(tls, serverName: serverName))
                    }
                    try channel.pipeline.syncOperations.addHandler(handler.value)
                }
            }
            .connect(to: address)
            .assumeIsolated()
            .whenFailure { error in
                let others = addresses.dropFirst()
                if others.isEmpty {
                    self.known = nil
                    connection.giveUp(UpstreamFailure(.unreachable, "no connection: \(error)"))
                } else {
                    self.attempt(connection, others, by: deadline)
                }
            }
    }

    /// A server name is sent and verified for a name; for an IP address the certificate must name the address.
    private static func tlsHandler(_ context: NIOSSLContext, serverName: String) throws -> NIOSSLClientHandler {
        let isLiteral = (try? SocketAddress(ipAddress: serverName, port: 0)) != nil
        return try NIOSSLClientHandler(context: context, serverHostname: isLiteral ? nil : serverName)
    }
}

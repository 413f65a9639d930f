import Hummingbird
import HummingbirdCore
import HummingbirdTLS
public import Logging
import NIOSSL
public import ServiceLifecycle

/// Pages and the administration API, on a port of their own.
///
/// A service: it listens when it is run, and stops when the program is told to.
public struct Console: Service {
    private let application: Application<ConsoleResponder>

    /// - Parameter onListening: told the port that was bound.
    public init(
        _ settings: ConsoleSettings, parts: ConsoleParts, logger: Logger,
        onListening: @escaping @Sendable (_ port: Int) -> Void = { _ in }
    ) throws {
        let router = Router(context: ConsoleContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: ProblemMiddleware())
        for routes in parts.routes(settings) { routes.add(to: router) }
        // The server's own steps are of interest only when something is wrong.
        var quiet = logger
        quiet.logLevel = max(logger.logLevel, .warning)
        let limits = settings.limits
        let plain = HTTPServerBuilder.http1(
            configuration: .init(
                idleTimeout: limits.idle,
                httpDecoderConfiguration: .init(
                    maxHeaderFieldSize: limits.headerFieldBytes, maxHeaderListSize: limits.headerBytes,
                    maxHeaderFieldCount: limits.headerFields)))
        application = Application(
            responder: ConsoleResponder(door: Door(settings: settings), router: router.buildResponder()),
            server: try settings.tls.map { try .tls(plain, tlsConfiguration: $0) } ?? plain,
            configuration: .init(
                address: .hostname(settings.host, port: settings.port),
                availableConnectionsDelegate: .maximum(limits.connections, logger: quiet)),
            onServerRunning: { channel in onListening(channel.localAddress?.port ?? settings.port) }, logger: quiet)
    }

    public func run() async throws { try await application.run() }

    /// For tests, which reach it without a port.
    var underTest: Application<ConsoleResponder> { application }
}

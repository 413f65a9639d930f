import Logging
import NIOCore
import ServiceLifecycle
import UnixSignals

/// Runs an assembled gateway until it is told to stop, then stops it in order.
enum Running {
    /// - Parameter last: a part whose end is the end of the program (`wrap`'s client).
    static func run(_ assembly: Assembly, parts: [Part], last: Part? = nil) async throws {
        var services = (assembly.foundations + parts).map {
            ServiceGroupConfiguration.ServiceConfiguration(service: $0)
        }
        if let last {
            services.append(
                .init(
                    service: last, successTerminationBehavior: .gracefullyShutdownGroup,
                    failureTerminationBehavior: .gracefullyShutdownGroup))
        }
        var configuration = ServiceGroupConfiguration(
            services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: assembly.quietLogger)
        configuration.maximumGracefulShutdownDuration = .seconds(20)
        try await ServiceGroup(configuration: configuration).run()
        try await assembly.group.shutdownGracefully()
    }
}

extension Assembly {
    /// The lifecycle library's own steps are of interest only when something is wrong.
    fileprivate var quietLogger: Logger {
        var logger = logger
        logger.logLevel = .error
        return logger
    }
}

import Console
import Logging

extension Part {
    /// The console on a port of its own, until the program is told to stop.
    ///
    /// - Parameter data: where agents reach the gateway, `https://host:port`.
    static func console(
        at address: ListenAddress, _ declared: DeclaredConfiguration, _ parts: ConsoleParts, data: String,
        isBehindProxy: Bool, logger: Logger
    ) throws -> Part {
        let tls = try declared.tls.map { try ServerCertificate.configuration($0) }
        let settings = ConsoleSettings(
            host: address.host, port: address.port, names: declared.hosts, tls: tls,
            isBehindProxy: isBehindProxy, gateway: data)
        let console = try Console(settings, parts: parts, logger: logger) { port in
            logger.notice(
                "console on \(tls == nil ? "http" : "https")://\(ListenAddress(host: address.host, port: port))")
        }
        return Part("console") {
            do { try await console.run() } catch {
                throw CommandFailure(
                    "the console cannot listen on \(address): \(error) – say `console: off` to go without it")
            }
        } stop: {
        }
    }
}

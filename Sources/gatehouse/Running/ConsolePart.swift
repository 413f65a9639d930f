import Console
import Foundation
import Logging

extension Part {
    /// The console on a port of its own, until the program is told to stop.
    ///
    /// - Parameter data: where agents reach the gateway, `https://host:port`.
    static func console(
        at address: ListenAddress, _ declared: DeclaredConfiguration, _ parts: ConsoleParts, data: String,
        isBehindProxy: Bool, door: Door, logger: Logger
    ) throws -> Part {
        let tls = try declared.tls.map { try ServerCertificate.configuration($0) }
        let settings = ConsoleSettings(
            host: address.host, port: address.port, names: declared.hosts + declared.console.names, tls: tls,
            isBehindProxy: isBehindProxy, gateway: data)
        let console = try Console(settings, parts: parts, logger: logger) { port in
            let url = "\(tls == nil ? "http" : "https")://\(ListenAddress(host: address.host, port: port))"
            logger.notice("console on \(url)")
            door.open(url, logger: logger)
        }
        return Part("console") {
            do { try await console.run() } catch {
                throw CommandFailure(
                    "the console cannot listen on \(address): \(error) – say `console: off` to go without it")
            }
            door.close()
        } stop: {
        }
    }

    /// What the console tells this machine once it listens: commands how to reach it, and the first person where to sign
    /// up.
    struct Door: Sendable {
        let folder: String
        let token: String
        /// Of the first sign-up; nil where somebody has an account.
        let link: String?

        func open(_ url: String, logger: Logger) {
            do { try LocalDoor(url: url, token: token).open(in: folder) } catch {
                logger.error("commands cannot reach this instance", metadata: ["error": "\(error)"])
            }
            guard let link else { return }
            // On standard output, not in a log that is kept: whoever has it becomes admin.
            try? FileHandle.standardOutput.write(contentsOf: Data("sign up at \(url)/join/\(link)\n".utf8))
        }

        func close() { LocalDoor(url: "", token: token).close(in: folder) }
    }
}

import ClientFiles
import Fetching
import Foundation
import Upstreams

/// How a server is reached that a client's configuration names: as that client would, with this person's environment.
struct ServerReach {
    /// Variables that clients pass on to the processes they start, beside what an entry gives.
    private static let passedOn = [
        "PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "LC_ALL", "TERM", "TMPDIR", "XDG_CONFIG_HOME",
        "XDG_CACHE_HOME",
        "XDG_DATA_HOME", "XDG_RUNTIME_DIR", "SSL_CERT_FILE", "SSL_CERT_DIR", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY",
    ]

    private let environment: [String: String]

    init(environment: [String: String]) { self.environment = environment }

    /// - Parameters:
    ///   - folder: Where relative things start.
    ///   - allowsLocal: An address may be this machine's or a private network's: where a person typed it. A file may be
    ///     anybody's, and name what only this machine reaches.
    /// - Throws: What keeps it from being reached, in words that hold no value.
    func transport(
        of server: ConfiguredServer, folder: String, allowsLocal: Bool
    ) throws(Unreachable) -> DeclaredServer.Transport {
        let open = Placeholders(
            environment: environment, home: HomeFolder.path(environment), folder: folder)
        do {
            switch server.transport {
            case .unreachable(let reason): throw Unreachable(description: reason)
            case .command(let program, let arguments):
                var variables = environment.filter { Self.passedOn.contains($0.key) }
                for entry in server.environment { variables[entry.name] = try value(of: entry, open) }
                let words = [program] + arguments
                return .command(
                    try StdioCommand(
                        words.map { try open.filled($0) }, environment: variables,
                        workingDirectory: try server.workingDirectory.map { try open.filled($0) }))
            case .url(let address):
                let headers = try server.headers.map {
                    try StaticHeader(name: $0.name, value: try value(of: $0, open))
                }
                return .url(
                    try UpstreamAddress(try open.filled(address), isOperatorTyped: allowsLocal), headers: headers,
                    certificates: nil)
            }
        } catch let reason as Unreachable {
            throw reason
        } catch let open as Placeholders.Open {
            throw Unreachable(description: open.description)
        } catch let refusal as UpstreamAddressError {
            throw Unreachable(description: refusal.description)
        } catch {
            // What these quote could be a value.
            throw Unreachable(description: "its entry has something that cannot be used as it stands")
        }
    }

    struct Unreachable: Error { let description: String }

    private func value(of entry: ConfiguredServer.Entry, _ open: Placeholders) throws -> String {
        switch entry.value {
        case .text(let text): try open.filled(text)
        case .variable(let name): try open.filled(Concealed("${\(name)}"))
        case .bearer(let variable): "Bearer " + (try open.filled(Concealed("${\(variable)}")))
        }
    }
}

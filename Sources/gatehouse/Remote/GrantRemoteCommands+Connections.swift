import ArgumentParser
import WireJSON

extension GrantRemoteCommands {
    /// Clients that signed in.
    struct Connections: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the clients that members let sign in, of all grants or of one.")
        @OptionGroup var remote: RemoteOptions
        @Argument(help: "The grant's label.") var grant: String?

        func run() async throws {
            let instance = try remote.instance()
            var items = try await instance.all("/connections")
            if let grant {
                let id = try await instance.id(of: grant, .grant)
                items = items.filter { $0["grant"]?.hasText(id) ?? false }
            }
            remote.show(
                items, ["client_name", "client", "resource", "member", "grant", "refreshed_at", "expires_at", "id"])
        }
    }

    struct Disconnect: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "End a client's sign-in at once, open streams included.")
        @OptionGroup var remote: RemoteOptions
        @Argument(help: "The connection's id, as `grant connections` shows it.") var connection: String

        func run() async throws {
            let id = RemoteInstance.encoded(connection)
            remote.show(try await remote.instance().ask(.delete, "/connections/\(id)"), [])
        }
    }
}

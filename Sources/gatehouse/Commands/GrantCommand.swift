import ArgumentParser
import Gateway
import WireJSON

struct GrantCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "grant", abstract: "Make and end grants: the tokens agents present, and what each reaches.",
        subcommands: [
            GrantRemoteCommands.List.self, GrantRemoteCommands.Show.self, GrantRemoteCommands.Create.self,
            GrantRemoteCommands.Rotate.self, GrantRemoteCommands.Revoke.self, GrantRemoteCommands.Attach.self,
            GrantRemoteCommands.Connections.self, GrantRemoteCommands.Disconnect.self,
            GrantRemoteCommands.Detach.self, GrantRemoteCommands.Stop.self, GrantRemoteCommands.Resume.self,
            Hash.self,
        ])

    struct Hash: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a token and its SHA-256.",
            discussion: """
                The token goes to the agent and is shown this once; the hash goes into the configuration as `token_sha256`.
                """)

        @Flag(help: "Print a JSON object.")
        var json = false

        func run() {
            let token = GrantToken.random()
            let hash = TokenDigest(of: token.utf8).hex
            guard json else { return print("token         \(token)\ntoken_sha256  \(hash)") }
            var writer = JSONWriter()
            writer.beginObject()
            writer.key("token")
            writer.string(token)
            writer.key("token_sha256")
            writer.string(hash)
            writer.endObject()
            print(String(decoding: writer.bytes, as: UTF8.self))
        }
    }
}

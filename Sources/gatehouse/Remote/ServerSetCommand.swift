import ArgumentParser
import Foundation
import WireJSON

/// `gatehouse server set`: what is not given stays.
struct ServerSetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Change how a server is reached and treated.",
        discussion: """
            gatehouse server set notes --url https://notes.example/mcp --oauth
            gatehouse server set billing --secret-env X-Key=BILLING_KEY --remove-secret X-Old

            What is not given stays as it is. With any of the --oauth options all of them are set anew, but for the client's \
            secret, which stays as long as issuer and client do.
            """)
    @OptionGroup var server: ServerOptions
    @Option(help: "Where it is reached.") var url: String?
    @Option(help: "What people call it.") var title: String?
    @Option(help: ArgumentHelp("A header or variable.", valueName: "name=value")) var secret: [String] = []
    @Option(help: ArgumentHelp("One whose value is in a variable of this command.", valueName: "name=variable"))
    var secretEnv: [String] = []
    @Option(help: ArgumentHelp("A header or variable that goes.", valueName: "name")) var removeSecret: [String] = []
    @Option(help: "The folder the command runs in.") var directory: String?
    @Option(help: "`initial` accepts the first list of tools as a whole.") var accept: String?
    @Option(help: "What the audit keeps of arguments: `keys` or `full`.") var capture: String?
    @Option(help: "`queued`, or `strict`: a call waits until its decision is on disk.") var audit: String?
    @Option(help: ArgumentHelp("What a call may take.", valueName: "seconds")) var callTimeout: Int?
    @OptionGroup var oauth: OAuthOptions
    @Flag(help: "The server asks for no tokens any more.") var noOauth = false
    @Argument(parsing: .postTerminator, help: "The program and its arguments.") var command: [String] = []

    func validate() throws {
        guard !noOauth || !oauth.isGiven else {
            throw ValidationError("--no-oauth and the other --oauth options exclude each other")
        }
        guard directory == nil || !command.isEmpty else {
            throw ValidationError("--directory goes with the program it is of")
        }
        try ServerCommand.validate(secret, secretEnv)
    }

    func run() async throws {
        var writer = JSONWriter()
        try write(to: &writer)
        let instance = try server.remote.instance()
        let path = try await instance.path(of: server.name, .server)
        server.remote.show(
            try await instance.ask(.patch, path, body: writer.bytes), ServerCommand.columns + ServerCommand.details)
    }

    private func write(to writer: inout JSONWriter) throws {
        let secrets = try ServerCommand.secrets(secret, secretEnv)
        try writer.object { json in
            for (key, value) in [
                ("url", url), ("title", title), ("accept", accept), ("capture", capture), ("audit", audit),
            ] {
                if let value { json.member(key, value) }
            }
            if let callTimeout { json.member("call_timeout", callTimeout) }
            if !command.isEmpty {
                json.key("command")
                json.array { json in for word in command { json.string(word) } }
                if let directory { json.member("directory", directory) }
            }
            if noOauth {
                json.key("oauth")
                json.null()
            }
            try oauth.write(to: &json)
            guard !secrets.isEmpty || !removeSecret.isEmpty else { return }
            json.key("secrets")
            json.object { json in
                for (name, value) in secrets { json.member(name, value) }
                for name in removeSecret {
                    json.key(name)
                    json.null()
                }
            }
        }
    }
}

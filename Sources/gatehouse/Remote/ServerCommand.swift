import ArgumentParser
import Foundation
import WireJSON

struct ServerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "server", abstract: "Register, look at and stop the MCP servers of a running instance.",
        subcommands: [
            List.self, Show.self, Add.self, ServerSetCommand.self, Remove.self, Scan.self, Tools.self, Difference.self,
            Accept.self,
            Enable.self, Disable.self, Stop.self, Resume.self,
        ])

    static let columns = ["slug", "url", "command", "enabled", "stopped", "scanned_at", "declared", "id"]
    static let details = [
        "title", "secret_names", "accept", "capture", "audit", "call_timeout", "oauth", "authorization",
    ]
    static let toolColumns = ["name", "state", "hash"]

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the servers.")
        @OptionGroup var remote: RemoteOptions

        func run() async throws { remote.show(try await remote.instance().all("/servers"), ServerCommand.columns) }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show one server.")
        @OptionGroup var server: ServerOptions

        func run() async throws {
            server.remote.show(
                try await server.act(.get),
                ServerCommand.columns + ServerCommand.details)
        }
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Register a server, by URL, by command, or from the catalogue.",
            discussion: """
                  gatehouse server add git --url https://mcp.example/mcp --secret-env Authorization=GIT_HEADER
                  gatehouse server add notes --url https://notes.example/mcp --oauth
                  gatehouse server add iam --secret-env PATH=PATH -- uvx awslabs.iam-mcp-server
                  gatehouse server add iam --secret-env PATH=PATH --from-catalogue awslabs-iam-mcp-server --draft-policy iam

                A secret is a header (URL) or an environment variable (command); it is sealed and never shown again. A \
                command gets these variables and no others, and no shell. Where a person has to sign in at the server, \
                `gatehouse server show` has the link. From the catalogue a server is started by its package manager in \
                the version that was looked at. Afterwards `gatehouse server scan` asks for its tools, and `accept` lets \
                agents have them.
                """)
        @OptionGroup var remote: RemoteOptions
        @Argument(help: "Its name in addresses: /mcp/SLUG.") var slug: String
        @Option(help: "Where it is reached: its MCP endpoint.") var url: String?
        @Option(help: ArgumentHelp("A header or variable; may be given several times.", valueName: "name=value"))
        var secret: [String] = []
        @Option(help: ArgumentHelp("The same, its value taken from this shell's variable.", valueName: "name=variable"))
        var secretEnv: [String] = []
        @Option(help: "The folder the command runs in.") var directory: String?
        @Option(help: "`initial` accepts the first list of tools as a whole.") var accept: String?
        @Option(help: ArgumentHelp("What a call may take.", valueName: "seconds")) var callTimeout: Int?
        @OptionGroup var oauth: OAuthOptions
        @OptionGroup var catalogue: CatalogueOptions
        @Argument(parsing: .postTerminator, help: "The program and its arguments.") var command: [String] = []

        func validate() throws { try ServerCommand.validate(secret, secretEnv) }

        func run() async throws {
            var writer = JSONWriter()
            try write(to: &writer)
            let instance = try remote.instance()
            let answer = try await instance.ask(.post, "/servers", body: writer.bytes)
            // First: whatever becomes of the draft, the server is there.
            remote.show(answer, ServerCommand.columns + ["authorization"])
            try await catalogue.draftPolicy(at: instance)
        }

        private func write(to writer: inout JSONWriter) throws {
            let secrets = try ServerCommand.secrets(secret, secretEnv)
            try writer.object { json in
                json.member("slug", slug)
                if let url { json.member("url", url) }
                catalogue.write(to: &json)
                if !command.isEmpty {
                    json.key("command")
                    json.array { json in for word in command { json.string(word) } }
                }
                if let directory { json.member("directory", directory) }
                if let accept { json.member("accept", accept) }
                if let callTimeout { json.member("call_timeout", callTimeout) }
                try oauth.write(to: &json)
                guard !secrets.isEmpty else { return }
                json.key("secrets")
                json.object { json in for (name, value) in secrets { json.member(name, value) } }
            }
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Remove a server that no grant reaches.")
        @OptionGroup var server: ServerOptions
        func run() async throws { try await server.act(.delete) }
    }

    struct Scan: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Ask a server for its tools now.")
        @OptionGroup var server: ServerOptions

        func run() async throws {
            server.remote.show(itemsOf: try await server.act(.post, "/scan"), ServerCommand.toolColumns)
        }
    }

    struct Tools: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List a server's tools as last seen.")
        @OptionGroup var server: ServerOptions
        func run() async throws { server.remote.show(try await server.all("/tools"), ServerCommand.toolColumns) }
    }

    struct Difference: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "diff", abstract: "Show what differs between a tool as accepted and as last seen.")
        @OptionGroup var server: ServerOptions
        @Argument(help: "The tool.") var tool: String

        func run() async throws {
            let answer = try await server.act(.get, "/difference?tool=\(RemoteInstance.encoded(tool))")
            guard !server.remote.json else { return server.remote.show(answer, []) }
            server.remote.show(itemsOf: answer, under: "differences", ["pointer", "before", "after"])
        }
    }

    struct Accept: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Accept definitions as last seen: those of the tools named, or all.")
        @OptionGroup var server: ServerOptions
        @Argument(help: "Tools; all of them if none is named.") var tools: [String] = []

        func run() async throws {
            let seen = try await server.all("/tools")
            let chosen = try tools.map { tool in
                guard let found = seen.first(where: { $0["name"]?.hasText(tool) ?? false }),
                    let hash = found["hash"]?.string
                else { throw CommandFailure("there is no tool `\(tool)`", .checkFailed) }
                return (tool, hash)
            }
            let answer = try await server.act(.post, "/accept") { json in
                guard !chosen.isEmpty else { return }
                json.key("tools")
                json.array { json in
                    for (tool, hash) in chosen {
                        json.object { json in
                            json.member("name", tool)
                            json.member("hash", hash)
                        }
                    }
                }
            }
            server.remote.show(itemsOf: answer, ServerCommand.toolColumns)
        }
    }

    struct Enable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Let calls reach a server.")
        @OptionGroup var server: ServerOptions
        func run() async throws { try await ServerCommand.set(true, server) }
    }

    struct Disable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Let no call reach a server.")
        @OptionGroup var server: ServerOptions
        func run() async throws { try await ServerCommand.set(false, server) }
    }

    struct Stop: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Stop a server at once: calls are refused and open streams end, until `resume`.")
        @OptionGroup var server: ServerOptions
        func run() async throws { try await server.act(.post, "/stop") }
    }

    struct Resume: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Let a stopped server go on.")
        @OptionGroup var server: ServerOptions
        func run() async throws { try await server.act(.post, "/resume") }
    }

    /// Refuses secrets that are no pairs before anything is asked.
    static func validate(_ typed: [String], _ fromVariables: [String]) throws(ValidationError) {
        _ = try PairOption.secret.pairs(typed)
        _ = try PairOption.secretEnv.pairs(fromVariables)
    }

    /// Headers or variables as they were typed, and those whose values are in variables of this command.
    static func secrets(_ typed: [String], _ fromVariables: [String]) throws -> [(String, String)] {
        var secrets = try PairOption.secret.pairs(typed)
        for (name, variable) in try PairOption.secretEnv.pairs(fromVariables) {
            guard let value = ProcessInfo.processInfo.environment[variable] else {
                throw CommandFailure("the environment variable `\(variable)` is not set", .checkFailed)
            }
            secrets.append((name, value))
        }
        return secrets
    }

    private static func set(_ isEnabled: Bool, _ server: ServerOptions) async throws {
        server.remote.show(try await server.act(.patch) { $0.member("enabled", isEnabled) }, columns)
    }
}

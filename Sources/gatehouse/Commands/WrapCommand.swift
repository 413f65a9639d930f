import ArgumentParser
import Fetching
import Foundation
import Gateway
import GatewayHTTP
import GatewayStdio
import GatewayStorage
import Logging
import NIOCore
import PolicyEngine
import PolicyFiles
import SQLiteStorage
import Upstreams

struct WrapCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wrap",
        abstract: "Stand in for one MCP server, with one policy before it.",
        discussion: """
            Put it where a client's configuration names the server's command:

              gatehouse wrap --policy iam.yaml -- awslabs.iam-mcp-server --allow-write
              gatehouse wrap --policy notes.yaml --url https://notes.example/mcp --token-env NOTES_TOKEN

            The client is served on standard input and output, or over HTTP with --listen. The server gets this \
            process's environment, since it stands in the server's place. Nothing is stored unless --audit is given; \
            audit entries are lines on standard error otherwise.
            """)

    @Option(help: ArgumentHelp("The policy to judge calls by.", valueName: "file"))
    var policy: String?

    @Flag(help: "Let every tool and method through; calls are recorded all the same.")
    var allowAll = false

    @Option(help: ArgumentHelp("Keep the audit in this SQLite file.", valueName: "file.sqlite"))
    var audit: String?

    @Option(help: ArgumentHelp("Serve HTTP at /mcp on this loopback address.", valueName: "127.0.0.1:port"))
    var listen: String?

    @Flag(help: "With --listen: ask for no token. Anyone on this machine may call.")
    var noToken = false

    @Option(help: ArgumentHelp("The server's address, instead of a command.", valueName: "url"))
    var url: String?

    @Option(name: .customLong("header"), help: ArgumentHelp("With --url: a header to send.", valueName: "K: V"))
    var headers: [String] = []

    @Option(help: ArgumentHelp("With --url: send the bearer token in this environment variable.", valueName: "name"))
    var tokenEnv: String?

    @Argument(parsing: .postTerminator, help: "The server's command and its arguments, after `--`.")
    var command: [String] = []

    /// The one server's name, where there is nothing to tell it from.
    static let slug = "server"

    func validate() throws {
        guard (policy != nil) != allowAll else { throw ValidationError("give either --policy FILE or --allow-all") }
        guard (url != nil) == command.isEmpty else { throw ValidationError("give either --url URL or -- COMMAND") }
        guard !noToken || listen != nil else { throw ValidationError("--no-token goes with --listen") }
        guard url != nil || (headers.isEmpty && tokenEnv == nil) else {
            throw ValidationError("--header and --token-env go with --url")
        }
        guard headers.allSatisfy({ $0.utf8.contains(UInt8(ascii: ":")) }) else {
            throw ValidationError("--header wants `Name: value`")
        }
        guard let listen else { return }
        guard let address = ListenAddress(listen), address.isLoopback else {
            throw ValidationError("--listen takes a loopback address such as 127.0.0.1:8420")
        }
    }

    func run() async throws {
        let logger = Logger(label: "gatehouse")
        let access = try loadAccess()
        var settings = ServerSettings(acceptance: .initial)
        // One client's process is asked in that client's era; an address may be shared by clients of both.
        settings.acceptsBothEras = url != nil && listen != nil
        let server = DeclaredServer(slug: Self.slug, transport: try transport(), settings: settings)
        let assembly = Assembly(try stores(), logger: logger, loops: listen == nil ? 1 : Processors.usable)
        let fleet = UpstreamFleet(line: assembly.line, on: assembly.group, followsClientEra: true, logger: logger)
        let principal = Principal(grant: Grant(label: "wrap", access: [Self.slug: access]))
        guard let upstream = try fleet.upstreams(for: [server])[Self.slug],
            let only = Server(slug: Self.slug, upstream: upstream, settings: server.settings)
        else { throw CommandFailure("the server cannot be set up") }
        let token = GrantToken.random()
        assembly.line.configuration.replace(servers: [only], grants: [TokenDigest(of: token.utf8): principal])
        let upstreams = Part("upstreams") {
            await fleet.run()
        } stop: {
            await fleet.close()
        }
        if let listen, let address = ListenAddress(listen) {
            let endpoint = try await Self.listen(
                address, noToken ? .anyone(as: principal) : .bearers, assembly)
            let port = endpoint.address?.port ?? address.port
            say("listening on http://\(ListenAddress(host: address.host, port: port))/mcp")
            if !noToken { say("Authorization: Bearer \(token)") }
            try await Running.run(
                assembly,
                parts: [
                    upstreams,
                    Part("endpoint") {
                        try await endpoint.run()
                    } stop: {
                        await endpoint.close()
                    },
                ])
        } else {
            let entry = Entry(
                principal: principal, server: Self.slug, headers: nil,
                conversation: assembly.line.openConnection(principal: principal, server: Self.slug))
            let endpoint = try await StdioEndpoint.open(
                input: dup(STDIN_FILENO), output: dup(STDOUT_FILENO), entry: entry, line: assembly.line,
                on: assembly.group)
            try await Running.run(
                assembly, parts: [upstreams],
                last: Part("client") {
                    try await endpoint.run()
                } stop: {
                    await endpoint.close()
                })
        }
    }

    private static func listen(
        _ address: ListenAddress, _ senders: EndpointConfiguration.Senders, _ assembly: Assembly
    ) async throws -> Endpoint {
        try await Endpoint.listen(
            host: address.host, port: address.port, tls: nil, line: assembly.line, on: assembly.group
        ) { port in
            EndpointConfiguration(
                addresses: .single(server: slug), senders: senders,
                peers: AllowedPeers(host: address.host, port: port),
                publicOrigin: "http://\(ListenAddress(host: address.host, port: port))")
        }
    }

    private func loadAccess() throws -> Access {
        guard let policy else { return .everything }
        let document = try PolicyDocuments.load(policy)
        return .policy(try Policy(compiling: document, id: policy, version: 1), .enforce)
    }

    private func transport() throws -> DeclaredServer.Transport {
        let environment = ProcessInfo.processInfo.environment
        do {
            guard let url else { return .command(try StdioCommand(command, environment: environment)) }
            var sent: [StaticHeader] = []
            for header in headers {
                let scalars = header.unicodeScalars
                let colon = scalars.firstIndex(of: ":") ?? scalars.endIndex
                sent.append(
                    try StaticHeader(
                        name: String(scalars[..<colon]), value: String(scalars[colon...].dropFirst())))
            }
            if let tokenEnv {
                guard let token = environment[tokenEnv], !token.isEmpty else {
                    throw CommandFailure("the environment variable `\(tokenEnv)` is not set", .checkFailed)
                }
                sent.append(try StaticHeader(name: "Authorization", value: "Bearer \(token)"))
            }
            return .url(try UpstreamAddress(url, isOperatorTyped: true), headers: sent, certificates: nil)
        } catch let failure as CommandFailure {
            throw failure
        } catch {
            throw CommandFailure("\(error)", .checkFailed)
        }
    }

    private func stores() throws -> Assembly.Stores {
        let definitions = MemoryDefinitions()
        guard let audit else {
            return Assembly.Stores(
                counters: MemoryCounters(clock: WallTime.system), audit: PrintedAudit(), definitions: definitions)
        }
        let store = try SQLiteStore.opened(at: audit)
        return Assembly.Stores(counters: store, audit: store, definitions: definitions)
    }

    /// Standard output belongs to the protocol, so people are spoken to on standard error.
    private func say(_ line: String) {
        FileHandle.standardError.write(Data((line + "\n").utf8))
    }
}

import Administration
import ArgumentParser
import Console
import Foundation
import Gateway
import GatewayHTTP
import GatewayStorage
import Logging
import NIOCore
import NIOSSL
import SQLiteStorage
import ServiceLifecycle

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve the servers, policies and grants that people register, or a configuration file declares.",
        discussion: """
            Without a file, everything is kept in the data folder and changed through the console, its interface and \
            the commands; until somebody has, a start prints a link to sign up with.

            Agents reach each server at http://ADDRESS/mcp/SERVER with `Authorization: Bearer TOKEN`. The file and the \
            policies it names are watched: a change takes effect at once, a change with a mistake is reported and \
            refused.

            People reach the catalogue at http://127.0.0.1:8421/catalog.

            Settings come from flags, then the environment (GATEHOUSE_CONFIG, GATEHOUSE_LISTEN, \
            GATEHOUSE_CONSOLE_LISTEN, GATEHOUSE_DATA), then the file.
            """)

    @Option(help: ArgumentHelp("The configuration file.", valueName: "file"))
    var config: String?

    @Option(help: ArgumentHelp("Where to listen, instead of what the file says.", valueName: "host:port"))
    var listen: String?

    @Option(
        help: ArgumentHelp(
            "Where people reach the console, or `off`, instead of what the file says.", valueName: "host:port")
    )
    var consoleListen: String?

    @Option(help: ArgumentHelp("The folder for the store, instead of what the file says.", valueName: "folder"))
    var data: String?

    @Flag(help: "TLS ends at a proxy in front: allow a public address without it.")
    var behindProxy = false

    func validate() throws {
        if let listen, ListenAddress(listen) == nil {
            throw ValidationError("`\(listen)` is no address to listen on – write `127.0.0.1:8420`")
        }
        if let consoleListen, DeclaredConsole.Listening(consoleListen) == nil {
            throw ValidationError("`\(consoleListen)` is no address to listen on – write `127.0.0.1:8421`, or `off`")
        }
    }

    func run() async throws {
        let environment = ProcessInfo.processInfo.environment
        let logger = Logger(label: "gatehouse")
        let loader = ConfigurationLoader.chosen(config, environment: environment)
        let loaded: ConfigurationLoader.Loaded
        do throws(ConfigurationLoader.Failure) { loaded = try loader?.load() ?? .nothing } catch {
            throw CommandFailure("\(error)", .checkFailed)
        }
        let address = try ListenAddress.chosen(listen ?? environment["GATEHOUSE_LISTEN"], loaded.declared.listen)
        try Self.check(address, loaded.declared, isBehindProxy: behindProxy)
        let console = try Self.console(consoleListen ?? environment["GATEHOUSE_CONSOLE_LISTEN"], loaded.declared)
        if let console { try Self.check(console, loaded.declared, isBehindProxy: behindProxy) }
        let folder = data ?? environment["GATEHOUSE_DATA"] ?? loaded.declared.dataDirectory ?? DataFolder.standard
        let hold = try DataFolderHold(folder, for: .serving)
        defer { hold.release() }
        let store = try SQLiteStore.opened(in: folder)
        let assembly = Assembly(.init(counters: store, audit: store, definitions: store), logger: logger)
        let links = SignInLinks(
            console: console.map { "\(loaded.declared.tls == nil ? "http" : "https")://\($0)" }, logger: logger)
        let keyring = try SecretKeyFile.keyring(in: folder, environment: environment)
        let credentials = SealedCredentials(in: store, under: keyring)
        let rescans = Rescans(logger: logger)
        let fleet = UpstreamFleet(
            line: assembly.line, on: assembly.group, credentials: credentials, links: links,
            toolsChanged: { rescans.wish($0) }, logger: logger)
        let authority = ClientAuthority(
            PublicAddress.console(loaded.declared, at: console, data: address, hasFile: loader != nil), loaded.declared,
            keyring: keyring, clock: assembly.line.clock.wall)
        let keeper = ConfigurationKeeper(loader: loader, assembly: assembly, fleet: fleet, own: authority?.issuer)
        let tls = try loaded.declared.tls.map { try ServerCertificate.context($0) }
        let publicOrigin = loaded.declared.publicOrigin
        let hosts =
            loaded.declared.hosts
            + [publicOrigin.flatMap { $0.split(separator: "/").last.map(String.init) }]
            .compactMap(\.self)
        try await keeper.apply(loaded)
        let catalogue = try console.map { address in
            (address, try CatalogueIndexing(in: folder, loaded.declared.console.catalogue, logger: logger))
        }
        let office = Office.open(
            store, keyring: keyring, credentials: .init(of: credentials, fleet: fleet, links: links),
            catalogue: catalogue?.1.index, line: assembly.line, keeper: keeper)
        links.tell { server, isNeeded in await office.noteSignIn(isNeeded: isNeeded, at: server) }
        try await keeper.manage(office)
        let endpoint = try await Endpoint.listen(
            host: address.host, port: address.port, tls: tls, line: assembly.line, on: assembly.group
        ) { port in
            let origin =
                publicOrigin ?? "\(tls == nil ? "http" : "https")://\(ListenAddress(host: address.host, port: port))"
            return EndpointConfiguration(
                addresses: .servers, peers: AllowedPeers(host: address.host, port: port, named: hosts),
                publicOrigin: origin)
        }
        let port = endpoint.address?.port ?? address.port
        let reached = "\(tls == nil ? "http" : "https")://\(ListenAddress(host: address.host, port: port))"
        logger.notice("listening on \(reached)")
        let token = LocalDoor.token()
        let administration = AdministrationParts(
            office: office, operatorDigest: token.digest, clock: assembly.line.clock.wall)
        let link = loader == nil ? try await office.makeFirstLink() : nil
        let pages = try catalogue.map { address, catalogue in
            try consoleParts(
                at: address, loaded.declared, catalogue, data: reached, administration: administration,
                signIns: links.signIns { fleet.authorizations },
                providers: .of(keeper, office: office, clock: assembly.line.clock, logger: logger),
                authorization: authority?.server(office, gateway: publicOrigin ?? reached),
                door: .init(folder: folder, token: token.secret, link: link), logger: logger)
        }
        try await Running.run(
            assembly,
            parts: [
                Part("upstreams") {
                    await fleet.run()
                } stop: {
                    await fleet.close()
                },
                Part("endpoint") {
                    try await endpoint.run()
                } stop: {
                    await endpoint.close()
                },
                Part("configuration") {
                    await keeper.run()
                } stop: {
                    keeper.close()
                },
                Part("scans") {
                    await rescans.run(office, clock: assembly.line.clock.wall) { keeper.rescanInterval }
                } stop: {
                },
            ] + (pages ?? []))
    }

    /// The catalogue's index and the console that shows it.
    private func consoleParts(
        at address: ListenAddress, _ declared: DeclaredConfiguration, _ catalogue: CatalogueIndexing, data: String,
        administration: AdministrationParts, signIns: UpstreamSignIns, providers: ProviderSignIns,
        authorization: AuthorizationServer?, door: Part.Door, logger: Logger
    ) throws -> [Part] {
        var parts = ConsoleParts(catalogue: catalogue.index)
        parts.unready = { catalogue.unready }
        parts.administration = administration
        parts.signIns = signIns
        parts.providers = providers
        parts.authorization = authorization
        return [
            Part("catalogue") {
                await catalogue.run()
                try? await gracefulShutdown()
            } stop: {
            },
            try .console(
                at: address, declared, parts, data: PublicAddress.gateway(declared, reached: data),
                isBehindProxy: behindProxy || declared.isBehindProxy, door: door, logger: logger),
        ]
    }

    /// Where the console is to listen; nil where it is off.
    private static func console(_ typed: String?, _ declared: DeclaredConfiguration) throws -> ListenAddress? {
        var listening = declared.console.listening
        if let typed {
            guard let chosen = DeclaredConsole.Listening(typed) else {
                throw CommandFailure(
                    "`\(typed)` is no address to listen on – write `127.0.0.1:8421`, or `off`", .checkFailed)
            }
            listening = chosen
        }
        switch listening {
        case .off: return nil
        case .on(let address): return address
        }
    }

    /// Refuses to be reachable by strangers in the clear (architecture, "Security stances").
    private static func check(
        _ address: ListenAddress, _ declared: DeclaredConfiguration, isBehindProxy: Bool
    ) throws {
        guard !address.isLoopback, declared.tls == nil, !isBehindProxy, !declared.isBehindProxy else { return }
        throw CommandFailure(
            """
            refusing to listen on \(address) without TLS: tokens would travel in the clear
            give `tls: { certificate: …, key: … }`, or say `behind_proxy: true` where a proxy in front ends TLS
            """, .checkFailed)
    }
}

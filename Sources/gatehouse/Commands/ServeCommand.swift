import ArgumentParser
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
        abstract: "Serve the servers, policies and grants that a configuration file declares.",
        discussion: """
            Agents reach each server at http://ADDRESS/mcp/SERVER with `Authorization: Bearer TOKEN`. The file and the \
            policies it names are watched: a change takes effect at once, a change with a mistake is reported and \
            refused.

            Settings come from flags, then the environment (GATEHOUSE_CONFIG, GATEHOUSE_LISTEN, GATEHOUSE_DATA), then \
            the file.
            """)

    @Option(help: ArgumentHelp("The configuration file.", valueName: "file"))
    var config: String?

    @Option(help: ArgumentHelp("Where to listen, instead of what the file says.", valueName: "host:port"))
    var listen: String?

    @Option(help: ArgumentHelp("The folder for the store, instead of what the file says.", valueName: "folder"))
    var data: String?

    @Flag(help: "TLS ends at a proxy in front: allow a public address without it.")
    var behindProxy = false

    func run() async throws {
        let environment = ProcessInfo.processInfo.environment
        let logger = Logger(label: "gatehouse")
        let loader = ConfigurationLoader(
            path: config ?? environment["GATEHOUSE_CONFIG"] ?? "gatehouse.yaml", environment: environment)
        let loaded: ConfigurationLoader.Loaded
        do throws(ConfigurationLoader.Failure) { loaded = try loader.load() } catch {
            throw CommandFailure("\(error)", .checkFailed)
        }
        let address = try ListenAddress.chosen(listen ?? environment["GATEHOUSE_LISTEN"], loaded.declared.listen)
        try Self.check(address, loaded.declared, isBehindProxy: behindProxy)
        let folder = data ?? environment["GATEHOUSE_DATA"] ?? loaded.declared.dataDirectory ?? DataFolder.standard
        let store = try SQLiteStore.opened(in: folder)
        let assembly = Assembly(.init(counters: store, audit: store, definitions: store), logger: logger)
        let fleet = UpstreamFleet(line: assembly.line, on: assembly.group, logger: logger)
        let keeper = ConfigurationKeeper(loader: loader, assembly: assembly, fleet: fleet)
        let tls = try loaded.declared.tls.map { try ServerCertificate.context($0) }
        let publicOrigin = loaded.declared.publicOrigin
        let hosts =
            loaded.declared.hosts
            + [publicOrigin.flatMap { $0.split(separator: "/").last.map(String.init) }]
            .compactMap(\.self)
        try await keeper.apply(loaded)
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
        logger.notice(
            "listening on \(tls == nil ? "http" : "https")://\(ListenAddress(host: address.host, port: port))")
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
                    await cancelWhenGracefulShutdown { await keeper.watch() }
                } stop: {
                },
            ])
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

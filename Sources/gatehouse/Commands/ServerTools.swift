import Foundation
import Gateway
import GatewayStorage
import Logging
import MCPMessages
import NIOCore
import PolicyEngine
import PolicyTools

/// Asks a declared server for its tools, as a gateway would that has never seen it, and keeps nothing.
enum ServerTools {
    /// - Parameter config: the configuration that declares the server.
    static func list(_ slug: String, declaredIn config: String?) async throws -> ToolDefinitions {
        let environment = ProcessInfo.processInfo.environment
        let path = config ?? environment["GATEHOUSE_CONFIG"] ?? "gatehouse.yaml"
        let loaded: ConfigurationLoader.Loaded
        do throws(ConfigurationLoader.Failure) {
            loaded = try ConfigurationLoader(path: path, environment: environment).load()
        } catch {
            throw CommandFailure("\(error)", .checkFailed)
        }
        guard let declared = loaded.declared.servers.first(where: { $0.slug.utf8.elementsEqual(slug.utf8) }) else {
            let known = loaded.declared.servers.map { "`\($0.slug)`" }.joined(separator: ", ")
            throw CommandFailure("there is no server `\(slug)` in \(path); there is \(known)", .checkFailed)
        }
        return try await list(declared)
    }

    private static func list(_ declared: DeclaredServer) async throws -> ToolDefinitions {
        // That definitions are accepted is true of this process alone, and nobody's news.
        var logger = Logger(label: "gatehouse")
        logger.logLevel = .warning
        let assembly = Assembly(
            .init(
                counters: MemoryCounters(clock: WallTime.system), audit: MemoryAudit(),
                definitions: MemoryDefinitions()),
            logger: logger, loops: 1)
        let fleet = UpstreamFleet(line: assembly.line, on: assembly.group, logger: assembly.logger)
        guard let upstream = try fleet.upstreams(for: [declared])[declared.slug],
            let server = Server(
                slug: declared.slug, upstream: upstream, settings: ServerSettings(acceptance: .initial))
        else { throw CommandFailure("the server `\(declared.slug)` cannot be set up") }
        assembly.line.configuration.replace(servers: [server], grants: [:])
        let isEstablished = await withTaskGroup(of: Void.self) { group in
            group.addTask { await fleet.run() }
            let isEstablished = await assembly.line.acceptance.establish(server, for: .house)
            await fleet.close()
            return isEstablished
        }
        try await assembly.group.shutdownGracefully()
        guard isEstablished else { throw CommandFailure("the server `\(declared.slug)` did not list its tools") }
        let list = DefinitionList(server: declared.slug, era: .modern)
        let accepted = assembly.line.configuration.current.definitions(of: list).accepted
        return ToolDefinitions(
            accepted.sorted { $0.key < $1.key }.compactMap { ToolDefinition($0.value.definition) })
    }
}

import Gateway
import GatewayStorage
import Logging
import PolicyEngine
import PolicyFiles
import Synchronization

/// Puts configurations in force: the first at start, and each later one when a file changes.
///
/// A configuration that has a problem is reported and changes nothing; the running one goes on.
final class ConfigurationKeeper: Sendable {
    private static let look = Duration.seconds(1)

    private struct Running {
        var contents: ConfigurationLoader.Contents = [:]
        var policies: [String: Policy] = [:]
        var servers: [DeclaredServer] = []
        var upstreams: [String: any Upstream] = [:]
        var identity = RunningIdentity()
    }

    private let loader: ConfigurationLoader
    private let assembly: Assembly
    private let fleet: UpstreamFleet
    private let running = Mutex(Running())

    init(loader: ConfigurationLoader, assembly: Assembly, fleet: UpstreamFleet) {
        self.loader = loader
        self.assembly = assembly
        self.fleet = fleet
    }

    /// Puts a configuration in force.
    func apply(_ loaded: ConfigurationLoader.Loaded) async throws {
        for warning in loaded.warnings { assembly.logger.warning("\(warning)") }
        let before = running.withLock { $0 }
        let policies = try compile(loaded.policies, succeeding: before.policies)
        let upstreams = try fleet.upstreams(for: loaded.declared.servers)
        let servers = loaded.declared.servers.compactMap { declared in
            upstreams[declared.slug].flatMap {
                Server(slug: declared.slug, upstream: $0, settings: declared.settings)
            }
        }
        let principals = loaded.declared.grants.map { (token: $0.token, principal: principal($0, policies)) }
        let grants = Dictionary(
            principals.compactMap { entry in entry.token.map { ($0, entry.principal) } },
            uniquingKeysWith: { first, _ in first })
        let identity = before.identity.succeeded(
            by: loaded.declared.identity, clock: assembly.line.clock, logger: assembly.logger)
        let rules = identity.rules(for: principals.map(\.principal.grant))
        for server in servers where before.upstreams[server.slug] == nil {
            try await assembly.line.acceptance.restore(server.slug)
        }
        assembly.line.configuration.replace(servers: servers, grants: grants, identity: rules)
        running.withLock {
            $0 = Running(
                contents: loaded.contents, policies: policies, servers: loaded.declared.servers, upstreams: upstreams,
                identity: identity)
        }
        let scanner = Scanner(line: assembly.line, logger: assembly.logger)
        for server in servers {
            if before.upstreams[server.slug] != nil { assembly.line.tellListsChanged(at: server.slug) }
            _ = assembly.slowLane.submit { await scanner.scan(server.slug) }
        }
        await fleet.retire(fleet.gone(from: before.upstreams))
    }

    /// Looks at the files every second and applies what has changed, until cancelled.
    func watch() async {
        while (try? await Task.sleep(for: Self.look)) != nil {
            let known = running.withLock { $0.contents }
            guard loader.contents(of: known.keys) != known else { continue }
            do {
                let loaded = try loader.load()
                try await apply(loaded)
                assembly.logger.notice("configuration reloaded")
            } catch let failure as ConfigurationLoader.Failure {
                // Reported once for each change, not every second.
                running.withLock { running in
                    for (path, content) in failure.contents { running.contents[path] = content }
                }
                assembly.logger.error("the changed configuration is refused; the running one stays\n\(failure)")
            } catch {
                assembly.logger.error("the changed configuration cannot be applied: \(error)")
            }
        }
    }

    /// A document that is as it was keeps its version; a changed one gets the next.
    private func compile(
        _ documents: [String: PolicyDocument], succeeding earlier: [String: Policy]
    ) throws -> [String: Policy] {
        var policies: [String: Policy] = [:]
        for (name, document) in documents {
            if let known = earlier[name], known.document == document {
                policies[name] = known
            } else {
                policies[name] = try Policy(
                    compiling: document, id: name, version: (earlier[name]?.version ?? 0) + 1)
            }
        }
        return policies
    }

    private func principal(_ declared: DeclaredGrant, _ policies: [String: Policy]) -> Principal {
        var access: [String: Access] = [:]
        for pair in declared.pairs {
            // A policy that is missing was refused when the file was read; without one there is no access.
            guard let policy = policies[pair.policy] else { continue }
            access[pair.server] = .policy(policy, pair.mode)
        }
        return Principal(grant: Grant(label: declared.label, tags: declared.tags, access: access))
    }
}

import Administration
import Gateway
import GatewayStorage
import IdentityProviders
import Logging
import PolicyEngine
import PolicyFiles
import Synchronization

/// Puts in force what files declare and what the directory says, together: the first at start, and each later state when
/// either changes.
///
/// A file that has a problem is reported and changes nothing; the running configuration goes on. Changes are made one
/// after another, by `run`.
final class ConfigurationKeeper: Sendable {
    private static let look = Duration.seconds(1)

    struct Running {
        var contents: ConfigurationLoader.Contents = [:]
        var declared = DeclaredConfiguration()
        /// As it was at the start, of which some settings are read then alone.
        var started: DeclaredConfiguration?
        var policies: [String: Policy] = [:]
        var managed = ManagedConfiguration()
        var upstreams: [String: any Upstream] = [:]
        var identity = RunningIdentity()
        /// Whether the directory says something that is not in force: tried again until it is.
        var isBehind = false
        var signIn = RunningSignIn()
    }

    private enum Order {
        case look
        case directoryChanged(CheckedContinuation<Bool, Never>)
    }

    /// Nil where no file is declared.
    let loader: ConfigurationLoader?
    private let assembly: Assembly
    private let fleet: UpstreamFleet
    /// The gateway's own authorisation server; nil where there is none.
    private let own: OwnIssuer?
    let running = Mutex(Running())
    private let office = Mutex<Administration?>(nil)
    private let orders: AsyncStream<Order>
    private let inbox: AsyncStream<Order>.Continuation

    init(loader: ConfigurationLoader?, assembly: Assembly, fleet: UpstreamFleet, own: OwnIssuer? = nil) {
        self.loader = loader
        self.own = own
        self.assembly = assembly
        self.fleet = fleet
        (orders, inbox) = AsyncStream.makeStream()
    }

    var logger: Logger { assembly.logger }

    /// Names that the files own.
    var declaredNames: DeclaredNames {
        let declared = running.withLock { $0.declared }
        return DeclaredNames(
            servers: Set(declared.servers.map(\.slug)), policies: Set(declared.policies.map(\.name)),
            grants: Set(declared.grants.map(\.label)))
    }

    /// Whether the files own this slug.
    func owns(server slug: String) -> Bool {
        running.withLock { $0.declared.servers.contains { $0.slug.utf8.elementsEqual(slug.utf8) } }
    }

    /// Where people may sign in now.
    var signIn: RunningSignIn { running.withLock { $0.signIn } }

    /// How often registered servers' tools are listed again; nil where it is off.
    var rescanInterval: Duration? { running.withLock { $0.declared.rescan } }

    /// Puts the directory in force, from now on beside the files.
    func manage(_ office: Administration) async throws {
        self.office.withLock { $0 = office }
        try await readDirectory()
    }

    /// Puts in force what the directory now says; true when it is.
    func directoryChanged() async -> Bool {
        await withCheckedContinuation { continuation in
            switch inbox.yield(.directoryChanged(continuation)) {
            case .enqueued: break
            case .dropped, .terminated: continuation.resume(returning: false)
            @unknown default: continuation.resume(returning: false)
            }
        }
    }

    /// Puts a configuration of files in force.
    func apply(_ loaded: ConfigurationLoader.Loaded) async throws {
        for warning in loaded.warnings { assembly.logger.warning("\(warning)") }
        var next = running.withLock { $0 }
        next.policies = try compile(loaded.policies, succeeding: next.policies)
        next.contents = loaded.contents
        next.declared = loaded.declared
        next.started = next.started ?? loaded.declared
        try await apply(next)
    }

    private func readDirectory() async throws {
        guard let office = office.withLock({ $0 }) else { return }
        var next = running.withLock { $0 }
        var reader = ManagedReader(
            office: office, earlier: next.managed, now: assembly.line.clock.wall(), logger: assembly.logger)
        next.managed = try await reader.read()
        next.isBehind = false
        try await apply(next)
    }

    private func apply(_ next: Running) async throws {
        var next = next
        let before = running.withLock { $0.upstreams }
        // What files declare, they own; a slug of the directory that a file took meanwhile is the file's.
        let owned = Set(next.declared.servers.map(\.slug))
        let managed = next.managed.servers.filter { !owned.contains($0.slug) }
        next.upstreams = try fleet.upstreams(for: next.declared.servers, managed: managed)
        let servers = (next.declared.servers + managed).compactMap { declared in
            next.upstreams[declared.slug].flatMap {
                Server(
                    slug: declared.slug,
                    of: owned.contains(declared.slug)
                        ? House.organisation : next.managed.owners[declared.slug] ?? House.organisation,
                    upstream: $0, settings: declared.settings)
            }
        }
        let principals = next.declared.grants.map { (token: $0.token, principal: principal($0, next.policies)) }
        var grants = next.managed.grants.mapValues { Self.without(owned, $0) }
        for entry in principals { if let token = entry.token { grants[token] = entry.principal } }
        next.identity = next.identity.succeeded(
            by: next.declared.identity, own: own, clock: assembly.line.clock, logger: assembly.logger)
        next.signIn = next.signIn.succeeded(by: next.declared.signIn, clock: assembly.line.clock)
        let rules = next.identity.rules(
            for: principals.map(\.principal.grant),
            registered: next.managed.registered.mapValues { Self.without(owned, $0) },
            connected: own.map { own in
                ConnectedClients(
                    issuer: own.issuer, principals: next.managed.connections.mapValues { Self.without(owned, $0) })
            })
        let line = assembly.line
        for server in next.declared.servers where before[server.slug] == nil {
            try await line.acceptance.restore(server.slug)
        }
        for server in managed {
            let accepted = next.managed.accepted[server.slug] ?? .init()
            line.acceptance.decide(accepted.tools, seen: accepted.seen, of: server.slug)
        }
        line.configuration.replace(servers: servers, grants: grants, identity: rules)
        line.endWhatIsRevoked()
        running.withLock { [next] in $0 = next }
        let scanner = Scanner(line: line, logger: assembly.logger)
        let isManaged = Set(managed.map(\.slug))
        line.tellListsChanged(at: servers.map(\.slug).filter { before[$0] != nil })
        for server in servers {
            // What the directory registers is scanned when a person asks for it.
            if isManaged.contains(server.slug) && !line.acceptance.isEstablished(server.slug) { continue }
            _ = assembly.slowLane.submit { await scanner.scan(server.slug) }
        }
        // Not waited for: a server that is slow to end holds up no revocation.
        let gone = fleet.gone(from: before)
        if gone.isEmpty || assembly.slowLane.submit({ [fleet] in await fleet.retire(gone) }) { return }
        await fleet.retire(gone)
    }

    /// A principal of the directory does not reach what files declare.
    private static func without(_ owned: Set<String>, _ principal: Principal) -> Principal {
        guard !owned.isDisjoint(with: principal.grant.access.keys) else { return principal }
        let grant = principal.grant
        return Principal(
            id: principal.id, grant: without(owned, grant), email: principal.email)
    }

    private static func without(_ owned: Set<String>, _ grant: Grant) -> Grant {
        Grant(
            id: grant.id, label: grant.label, of: grant.organisation, tags: grant.tags,
            access: grant.access.filter { !owned.contains($0.key) })
    }

    /// Looks at the files and at what ends by itself every second, and makes the changes, until `close`.
    func run() async {
        await withDiscardingTaskGroup { group in
            group.addTask { [inbox] in
                while (try? await Task.sleep(for: Self.look)) != nil { inbox.yield(.look) }
            }
            for await order in orders {
                switch order {
                case .look: await look()
                case .directoryChanged(let continuation):
                    continuation.resume(
                        returning: await apply("the changed directory cannot be put in force") {
                            try await readDirectory()
                        })
                }
            }
            group.cancelAll()
        }
    }

    /// Takes no more changes; `run` returns when those that came are made.
    func close() { inbox.finish() }

    private func look() async {
        assembly.line.endWhatIsOver()
        let (known, end, isBehind) = running.withLock { ($0.contents, $0.managed.nextEnd, $0.isBehind) }
        if isBehind || (end.map { $0 <= assembly.line.clock.wall() } ?? false) {
            _ = await apply("what the directory says cannot be put in force; it is tried again") {
                try await readDirectory()
            }
        }
        guard let loader, loader.contents(of: known.keys) != known else { return }
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

    private func apply(_ failure: Logger.Message, _ body: () async throws -> Void) async -> Bool {
        do {
            try await body()
            return true
        } catch {
            let isNews = running.withLock { running in
                defer { running.isBehind = true }
                return !running.isBehind
            }
            // Said once, though it is tried every second.
            if isNews { assembly.logger.error(failure, metadata: ["error": "\(error)"]) }
            return false
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

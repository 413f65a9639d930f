import Fetching
import Gateway
import GatewayStorage
import Logging
import MCPMessages
import NIOCore
import Synchronization
import Upstreams

/// The upstreams that run, one per declared server: made when declared, kept while the declaration stays as it is,
/// ended when it goes.
final class UpstreamFleet: Sendable {
    private struct Member {
        let declared: DeclaredServer
        let upstream: any Upstream
        let authorization: UpstreamAuthorization?
    }

    private let members = Mutex<[String: Member]>([:])
    private let line: CallLine
    private let group: any EventLoopGroup
    private let logger: Logger
    private let followsClientEra: Bool
    private let credentials: any CredentialStore
    private let links: SignInLinks?
    /// Told of a server that says its list of tools changed.
    private let toolsChanged: @Sendable (_ server: String) -> Void
    /// What runs beside an upstream for as long as it does: its processes, or its authorisation.
    private let orders: AsyncStream<@Sendable () async -> Void>
    private let inbox: AsyncStream<@Sendable () async -> Void>.Continuation

    /// - Parameters:
    ///   - followsClientEra: the one client's own server (`wrap`).
    ///   - credentials: where tokens that servers gave are kept.
    ///   - links: told of a server that a person has to sign in at.
    ///   - toolsChanged: told of a server that says its list of tools changed.
    init(
        line: CallLine, on group: any EventLoopGroup, followsClientEra: Bool = false,
        credentials: any CredentialStore = MemoryCredentials(), links: SignInLinks? = nil,
        toolsChanged: @escaping @Sendable (_ server: String) -> Void = { _ in }, logger: Logger
    ) {
        self.links = links
        self.toolsChanged = toolsChanged
        self.credentials = credentials
        self.line = line
        self.group = group
        self.logger = logger
        self.followsClientEra = followsClientEra
        (orders, inbox) = AsyncStream.makeStream()
    }

    /// The upstreams for these declarations. Those that were running for the same declaration are the same ones.
    ///
    /// - Parameters:
    ///   - declared: by files, which are put in force as a whole or not at all.
    ///   - managed: registered by people, each for itself: one that cannot be made is left out and reported, so that it
    ///     stands in the way of nobody's revocation.
    func upstreams(
        for declared: [DeclaredServer], managed: [DeclaredServer] = []
    ) throws -> [String: any Upstream] {
        let running = members.withLock { $0 }
        var next: [String: Member] = [:]
        for (server, isManaged) in declared.map({ ($0, false) }) + managed.map({ ($0, true) }) {
            if let member = running[server.slug], member.declared.reaches(sameAs: server) {
                next[server.slug] = Member(
                    declared: server, upstream: member.upstream, authorization: member.authorization)
            } else {
                let authorization = authorization(for: server)
                do {
                    next[server.slug] = Member(
                        declared: server, upstream: try make(server, authorization), authorization: authorization)
                } catch {
                    guard isManaged else { throw error }
                    logger.error(
                        "a server cannot be used", metadata: ["server": "\(server.slug)", "error": "\(error)"])
                }
            }
        }
        members.withLock { $0 = next }
        return next.mapValues(\.upstream)
    }

    /// By slug, those of servers that ask for tokens.
    var authorizations: [String: UpstreamAuthorization] { members.withLock { $0.compactMapValues(\.authorization) } }

    /// Ends the upstreams that no declaration needs any more.
    func retire(_ upstreams: [any Upstream]) async {
        for upstream in upstreams { await upstream.shutDown() }
    }

    /// Those among `earlier` that are not running any more.
    func gone(from earlier: [String: any Upstream]) -> [any Upstream] {
        let running = Set(members.withLock { $0.values.map { ObjectIdentifier($0.upstream as AnyObject) } })
        return earlier.values.filter { !running.contains(ObjectIdentifier($0 as AnyObject)) }
    }

    /// Does what runs beside upstreams, as children of this task.
    func run() async {
        await withDiscardingTaskGroup { group in
            for await order in orders { group.addTask { await order() } }
        }
    }

    func close() async {
        let running = members.withLock { members in
            defer { members = [:] }
            return members.values.map(\.upstream)
        }
        await withDiscardingTaskGroup { group in
            for upstream in running { group.addTask { await upstream.shutDown() } }
        }
        inbox.finish()
    }

    private func authorization(for server: DeclaredServer) -> UpstreamAuthorization? {
        guard case .url(let address, _, _) = server.transport, let settings = server.oauth else { return nil }
        let clock = line.clock
        let account = server.account ?? "file/\(server.slug)"
        let authorization = UpstreamAuthorization(
            server: server.slug, at: address, settings, keeping: credentials,
            under: account, clock: { clock.secondsSince1970 }, logger: logger,
            onNeed: { [links] in await links?.ask(for: server.slug, of: account) })
        inbox.yield { await authorization.run() }
        return authorization
    }

    private func make(
        _ server: DeclaredServer, _ authorization: UpstreamAuthorization?
    ) throws -> any Upstream {
        let slug = server.slug
        let heard: @Sendable (UpstreamEvent) -> Void = { [line, toolsChanged] event in
            line.heard(event, from: slug)
            if case .changed(.tools) = event { toolsChanged(slug) }
        }
        switch server.transport {
        case .command(let command):
            var logger = logger
            logger[metadataKey: "server"] = "\(slug)"
            let upstream = StdioUpstream(
                command: command, timeouts: server.timeouts, limits: server.limits,
                followsClientEra: followsClientEra, clientInfo: House.info, group: group, logger: logger, onEvent: heard
            )
            inbox.yield { await upstream.run() }
            return upstream
        case .url(let address, let headers, let certificates):
            var configuration = HTTPUpstream.Configuration(address: address, clientInfo: House.info)
            configuration.headers = headers
            configuration.timeouts = server.timeouts
            configuration.authorization = authorization
            configuration.followsClientEra = followsClientEra
            if address.scheme == .https { configuration.trust = try TLSTrust(additionalRootsFile: certificates) }
            return try HTTPUpstream(configuration, on: group, onEvent: heard)
        }
    }
}

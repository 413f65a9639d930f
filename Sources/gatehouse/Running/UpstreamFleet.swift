import Fetching
import Gateway
import Logging
import NIOCore
import Synchronization
import Upstreams

/// The upstreams that run, one per declared server: made when declared, kept while the declaration stays as it is,
/// ended when it goes.
final class UpstreamFleet: Sendable {
    private struct Member {
        let declared: DeclaredServer
        let upstream: any Upstream
    }

    private let members = Mutex<[String: Member]>([:])
    private let line: CallLine
    private let group: any EventLoopGroup
    private let logger: Logger
    private let followsClientEra: Bool
    private let orders: AsyncStream<StdioUpstream>
    private let inbox: AsyncStream<StdioUpstream>.Continuation

    /// - Parameter followsClientEra: the one client's own server (`wrap`).
    init(line: CallLine, on group: any EventLoopGroup, followsClientEra: Bool = false, logger: Logger) {
        self.line = line
        self.group = group
        self.logger = logger
        self.followsClientEra = followsClientEra
        (orders, inbox) = AsyncStream.makeStream()
    }

    /// The upstreams for these declarations. Those that were running for the same declaration are the same ones.
    func upstreams(for declared: [DeclaredServer]) throws -> [String: any Upstream] {
        let running = members.withLock { $0 }
        var next: [String: Member] = [:]
        for server in declared {
            if let member = running[server.slug], member.declared.reaches(sameAs: server) {
                next[server.slug] = Member(declared: server, upstream: member.upstream)
            } else {
                next[server.slug] = Member(declared: server, upstream: try make(server))
            }
        }
        members.withLock { $0 = next }
        return next.mapValues(\.upstream)
    }

    /// Ends the upstreams that no declaration needs any more.
    func retire(_ upstreams: [any Upstream]) async {
        for upstream in upstreams { await upstream.shutDown() }
    }

    /// Those among `earlier` that are not running any more.
    func gone(from earlier: [String: any Upstream]) -> [any Upstream] {
        let running = Set(members.withLock { $0.values.map { ObjectIdentifier($0.upstream as AnyObject) } })
        return earlier.values.filter { !running.contains(ObjectIdentifier($0 as AnyObject)) }
    }

    /// Keeps the processes of stdio servers as children of this task.
    func run() async {
        await withDiscardingTaskGroup { group in
            for await upstream in orders { group.addTask { await upstream.run() } }
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

    private func make(_ server: DeclaredServer) throws -> any Upstream {
        let slug = server.slug
        let heard: @Sendable (UpstreamEvent) -> Void = { [line] event in line.heard(event, from: slug) }
        switch server.transport {
        case .command(let command):
            var logger = logger
            logger[metadataKey: "server"] = "\(slug)"
            let upstream = StdioUpstream(
                command: command, timeouts: server.timeouts, limits: server.limits,
                followsClientEra: followsClientEra, clientInfo: House.info, group: group, logger: logger, onEvent: heard
            )
            inbox.yield(upstream)
            return upstream
        case .url(let address, let headers, let certificates):
            var configuration = HTTPUpstream.Configuration(address: address, clientInfo: House.info)
            configuration.headers = headers
            configuration.timeouts = server.timeouts
            configuration.followsClientEra = followsClientEra
            if address.scheme == .https { configuration.trust = try TLSTrust(additionalRootsFile: certificates) }
            return try HTTPUpstream(configuration, on: group, onEvent: heard)
        }
    }
}

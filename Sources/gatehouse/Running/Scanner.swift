import Gateway
import Logging
import MCPMessages
import ServiceLifecycle

/// Takes each server's tools when it is first declared, so that the first client need not wait for it.
///
/// A server that cannot be reached is tried again, each time after twice as long a wait; a client that asks meanwhile
/// has it tried at once.
struct Scanner: Sendable {
    private static let firstWait = Duration.seconds(1)
    private static let longestWait = Duration.seconds(60)

    let line: CallLine
    let logger: Logger

    /// Establishes a server's definitions, or compares them with what was accepted earlier.
    func scan(_ slug: String) async {
        var wait = Self.firstWait
        while !Task.isCancelled, !Task.isShuttingDownGracefully,
            let server = line.configuration.current.servers[slug]
        {
            if line.acceptance.isEstablished(slug) {
                return await line.acceptance.review(server, for: scope(of: slug))
            }
            guard server.settings.acceptance.takesFirstList else {
                return logger.warning(
                    "no definition of this server is accepted; set `accept: initial` to accept its first list",
                    metadata: ["server": "\(slug)"])
            }
            if await line.acceptance.establish(server, for: scope(of: slug)) {
                return await line.acceptance.establishOther(server, for: scope(of: slug))
            }
            // Not waited for when the gateway stops.
            try? await cancelWhenGracefulShutdown { [wait] in try await Task.sleep(for: wait) }
            wait = min(wait * 2, Self.longestWait)
        }
    }

    /// A legacy server gets one process per principal: the scan uses the first that will call it.
    private func scope(of slug: String) -> UpstreamScope { Self.scope(of: slug, line) }

    static func scope(of slug: String, _ line: CallLine) -> UpstreamScope {
        let principals = line.configuration.current.grants.values.filter { $0.grant.access[slug] != nil }
        guard let first = principals.map(\.id).min() else { return .house }
        return UpstreamScope(principal: first, clientEra: .modern)
    }
}

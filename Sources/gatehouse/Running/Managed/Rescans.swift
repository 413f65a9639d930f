import Administration
import Gateway
import GatewayStorage
import Logging
import ServiceLifecycle
import Synchronization

/// Lists the tools of registered servers again, on schedule and when a server says that they changed, for as long as the
/// program runs.
final class Rescans: Sendable {
    private let schedule = Mutex(RescanSchedule())
    private let logger: Logger

    init(logger: Logger) { self.logger = logger }

    /// A server said that its list of tools changed.
    func wish(_ server: String) { schedule.withLock { $0.wish(server) } }

    /// - Parameter interval: as it is configured now; nil where it is off.
    func run(
        _ office: Administration, clock: @escaping WallClock, every interval: @escaping @Sendable () -> Duration?
    )
        async
    {
        while !Task.isShuttingDownGracefully {
            try? await cancelWhenGracefulShutdown { try await Task.sleep(for: RescanBounds.look) }
            guard !Task.isShuttingDownGracefully, !Task.isCancelled else { return }
            guard let servers = try? await office.scanned() else { continue }
            let due = schedule.withLock { $0.due(among: servers, every: interval(), now: clock()) }
            for start in stride(from: 0, to: due.count, by: RescanBounds.atOnce) where !Task.isShuttingDownGracefully {
                await withDiscardingTaskGroup { group in
                    for slug in due[start...].prefix(RescanBounds.atOnce) {
                        group.addTask { await self.look(at: slug, office) }
                    }
                }
            }
        }
    }

    private func look(at slug: String, _ office: Administration) async {
        let outcome = await office.rescan(slug)
        switch outcome {
        case .same, .notDue: break
        case .news(let tools):
            logger.notice(
                "a server's tools are not as last seen", metadata: ["server": "\(slug)", "tools": "\(tools)"])
        case .failed(let why):
            logger.warning(
                "a server's tools cannot be listed again", metadata: ["server": "\(slug)", "reason": "\(why)"])
        }
        let isFailure = if case .failed = outcome { true } else { false }
        schedule.withLock { $0.ended(slug, succeeded: !isFailure) }
    }
}

import MCPMessages
import Synchronization

/// The servers whose lists are watched because a client listens: one watching for each scope, however many listen in it.
final class WatchedLists: Sendable {
    private struct Key: Hashable {
        let server: String
        let scope: UpstreamScope
    }

    private struct Watched {
        var listeners: Int
        let watching: DeferredCancellation
    }

    private let watched = Mutex<[Key: Watched]>([:])

    /// Watches for one listener more.
    ///
    /// - Returns: what ends it for that listener; idempotent.
    func watch(_ server: Server, for scope: UpstreamScope) -> Cancellation {
        let key = Key(server: server.slug, scope: scope)
        let first: DeferredCancellation? = watched.withLock { watched in
            if watched[key] != nil {
                watched[key]?.listeners += 1
                return nil
            }
            let watching = DeferredCancellation()
            watched[key] = Watched(listeners: 1, watching: watching)
            return watching
        }
        if let first {
            let interest = UpstreamInterest(lists: [.tools, .prompts, .resources])
            // A server that cannot be watched is listed when its clients ask, and tells what it tells.
            first.become(server.upstream.watch(interest, for: scope) { _ in })
        }
        let isEnded = Mutex(false)
        return Cancellation { [self] in
            let wasEnded = isEnded.withLock { isEnded in
                defer { isEnded = true }
                return isEnded
            }
            if !wasEnded { leave(key) }
        }
    }

    private func leave(_ key: Key) {
        let last: DeferredCancellation? = watched.withLock { watched in
            guard var entry = watched[key] else { return nil }
            entry.listeners -= 1
            watched[key] = entry.listeners > 0 ? entry : nil
            return entry.listeners > 0 ? nil : entry.watching
        }
        last?.cancel()
    }
}

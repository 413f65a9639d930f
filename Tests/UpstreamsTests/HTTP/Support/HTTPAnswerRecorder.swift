import Gateway
import MCPMessages
import NIOCore
import NIOPosix
import Synchronization
import Testing
import WireJSON

/// Hears one request out, and lets a test wait for its end.
final class HTTPAnswerRecorder: UpstreamReceiver {
    enum End: Sendable {
        case answered(UpstreamReply)
        case failed(UpstreamFailure)
    }

    private struct State {
        var notifications: [Message.Notification] = []
        var end: End?
        var loop: ObjectIdentifier?
        var waiter: CheckedContinuation<End, Never>?
        var notificationWaiters: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())
    private let onEnd: (@Sendable () -> Void)?
    private let onAsked: (@Sendable (Message.Request, PeerReply) -> Void)?

    /// - Parameters:
    ///   - onEnd: called from inside the receiver's call, as a client's next request would be.
    ///   - onAsked: answers the server's own requests; without it there is nobody to be asked.
    init(
        onEnd: (@Sendable () -> Void)? = nil, onAsked: (@Sendable (Message.Request, PeerReply) -> Void)? = nil
    ) {
        self.onEnd = onEnd
        self.onAsked = onAsked
    }

    func asked(_ request: Message.Request, _ reply: PeerReply) {
        if let onAsked { return onAsked(request, reply) }
        reply.refuse(RPCError(.methodNotFound, "Method not found"))
    }

    var notifications: [Message.Notification] { state.withLock { $0.notifications } }
    /// The event loop the end was told on.
    var loop: ObjectIdentifier? { state.withLock { $0.loop } }
    var hasEnded: Bool { state.withLock { $0.end != nil } }

    func notified(_ notification: Message.Notification) {
        let ready = state.withLock { state in
            #expect(state.end == nil, "a notification after the end")
            state.notifications.append(notification)
            let count = state.notifications.count
            let ready = state.notificationWaiters.filter { $0.count <= count }.map(\.continuation)
            state.notificationWaiters.removeAll { $0.count <= count }
            return ready
        }
        for continuation in ready { continuation.resume() }
    }

    func answered(_ reply: UpstreamReply) { finish(.answered(reply)) }

    func failed(_ failure: UpstreamFailure) { finish(.failed(failure)) }

    private func finish(_ end: End) {
        let loop = MultiThreadedEventLoopGroup.currentEventLoop.map { ObjectIdentifier($0) }
        let waiter = state.withLock { state in
            #expect(state.end == nil, "a second end")
            state.end = end
            state.loop = loop
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume(returning: end)
        onEnd?()
    }

    /// Waits for the end; a minute at most, so that a test that fails says where.
    var end: End {
        get async {
            await withCheckedContinuation { continuation in
                MultiThreadedEventLoopGroup.singleton.any().scheduleTask(in: .seconds(60)) {
                    let waiter = self.state.withLock { state in
                        defer { state.waiter = nil }
                        return state.waiter
                    }
                    waiter?.resume(returning: .failed(UpstreamFailure(.timedOut, "the test waited in vain")))
                }
                let end = state.withLock { state in
                    if state.end == nil { state.waiter = continuation }
                    return state.end
                }
                if let end { continuation.resume(returning: end) }
            }
        }
    }

    func waitForNotifications(_ count: Int) async {
        await withCheckedContinuation { continuation in
            let isReady = state.withLock { state in
                if state.notifications.count >= count { return true }
                state.notificationWaiters.append((count, continuation))
                return false
            }
            if isReady { continuation.resume() }
        }
    }

    /// The result's text as received.
    var result: String {
        get async throws {
            guard case .answered(let reply) = await end, case .result(let result) = reply.outcome else {
                throw Unexpected(what: "\(await end)")
            }
            return String(decoding: result.bytes, as: UTF8.self)
        }
    }

    var failure: UpstreamFailure {
        get async throws {
            guard case .failed(let failure) = await end else { throw Unexpected(what: "\(await end)") }
            return failure
        }
    }

    /// The code of a JSON-RPC error that was relayed.
    var errorCode: Int? {
        get async throws {
            guard case .answered(let reply) = await end, case .error(let error) = reply.outcome else {
                throw Unexpected(what: "\(await end)")
            }
            return error["code"]?.int
        }
    }

    struct Unexpected: Error { var what: String }
}

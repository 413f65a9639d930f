import NIOCore
import NIOPosix
import Synchronization

/// What a server has seen, and a way to wait for it to see more.
final class HTTPServerJournal: Sendable {
    private struct State {
        var requests: [HTTPServerRequest] = []
        var opened = 0
        var closed: Set<Int> = []
        var channels: [Int: any Channel] = [:]
        var waiters: [Int: Waiter] = [:]
        var lastWaiter = 0
    }

    private struct Waiter {
        var isReady: @Sendable (borrowing State) -> Bool
        var continuation: CheckedContinuation<Void, any Error>
    }

    struct WaitedInVain: Error {
        var seen: [String]
    }

    private let state = Mutex(State())

    var requests: [HTTPServerRequest] { state.withLock { $0.requests } }
    var methods: [String] { requests.map { $0.rpcMethod ?? $0.method } }
    /// How many connections there have been.
    var connections: Int { state.withLock { $0.opened } }

    var openChannels: [any Channel] { state.withLock { Array($0.channels.values) } }

    func opened(_ channel: any Channel) -> Int {
        change { state in
            state.opened += 1
            state.channels[state.opened] = channel
            return state.opened
        }
    }

    func closed(_ connection: Int) {
        change { state in
            state.closed.insert(connection)
            state.channels[connection] = nil
        }
    }

    func record(_ request: HTTPServerRequest) -> HTTPServerRequest {
        change { state in
            var request = request
            request.number = state.requests.count + 1
            state.requests.append(request)
            return request
        }
    }

    /// Waits until as many requests with this JSON-RPC (or HTTP) method have come.
    func waitFor(_ method: String, count: Int = 1) async throws {
        try await wait { state in
            state.requests.count { ($0.rpcMethod ?? $0.method) == method } >= count
        }
    }

    func waitForClose(of connection: Int) async throws { try await wait { $0.closed.contains(connection) } }

    private func change<Value: Sendable>(_ body: (inout State) -> Value) -> Value {
        let (value, ready) = state.withLock { state in
            let value = body(&state)
            let ready = state.waiters.filter { $0.value.isReady(state) }
            for number in ready.keys { state.waiters[number] = nil }
            return (value, ready.values.map(\.continuation))
        }
        for continuation in ready { continuation.resume() }
        return value
    }

    /// Half a minute at most, so that a test that fails says where.
    private func wait(_ isReady: @escaping @Sendable (borrowing State) -> Bool) async throws {
        try await withCheckedThrowingContinuation { continuation in
            let number = state.withLock { state -> Int? in
                if isReady(state) { return nil }
                state.lastWaiter += 1
                state.waiters[state.lastWaiter] = Waiter(isReady: isReady, continuation: continuation)
                return state.lastWaiter
            }
            guard let number else { return continuation.resume() }
            MultiThreadedEventLoopGroup.singleton.any().scheduleTask(in: .seconds(30)) {
                let waiter = self.state.withLock { $0.waiters.removeValue(forKey: number) }
                waiter?.continuation.resume(throwing: WaitedInVain(seen: self.methods))
            }
        }
    }
}

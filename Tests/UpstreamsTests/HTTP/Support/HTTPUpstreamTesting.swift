import Fetching
import Gateway
import MCPMessages
import NIOCore
import NIOPosix
import Synchronization
import WireJSON

@testable import Upstreams

/// An upstream before a scripted server, for the length of one test.
struct HTTPUpstreamTesting: Sendable {
    let server: ScriptedHTTPServer
    let upstream: HTTPUpstream
    let events: Events

    final class Events: Sendable {
        private struct State {
            var all: [UpstreamEvent] = []
            var waiters: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
        }

        private let state = Mutex(State())
        var all: [UpstreamEvent] { state.withLock { $0.all } }

        /// The events as texts: `tools`, `alice notifications/x`, `* notifications/x`.
        var texts: [String] {
            all.map { event in
                switch event {
                case .changed(let kind): kind.rawValue
                case .told(let notification, let principal): "\(principal) \(notification.method)"
                case .notification(let notification): "* \(notification.method)"
                }
            }
        }

        func add(_ event: UpstreamEvent) {
            let ready = state.withLock { state in
                state.all.append(event)
                let count = state.all.count
                let ready = state.waiters.filter { $0.count <= count }.map(\.continuation)
                state.waiters.removeAll { $0.count <= count }
                return ready
            }
            for continuation in ready { continuation.resume() }
        }

        /// Waits for as many events; half a minute at most, so that a test that fails says where.
        func wait(for count: Int) async {
            await withCheckedContinuation { continuation in
                let isReady = state.withLock { state in
                    if state.all.count >= count { return true }
                    state.waiters.append((count, continuation))
                    return false
                }
                if isReady { return continuation.resume() }
                MultiThreadedEventLoopGroup.singleton.any().scheduleTask(in: .seconds(30)) {
                    let left = self.state.withLock { state in
                        let left = state.waiters.map(\.continuation)
                        state.waiters = []
                        return left
                    }
                    for continuation in left { continuation.resume() }
                }
            }
        }
    }

    /// Watches, and waits until that is settled.
    func watch(
        _ lists: Set<ListKind> = [], _ resources: [String] = [], for scope: UpstreamScope = alice
    ) async -> (failure: UpstreamFailure?, cancellation: Cancellation) {
        let interest = UpstreamInterest(lists: lists, resources: resources.map { Array($0.utf8) })
        let kept = Mutex(Cancellation.none)
        let failure: UpstreamFailure? = await withCheckedContinuation { continuation in
            let cancellation = upstream.watch(interest, for: scope) { continuation.resume(returning: $0) }
            kept.withLock { $0 = cancellation }
        }
        return (failure, kept.withLock { $0 })
    }

    static let clientInfo = Array(#"{"name":"gatehouse-test","version":"1"}"#.utf8)
    static let alice = UpstreamScope(principal: "alice", clientEra: .modern)
    static let group = MultiThreadedEventLoopGroup.singleton

    static func running(
        _ script: @escaping ScriptedHTTPServer.Script, on group: any EventLoopGroup = group,
        configure: (inout HTTPUpstream.Configuration) throws -> Void = { _ in },
        _ body: (HTTPUpstreamTesting) async throws -> Void
    ) async throws {
        try await ScriptedHTTPServer.serving(script) { server in
            let address = try UpstreamAddress("http://127.0.0.1:\(server.port)/mcp", isOperatorTyped: true)
            var configuration = HTTPUpstream.Configuration(address: address, clientInfo: clientInfo)
            try configure(&configuration)
            let events = Events()
            let upstream = try HTTPUpstream(configuration, on: group) { events.add($0) }
            do {
                try await body(HTTPUpstreamTesting(server: server, upstream: upstream, events: events))
                await upstream.shutDown()
            } catch {
                await upstream.shutDown()
                throw error
            }
        }
    }

    /// Sends a `tools/call` as an admitted one is sent.
    @discardableResult
    func call(
        _ name: String = "echo", arguments: String = "{}", wantsProgress: Bool = false, as names: RequestNames? = nil,
        for scope: UpstreamScope = alice, to recorder: HTTPAnswerRecorder = HTTPAnswerRecorder()
    ) throws -> (recorder: HTTPAnswerRecorder, cancellation: Cancellation) {
        var question = try Self.question(name, arguments: arguments, wantsProgress: wantsProgress, for: scope)
        question.names = names
        return (recorder, upstream.ask(question, within: upstream.core.timeouts.call, recorder))
    }

    static func question(
        _ name: String, arguments: String = "{}", wantsProgress: Bool = false, for scope: UpstreamScope = alice
    ) throws -> OutgoingRequest.Question {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("name")
        writer.string(name)
        writer.key("arguments")
        writer.raw(Array(arguments.utf8))
        writer.endObject()
        let params = UpstreamParams(
            try JSON(writer.bytes), members: .call, clientCapabilities: Array("{}".utf8), clientInfo: clientInfo)
        return OutgoingRequest.Question(
            method: "tools/call", params: params, mirroredName: Array(name.utf8), wantsProgress: wantsProgress,
            scope: scope)
    }

    func describe(for scope: UpstreamScope = alice) async -> Result<UpstreamDescription, UpstreamFailure> {
        await withCheckedContinuation { continuation in
            upstream.describe(for: scope) { continuation.resume(returning: $0) }
        }
    }
}

/// What servers of either era say, for scripts that are about something else.
enum HTTPServerPersonality {
    static let discovery =
        #"{"resultType":"complete","supportedVersions":["2026-07-28"],"capabilities":{"tools":{}},"instructions":"be kind"}"#
    static let initialization =
        #"{"protocolVersion":"2025-11-25","capabilities":{"tools":{}},"serverInfo":{"name":"old","version":"1"}}"#

    /// A modern server that hands calls to `script`.
    static func modern(_ script: @escaping ScriptedHTTPServer.Script) -> ScriptedHTTPServer.Script {
        { request, reply in
            switch request.rpcMethod {
            case "server/discover": reply.result(discovery, to: request)
            default: script(request, reply)
            }
        }
    }

    /// A legacy server with a session per `initialize`, named `session-1` and so on, that hands calls to `script`.
    ///
    /// - Parameter streams: whether `script` answers GET too; otherwise there is no stream outside calls.
    static func legacy(
        streams: Bool = false, _ script: @escaping ScriptedHTTPServer.Script
    ) -> ScriptedHTTPServer.Script {
        let sessions = Atomic<Int>(0)
        let counter = Counter(sessions)
        return { request, reply in
            switch request.rpcMethod {
            case "server/discover": reply.error(-32601, status: 400, to: request)
            case "initialize":
                reply.result(initialization, to: request, headers: "Mcp-Session-Id: session-\(counter.next())\r\n")
            case "notifications/initialized", "notifications/cancelled": reply.accepted()
            case nil where request.method == "DELETE": reply.status(200, type: nil)
            case nil where request.method == "POST": script(request, reply)
            case nil where !streams: reply.status(405, type: nil)
            default: script(request, reply)
            }
        }
    }

    private final class Counter: Sendable {
        private let value: Atomic<Int>
        init(_ value: consuming Atomic<Int>) { self.value = value }
        func next() -> Int { value.wrappingAdd(1, ordering: .relaxed).newValue }
    }
}

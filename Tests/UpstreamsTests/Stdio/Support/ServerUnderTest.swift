import Foundation
import Gateway
import Logging
import MCPMessages
import NIOCore
import NIOPosix
import Synchronization
import Testing
import WireJSON

@testable import Upstreams

/// A `StdioUpstream` with its service running, and what comes of asking it.
struct ServerUnderTest: Sendable {
    let upstream: StdioUpstream
    let events: Gathered<UpstreamEvent>
    let log: Gathered<String>

    /// Runs an upstream for as long as `body` takes, then shuts it down and waits for its service to return.
    static func with(
        _ command: StdioCommand, limits: StdioLimits = .brisk, timeouts: UpstreamTimeouts = .brisk,
        follows: Bool = false,
        _ body: (ServerUnderTest) async throws -> Void
    ) async throws {
        let events = Gathered<UpstreamEvent>()
        let log = Gathered<String>()
        let upstream = StdioUpstream(
            command: command, timeouts: timeouts, limits: limits, followsClientEra: follows,
            clientInfo: Array(#"{"name":"gatehouse","version":"test"}"#.utf8),
            group: MultiThreadedEventLoopGroup.singleton,
            logger: Logger(label: "stdio") { _ in GatheringLogHandler(lines: log) },
            onEvent: { events.add($0) })
        let server = ServerUnderTest(upstream: upstream, events: events, log: log)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await upstream.run() }
            do {
                try await body(server)
            } catch {
                await upstream.shutDown()
                throw error
            }
            await upstream.shutDown()
            try await group.waitForAll()
        }
    }

    static func with(
        _ era: String, _ habits: [String] = [], limits: StdioLimits = .brisk, timeouts: UpstreamTimeouts = .brisk,
        follows: Bool = false, _ body: (ServerUnderTest) async throws -> Void
    ) async throws {
        try await with(
            ScriptedServer.command(era, habits), limits: limits, timeouts: timeouts, follows: follows, body)
    }

    // MARK: Asking

    func describe(
        _ principal: String = "ann", era: Era = .modern, able: ClientCapabilities = .none
    ) async -> Result<UpstreamDescription, UpstreamFailure> {
        await withCheckedContinuation { continuation in
            upstream.describe(for: UpstreamScope(principal: principal, clientEra: era, capabilities: able)) {
                continuation.resume(returning: $0)
            }
        }
    }

    func start(
        _ tool: String, _ arguments: String = "{}", as principal: String = "ann", era: Era = .modern,
        able: ClientCapabilities = .none, progress: Bool = false, timeout: Duration? = nil
    ) throws -> PendingAnswer {
        let params = try JSON(Array(#"{"name":"\#(tool)","arguments":\#(arguments)}"#.utf8))
        let call = OutgoingCall(
            method: "tools/call",
            params: UpstreamParams(
                params, members: .call, clientCapabilities: Array("{}".utf8),
                clientInfo: Array(#"{"name":"test","version":"1"}"#.utf8)),
            wantsProgress: progress, timeout: timeout ?? upstream.settings.timeouts.call, isClients: true)
        let answer = PendingAnswer()
        let scope = UpstreamScope(principal: principal, clientEra: era, capabilities: able)
        answer.cancellation.withLock { $0 = upstream.send(call, for: scope, to: answer) }
        return answer
    }

    /// What a tool tells in `structuredContent`.
    func call(
        _ tool: String, _ arguments: String = "{}", as principal: String = "ann", era: Era = .modern,
        able: ClientCapabilities = .none
    ) async throws -> JSON {
        let result = try await start(tool, arguments, as: principal, era: era, able: able).end.get()
        guard case .result(let result) = result.outcome else { throw UnexpectedAnswer(text: "\(result.outcome)") }
        return try #require(result["structuredContent"])
    }

    func failure(
        _ tool: String, _ arguments: String = "{}", as principal: String = "ann", timeout: Duration? = nil
    ) async throws -> UpstreamFailure {
        switch try await start(tool, arguments, as: principal, timeout: timeout).end {
        case .success(let reply): throw UnexpectedAnswer(text: "\(reply.outcome)")
        case .failure(let failure): return failure
        }
    }

    func list(cursor: JSON? = nil, as principal: String = "ann") async throws -> UpstreamReply {
        let answer = PendingAnswer()
        let scope = UpstreamScope(principal: principal, clientEra: .modern)
        _ = upstream.list(ListPage(cursor: cursor), for: scope, to: answer)
        return try await answer.end.get()
    }
}

struct UnexpectedAnswer: Error {
    let text: String
}

/// The receiver of one request: its notifications, and its one end.
final class PendingAnswer: UpstreamReceiver {
    private struct State {
        var notifications: [Message.Notification] = []
        var ends: [Result<UpstreamReply, UpstreamFailure>] = []
        var waiter: CheckedContinuation<Result<UpstreamReply, UpstreamFailure>, Never>?
    }

    private let state = Mutex(State())
    /// What the server asked meanwhile.
    let asked = Gathered<(request: Message.Request, reply: PeerReply)>()
    let cancellation = Mutex(Cancellation.none)

    func cancel() { cancellation.withLock { $0 }.cancel() }

    var notifications: [Message.Notification] { state.withLock { $0.notifications } }
    /// How often it was ended; more than once is a broken promise.
    var ends: Int { state.withLock { $0.ends.count } }

    var end: Result<UpstreamReply, UpstreamFailure> {
        get async {
            await withCheckedContinuation { continuation in
                let ended = state.withLock { state in
                    if state.ends.isEmpty { state.waiter = continuation }
                    return state.ends.first
                }
                if let ended { continuation.resume(returning: ended) }
            }
        }
    }

    func notified(_ notification: Message.Notification) { state.withLock { $0.notifications.append(notification) } }
    func asked(_ request: Message.Request, _ reply: PeerReply) { asked.add((request, reply)) }
    func answered(_ reply: UpstreamReply) { finish(.success(reply)) }
    func failed(_ failure: UpstreamFailure) { finish(.failure(failure)) }

    private func finish(_ end: Result<UpstreamReply, UpstreamFailure>) {
        let waiter = state.withLock { state in
            state.ends.append(end)
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume(returning: end)
    }
}

/// What came, in order.
final class Gathered<Element: Sendable>: Sendable {
    private let elements = Mutex<[Element]>([])

    func add(_ element: Element) { elements.withLock { $0.append(element) } }
    var all: [Element] { elements.withLock { $0 } }
}

struct GatheringLogHandler: LogHandler {
    let lines: Gathered<String>
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.trace

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let values = (event.metadata ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        lines.add("\(event.level) \(event.message) \(values.joined(separator: " "))")
    }
}

extension StdioLimits {
    /// As shipped but for the waits, which a test need not sit out.
    static var brisk: StdioLimits {
        var limits = StdioLimits()
        limits.inputGrace = .milliseconds(300)
        limits.terminateGrace = .milliseconds(300)
        limits.firstBackoff = .milliseconds(20)
        return limits
    }
}

extension ClientCapabilities {
    /// What a client declares, all of it relayed.
    static func declared(_ text: String) throws -> ClientCapabilities {
        ClientCapabilities(try JSON(Array(text.utf8)), relaying: ClientRequestKind.allCases)
    }
}

extension UpstreamTimeouts {
    static var brisk: UpstreamTimeouts {
        var timeouts = UpstreamTimeouts()
        timeouts.start = .seconds(20)
        return timeouts
    }
}

/// Waits for something outside this process to become so.
func eventually(
    within limit: Duration = .seconds(60), _ holds: () async throws -> Bool,
    sourceLocation: SourceLocation = #_sourceLocation
) async throws {
    let deadline = ContinuousClock.now + limit
    while try await !holds() {
        guard ContinuousClock.now < deadline else {
            Issue.record("it did not become so within \(limit)", sourceLocation: sourceLocation)
            return
        }
        try await Task.sleep(for: .milliseconds(5))
    }
}

import MCPMessages
import Synchronization
import WireJSON

/// One open listening to a stack.
final class StackListening: Sendable {
    private enum Stage {
        /// What is told before the client knows that it is listened for.
        case gathering(early: [[UInt8]])
        case open(number: Int?)
        case over
    }

    private struct State {
        var stage = Stage.gathering(early: [])
        /// What each server honours.
        var honoured: [String: Honoured] = [:]
        /// The first refusal, for where nothing but refusals come.
        var refusal: Answer?
        var parts: [Cancellation] = []
    }

    private struct Honoured {
        var lists: Set<ListKind>
        var resources: [[UInt8]]
    }

    private let stack: StackRequest
    private let line: CallLine
    private let state = Mutex(State())

    init(_ stack: StackRequest, _ line: CallLine) {
        self.stack = stack
        self.line = line
    }

    /// Notes what ends the listening to one of the servers.
    func add(_ part: Cancellation) {
        let isOver = state.withLock { state in
            state.parts.append(part)
            if case .over = state.stage { return true }
            return false
        }
        if isOver { part.cancel() }
    }

    /// The client's side of one server's part.
    ///
    /// - Parameter settled: called once or more, when it is known what the server honours.
    func part(of server: String, _ settled: @escaping @Sendable () -> Void) -> any Answering {
        StackListener(listening: self, server: server, settled: settled)
    }

    /// All servers have said what they honour, or have had their time for it.
    func begin() {
        let (honoured, refusal) = state.withLock { ($0.honoured, $0.refusal) }
        guard !honoured.isEmpty else {
            return finish(
                refusal ?? Answer(.ok, body: MessageWriter.error(Self.unreached, id: stack.request.id)))
        }
        let whole = subscription(honoured)
        stack.answering.notify(whole.acknowledgement)
        guard let number = line.subscriptions.add(whole) else {
            return finish(Answer(.ok, body: MessageWriter.error(Self.tooMany, id: stack.request.id)))
        }
        let (early, now): ([[UInt8]]?, [String: Honoured]) = state.withLock { state in
            guard case .gathering(let early) = state.stage else { return (nil, [:]) }
            state.stage = .open(number: number)
            return (early, state.honoured)
        }
        guard let early else { return _ = line.subscriptions.remove(number) }
        // A grant that went meanwhile found it there, or it is found here.
        let today = line.configuration.current
        if !today.reaches(Stack.address, stack.entry.principal, at: line.clock.secondsSince1970) {
            line.subscriptions.remove(number)?.end()
        }
        for message in early { stack.answering.notify(message) }
        // What came or went while the client was being told.
        guard !now.isEmpty else { return finish(ending) }
        let gone = honoured.filter { now[$0.key] == nil }
        let new = now.filter { honoured[$0.key] == nil }
        tellChange(of: (Array(gone.values) + Array(new.values)).reduce(into: []) { $0.formUnion($1.lists) })
    }

    /// The end of a listening that nobody's fault is.
    private var ending: Answer {
        let result = Subscription.marked(
            try? JSON(lenient: Array(#"{"resultType":"complete"}"#.utf8)), stack.request.id)
        return Answer(.ok, body: MessageWriter.result(result, id: stack.request.id))
    }

    private static let unreached = RPCError(.internalError, "no server can be reached")
    private static let tooMany = RPCError(.internalError, "too many subscriptions are open")

    /// The client is gone.
    func cancel() {
        end()
        stack.conversation?.close(stack.request.id)
    }

    /// Ends the listening with its answer.
    fileprivate func finish(_ answer: Answer) {
        if end() { stack.finish(answer) }
    }

    /// Ends every part.
    ///
    /// - Returns: false where it was over before.
    @discardableResult
    private func end() -> Bool {
        let (stage, parts) = state.withLock { state in
            defer { (state.stage, state.parts) = (.over, []) }
            return (state.stage, state.parts)
        }
        if case .over = stage { return false }
        if case .open(let number?) = stage { line.subscriptions.remove(number) }
        for part in parts { part.cancel() }
        return true
    }

    // MARK: From the servers

    /// A server has acknowledged its part; one that is late for the acknowledgement of the whole is told of as a change.
    fileprivate func honours(_ server: String, _ notifications: JSON) {
        let lists = [ListKind.tools, .prompts, .resources].filter {
            notifications[$0.subscriptionFlag]?.bool ?? false
        }
        let resources = notifications["resourceSubscriptions"]?.elements.compactMap(\.utf8) ?? []
        let isLate = state.withLock { state in
            state.honoured[server] = Honoured(lists: Set(lists), resources: resources)
            if case .open = state.stage { return true }
            return false
        }
        if isLate { tellChange(of: Set(lists)) }
    }

    fileprivate func tell(_ message: [UInt8]) {
        let isOpen = state.withLock { state in
            switch state.stage {
            case .open: return true
            case .gathering(var early):
                if early.count < GatewayLimits.eventsPerStream {
                    early.append(message)
                    state.stage = .gathering(early: early)
                }
                return false
            case .over: return false
            }
        }
        if isOpen { stack.answering.notify(message) }
    }

    /// A server's part is over; the others' go on.
    fileprivate func ended(_ server: String, _ answer: Answer) {
        let (gone, isLast): (Honoured?, Bool) = state.withLock { state in
            if state.refusal == nil { state.refusal = answer }
            let gone = state.honoured.removeValue(forKey: server)
            if case .open = state.stage { return (gone, state.honoured.isEmpty) }
            return (nil, false)
        }
        guard let gone else { return }
        if isLast { finish(ending) } else { tellChange(of: gone.lists) }
    }

    private func tellChange(of lists: Set<ListKind>) {
        for kind in [ListKind.tools, .prompts, .resources] where lists.contains(kind) {
            tell(
                MessageWriter.notification(
                    kind.changeNotification, params: Subscription.marked(nil, stack.request.id)))
        }
    }

    /// The whole as one subscription: what it acknowledges, and what is told once for all servers.
    private func subscription(_ honoured: [String: Honoured]) -> Subscription {
        Subscription(
            principal: stack.entry.principal, server: Stack.address, id: stack.request.id,
            lists: honoured.values.reduce(into: []) { $0.formUnion($1.lists) },
            resources: honoured.reduce(into: []) { all, part in
                all.formUnion(part.value.resources.map { Stack.uri($0, of: part.key) })
            },
            conversation: stack.conversation, answering: StackListener(listening: self),
            ending: .none, absent: stack.slugs.filter { honoured[$0] == nil })
    }
}

/// One server's part of a listening: its acknowledgement is kept, the rest is told. Or the whole, of no one server.
private struct StackListener: Answering {
    let listening: StackListening
    var server: String?
    var settled: @Sendable () -> Void = {}

    func begin(session: String) {}

    func notify(_ message: [UInt8]) {
        guard let server else { return listening.tell(message) }
        guard let json = try? JSON(lenient: message) else { return }
        if json["method"]?.hasText(Subscription.acknowledged) ?? false {
            if let honoured = json["params"]?["notifications"] { listening.honours(server, honoured) }
            return settled()
        }
        listening.tell(StackAnswering.naming(updated: json, of: server) ?? message)
    }

    func finish(_ answer: Answer) {
        guard let server else { return listening.finish(answer) }
        listening.ended(server, answer)
        settled()
    }
}

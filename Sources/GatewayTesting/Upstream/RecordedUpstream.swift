public import Gateway
public import MCPMessages
import Synchronization
import WireJSON

/// A tool server without a server: keeps what effectively arrives and answers as scripted.
///
/// What goes over the wire is composed as the real upstreams compose it and then read again by a ``Personality``, so that a
/// test sees which tool would have run with which arguments.
public final class RecordedUpstream: Upstream {
    public typealias Script = @Sendable (RecordedExchange) -> Void

    /// The era it speaks.
    public let era: Era
    public let personality: Personality
    /// Calls that were sent, in the order of their arrival.
    public let calls = Watched<[RecordedExchange]>([])
    /// Pages of tools that were asked for.
    public let lists = Watched<[RecordedExchange]>([])
    /// Clients' notifications that were passed on.
    public let notices = Watched<[Message.Notification]>([])

    /// What it was asked to tell of.
    public let watches = Watched<[RecordedWatch]>([])

    private struct State {
        var script: Script
        var listScript: Script?
        var description: Result<UpstreamDescription, UpstreamFailure>
        var holdDescription: (@Sendable (@escaping @Sendable () -> Void) -> Void)?
        var pages: [String]
        var nextID = 0
        var isEndingCancelled = true
        var relaysListening = false
    }

    private let state: Mutex<State>

    /// - Parameter tools: definitions, JSON, in one page.
    /// - Parameter script: what is done with a call; without one, each is answered with an empty result.
    public init(
        era: Era = .modern, personality: Personality = .lastKeyWins, tools: [String] = [],
        script: @escaping Script = { $0.answer(RecordedUpstream.emptyResult) }
    ) {
        self.era = era
        self.personality = personality
        state = Mutex(
            State(
                script: script, description: .success(Self.description(era: era)), pages: [Self.page(tools)]))
    }

    /// One interest that was taken.
    public struct RecordedWatch: Sendable {
        public let interest: UpstreamInterest
        public let scope: UpstreamScope
        public let isCancelled = Watched(false)
    }

    /// A result that every era accepts.
    public static let emptyResult = "{\"content\":[],\"resultType\":\"complete\"}"

    /// A result of `tools/list`, JSON.
    public static func page(_ tools: [String], next: String? = nil) -> String {
        let cursor = next.map { ",\"nextCursor\":\"\($0)\"" } ?? ""
        return "{\"tools\":[\(tools.joined(separator: ","))]\(cursor),\"resultType\":\"complete\"}"
    }

    /// Whether a listening that is forwarded has a stream of its own, as over HTTP.
    public var relaysListening: Bool { state.withLock { $0.relaysListening } }

    public func relaysListening(_ relays: Bool) { state.withLock { $0.relaysListening = relays } }

    /// From now on calls are done this with.
    public func script(_ script: @escaping Script) { state.withLock { $0.script = script } }

    /// From now on pages of tools are answered so; nil: from `pages` again.
    public func scriptLists(_ script: Script?) { state.withLock { $0.listScript = script } }

    /// From now on lists are these pages, JSON results; a page's cursor is its number.
    public func lists(pages: [String]) { state.withLock { $0.pages = pages } }

    /// From now on it says this of itself.
    public func describes(_ description: Result<UpstreamDescription, UpstreamFailure>) {
        state.withLock { $0.description = description }
    }

    /// From now on it says so when it is let: `hold` is given what lets it, for each time it is asked.
    public func describesLate(_ hold: @escaping @Sendable (@escaping @Sendable () -> Void) -> Void) {
        state.withLock { $0.holdDescription = hold }
    }

    /// Whether a cancelled request ends at once with a failure, as with real upstreams; else the script ends it.
    public func endsCancelled(_ ends: Bool) { state.withLock { $0.isEndingCancelled = ends } }

    // MARK: As the line sees it

    public func describe(
        for scope: UpstreamScope,
        _ answer: @escaping @Sendable (Result<UpstreamDescription, UpstreamFailure>) -> Void
    ) {
        let (description, hold) = state.withLock { ($0.description, $0.holdDescription) }
        if let hold { hold { answer(description) } } else { answer(description) }
    }

    public func list(_ page: ListPage, for scope: UpstreamScope, to receiver: any UpstreamReceiver) -> Cancellation {
        let cursor = page.cursor.map { "{\"cursor\":\(String(decoding: $0.bytes, as: UTF8.self))}" }
        let asked = cursor.flatMap { try? JSON(lenient: Array($0.utf8)) }
        let params = UpstreamParams(
            asked, members: .call, clientCapabilities: House.noCapabilities, clientInfo: House.info)
        let exchange = exchange(page.kind.method, params, [], wantsProgress: false, scope, receiver)
        lists.change { $0.append(exchange) }
        let (script, pages) = state.withLock { ($0.listScript, $0.pages) }
        if let script {
            script(exchange)
        } else if let number = page.cursor.map({ $0.string.flatMap(Int.init) }) ?? 0, pages.indices.contains(number) {
            exchange.answer(pages[number])
        } else {
            exchange.answer(error: "{\"code\":-32602,\"message\":\"no such page\"}")
        }
        return cancellation(of: exchange)
    }

    public func forward(_ call: consuming AdmittedCall, to receiver: any UpstreamReceiver) -> Cancellation {
        let exchange = exchange(
            call.method, call.params, call.mirroredName, wantsProgress: call.wantsProgress, call.scope, receiver)
        calls.change { $0.append(exchange) }
        state.withLock { $0.script }(exchange)
        return cancellation(of: exchange)
    }

    public func notify(_ notification: Message.Notification, for scope: UpstreamScope) {
        notices.change { $0.append(notification) }
    }

    public func watch(
        _ interest: UpstreamInterest, for scope: UpstreamScope,
        settled: @escaping @Sendable (UpstreamFailure?) -> Void
    ) -> Cancellation {
        let watch = RecordedWatch(interest: interest, scope: scope)
        watches.change { $0.append(watch) }
        settled(nil)
        return Cancellation { watch.isCancelled.change { $0 = true } }
    }

    public func shutDown() async {}

    private func exchange(
        _ method: String, _ params: UpstreamParams, _ mirroredName: [UInt8], wantsProgress: Bool,
        _ scope: UpstreamScope,
        _ receiver: any UpstreamReceiver
    ) -> RecordedExchange {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        let token = wantsProgress ? id : nil
        let message = MessageWriter.request(
            method, params: params.bytes(for: era, progressToken: token.map(RequestID.integer)), id: .integer(id))
        return RecordedExchange(
            method: method, message: message, mirroredName: mirroredName, scope: scope, progressToken: token,
            personality: personality, era: era, receiver: receiver)
    }

    private func cancellation(of exchange: RecordedExchange) -> Cancellation {
        Cancellation(
            { [self] in
                let isFirst = exchange.isCancelled.change { isCancelled in
                    defer { isCancelled = true }
                    return !isCancelled
                }
                guard isFirst, state.withLock({ $0.isEndingCancelled }) else { return }
                exchange.fail(.cancelled)
            }, hold: { isHeld in exchange.holds.change { $0.append(isHeld) } })
    }
}

extension RecordedUpstream {
    /// What a server with tools says of itself.
    public static func description(era: Era, members: String = "") -> UpstreamDescription {
        let version = era == .modern ? ProtocolVersion.modern : ProtocolVersion.newestLegacy
        let result = """
            {"protocolVersion":"\(version.rawValue)","capabilities":{"tools":{}},\
            "serverInfo":{"name":"recorded","version":"1"}\(members)}
            """
        guard let json = try? JSON(lenient: Array(result.utf8)) else {
            preconditionFailure("a test describes a server in JSON: \(result)")
        }
        return UpstreamDescription(version: version, result: json)
    }
}

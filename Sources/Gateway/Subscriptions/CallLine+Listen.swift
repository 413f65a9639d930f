import GatewayStorage
import MCPMessages
import PolicyEngine
import Synchronization
import WireJSON

extension CallLine {
    /// `subscriptions/listen`: the request's own stream, acknowledged first with what is honoured, open until its client
    /// leaves (revision 2026-07-28, "Subscriptions").
    func listen(_ inbound: InboundRequest) -> Cancellation {
        guard let wanted = inbound.request.params?["notifications"], wanted.kind == .object,
            let resources = Self.addresses(wanted["resourceSubscriptions"])
        else {
            record(.refused(.invalidParams), subject: inbound.subject, number: inbound.number)
            inbound.refuse(RPCError(.invalidParams, "`notifications` must say what to listen for"))
            return .none
        }
        let listening = DeferredCancellation()
        let handle = cancellable(inbound, Cancellation { listening.cancel() })
        inbound.server.upstream.describe(for: inbound.scope) { [self] described in
            switch described {
            case .failure(let failure): inbound.refuse(failure)
            case .success(let description):
                let lists = Set(
                    [ListKind.tools, .prompts, .resources].filter {
                        wanted[$0.subscriptionFlag]?.bool ?? false && description.capabilities?[$0.member] != nil
                    })
                let watched =
                    description.capabilities?["resources"] == nil ? [] : resources.filter { isListenable($0, inbound) }
                listening.become(open(inbound, lists, watched))
            }
        }
        return handle
    }

    private func open(_ inbound: InboundRequest, _ lists: Set<ListKind>, _ resources: [[UInt8]]) -> Cancellation {
        let subscription = Subscription(
            principal: inbound.principal.id, server: inbound.server.slug, id: inbound.request.id, lists: lists,
            resources: Set(resources), conversation: inbound.conversation, answering: inbound.answering)
        let opened = Opened(line: self, inbound)
        guard !resources.isEmpty else {
            // Once the server tells of changes, so that the first after the acknowledgement is not missed; one that does not
            // say so in time is not waited for.
            opened.lists.become(
                watchedLists.watch(inbound.server, for: inbound.scope) { opened.begin(subscription) })
            let isTaken = slowLane.submit {
                try? await Task.sleep(for: GatewayLimits.listenPatience)
                opened.begin(subscription)
            }
            if !isTaken { opened.begin(subscription) }
            return Cancellation { opened.end() }
        }
        opened.lists.become(watchedLists.watch(inbound.server, for: inbound.scope))
        let resourcesWatch = inbound.server.upstream.watch(
            UpstreamInterest(resources: resources), for: inbound.scope
        ) { failure in
            guard failure != nil else { return opened.begin(subscription) }
            opened.begin(
                Subscription(
                    principal: subscription.principal, server: subscription.server, id: subscription.id, lists: lists,
                    resources: [], conversation: subscription.conversation, answering: subscription.answering))
        }
        return Cancellation {
            resourcesWatch.cancel()
            opened.end()
        }
    }

    /// Whether a resource may be listened for: what may not be read may not be watched.
    func isListenable(_ uri: [UInt8], _ inbound: InboundRequest) -> Bool {
        guard case .policy(let policy, .enforce) = inbound.access else { return true }
        let text = String(decoding: uri, as: UTF8.self)
        guard policy.visibility(ofResource: text) == .visible else { return false }
        var arguments = JSONWriter()
        arguments.beginObject()
        arguments.key("uri")
        arguments.string(utf8: uri)
        arguments.endObject()
        let context = PolicyContext(
            tool: nil, serverName: inbound.server.slug, grantLabel: inbound.principal.grant.label,
            grantTags: inbound.principal.grant.tags, principalID: inbound.principal.id,
            time: clock.wall().milliseconds)
        let decision = policy.rules(forResource: text).decide(
            PolicyRequest(arguments: try? JSON(lenient: arguments.bytes), context: context))
        guard case .permitted(let owed) = decision else { return false }
        return owed.approvals.isEmpty
    }

    private static func addresses(_ list: JSON?) -> [[UInt8]]? {
        guard let list else { return [] }
        guard list.kind == .array, list.count <= GatewayLimits.watchedResources else { return nil }
        var addresses: [[UInt8]] = []
        for element in list.elements {
            guard let utf8 = element.utf8, !utf8.isEmpty, utf8.count <= MessageLimits.mirroredNameBytes else {
                return nil
            }
            addresses.append(utf8)
        }
        return addresses
    }

    /// Ends the subscriptions of a stdio connection whose client has closed its side: they have nobody to tell.
    public func endSubscriptions(of conversation: Conversation) {
        for subscription in subscriptions.removeAll(of: conversation) {
            conversation.close(subscription.id)
            subscription.answering.finish(Answer(.ok))
        }
    }
}

/// A subscription from its request to its end.
private final class Opened: Sendable {
    private enum Stage {
        case pending
        case open(Int)
        case over
    }

    private let line: CallLine
    private let inbound: InboundRequest
    /// Ends the watching of the server's lists for this subscription.
    let lists = DeferredCancellation()
    private let stage = Mutex(Stage.pending)

    init(line: CallLine, _ inbound: InboundRequest) {
        self.line = line
        self.inbound = inbound
    }

    /// Acknowledges it and tells from now on.
    func begin(_ subscription: Subscription) {
        let isRefused: Bool? = stage.withLock { stage in
            guard case .pending = stage else { return nil }
            // First, and before anything that happens meanwhile can be told.
            inbound.answering.notify(Self.acknowledgement(of: subscription))
            guard let number = line.subscriptions.add(subscription) else {
                stage = .over
                return true
            }
            stage = .open(number)
            return false
        }
        if isRefused ?? false {
            lists.cancel()
            inbound.refuse(RPCError(.internalError, "too many subscriptions are open"))
        }
    }

    func end() {
        let number: Int? = stage.withLock { stage in
            defer { stage = .over }
            if case .open(let number) = stage { return number }
            return nil
        }
        lists.cancel()
        if let number { line.subscriptions.remove(number) }
        inbound.conversation?.close(inbound.request.id)
    }

    private static func acknowledgement(of subscription: Subscription) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("notifications")
        writer.beginObject()
        for kind in [ListKind.tools, .prompts, .resources] where subscription.lists.contains(kind) {
            writer.key(kind.subscriptionFlag)
            writer.bool(true)
        }
        if !subscription.resources.isEmpty {
            writer.key("resourceSubscriptions")
            writer.beginArray()
            for uri in subscription.resources.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
                writer.string(utf8: uri)
            }
            writer.endArray()
        }
        writer.endObject()
        writer.endObject()
        let params = try? JSON(lenient: writer.bytes)
        return MessageWriter.notification(
            "notifications/subscriptions/acknowledged", params: Subscription.marked(params, subscription.id))
    }
}

extension ListKind {
    /// The member of `notifications` that asks for the list's changes.
    fileprivate var subscriptionFlag: String {
        switch self {
        case .tools: "toolsListChanged"
        case .prompts: "promptsListChanged"
        case .resources, .resourceTemplates: "resourcesListChanged"
        }
    }
}

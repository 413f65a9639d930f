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
            let resources = Self.resources(wanted["resourceSubscriptions"])
        else {
            record(.refused(.invalidParams), subject: inbound.subject, number: inbound.number)
            inbound.refuse(RPCError(.invalidParams, "`notifications` must say what to listen for"))
            return .none
        }
        let listening = DeferredCancellation()
        let handle = cancellable(inbound, Cancellation({ listening.cancel() }, hold: { listening.hold($0) }))
        inbound.server.upstream.describe(for: inbound.scope) { [self] described in
            switch described {
            case .failure(let failure): inbound.refuse(failure)
            case .success(let description):
                let asked = Set(
                    [ListKind.tools, .prompts, .resources].filter { wanted[$0.subscriptionFlag]?.bool ?? false })
                let lists = asked.filter { description.capabilities?[$0.member] != nil }
                let addresses =
                    resources.filter { isWatchable($0, inbound.access, inbound.principal, at: inbound.server.slug) }
                    .map(\.name)
                let own: @Sendable () -> Cancellation = { [self] in
                    open(inbound, lists, description.capabilities?["resources"] == nil ? [] : addresses)
                }
                // A part of a stack's listening outlives the server's: it is watched again after each loss.
                guard description.version.era == .modern, inbound.server.upstream.relaysListening, !inbound.isPart,
                    !(asked.isEmpty && addresses.isEmpty)
                else { return listening.become(own()) }
                listening.become(
                    relay(
                        inbound, .init(lists: asked, resources: addresses, ownLists: lists),
                        otherwise: lists.isEmpty ? nil : own))
            }
        }
        return handle
    }

    private func open(_ inbound: InboundRequest, _ lists: Set<ListKind>, _ resources: [[UInt8]]) -> Cancellation {
        let opened = Opened(line: self, inbound, lists)
        let handle = Cancellation { opened.end() }
        guard !resources.isEmpty else {
            // Once the server tells of changes, so that the first after the acknowledgement is not missed; one that does not
            // say so in time is not waited for.
            opened.watchesLists(
                watchedLists.watch(inbound.server, for: inbound.scope) { opened.begin(with: []) })
            let isTaken = slowLane.submit(after: GatewayLimits.listenPatience) { opened.begin(with: []) }
            if !isTaken { opened.begin(with: []) }
            return handle
        }
        opened.watchesLists(watchedLists.watch(inbound.server, for: inbound.scope))
        opened.watchesResources(
            inbound.server.upstream.watch(UpstreamInterest(resources: resources), for: inbound.scope) { failure in
                opened.begin(with: failure == nil ? resources : [])
            })
        return handle
    }

    /// The resources named; nil where what is said is no list of addresses, or too long a one.
    private static func resources(_ list: JSON?) -> [Asked]? {
        guard let list else { return [] }
        guard list.kind == .array, list.count <= GatewayLimits.watchedResources else { return nil }
        var resources: [Asked] = []
        for element in list.elements {
            guard let asked = try? Asked(resource: element.utf8 ?? []) else { return nil }
            resources.append(asked)
        }
        return resources
    }

    /// Ends every subscription, as a server does that stops: with the answer to its request (revision 2026-07-28,
    /// "Subscriptions"). None is opened any more.
    public func endSubscriptions() {
        let (open, asked) = subscriptions.close()
        for subscription in open { subscription.conclude() }
        for listening in asked { listening.cancel() }
    }

    /// Ends the subscriptions of a stdio connection whose client has closed its side: they have nobody to tell.
    public func endSubscriptions(of conversation: Conversation) {
        for subscription in subscriptions.removeAll(of: conversation) { subscription.conclude() }
    }
}

extension ListKind {
    /// The member of `notifications` that asks for the list's changes.
    var subscriptionFlag: String {
        switch self {
        case .tools: "toolsListChanged"
        case .prompts: "promptsListChanged"
        case .resources, .resourceTemplates: "resourcesListChanged"
        }
    }
}

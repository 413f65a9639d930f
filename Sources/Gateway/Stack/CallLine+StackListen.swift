import MCPMessages
import Synchronization
import WireJSON

extension CallLine {
    /// `subscriptions/listen` to the stack: one stream that tells what its servers tell, each listened to by its own
    /// rules; acknowledged once, with what all of them honour.
    ///
    /// A server that is lost is watched again; one that comes late, or that the grant no longer reaches, is told of as a
    /// change of the lists.
    func listen(_ stack: StackRequest) -> Cancellation {
        guard let params = stack.request.params, let wanted = params["notifications"], wanted.kind == .object else {
            return malformed(stack, "`notifications` must say what to listen for")
        }
        let resources = wanted["resourceSubscriptions"]
        guard resources == nil || resources?.kind == .array,
            (resources?.count ?? 0) <= GatewayLimits.watchedResources,
            resources?.elements.allSatisfy({ $0.kind == .string }) ?? true
        else { return malformed(stack, "`resourceSubscriptions` must be a list of addresses") }
        let listening = StackListening(stack, self)
        let handle = cancellable(stack, Cancellation { listening.cancel() })
        let parts: Cancellation = gather(stack.members.count) { [self] index, settled in
            let member = stack.members[index]
            let own = Self.params(params, resources, of: member.server.slug)
            let cancellation = listen(
                part(stack, of: member, params: own, answering: listening.part(of: member.server.slug) { settled(()) }))
            listening.add(cancellation)
            return .none
        } tell: { (_: [Void?]) in
            listening.begin()
        }
        listening.add(parts)
        return handle
    }

    /// What is asked of one server: of the resources only its own, under its own addresses.
    private static func params(_ params: JSON, _ resources: JSON?, of server: String) -> JSON? {
        guard let resources else { return params }
        var writer = JSONWriter()
        writer.beginArray()
        for uri in resources.elements {
            guard let part = uri.utf8.flatMap({ Stack.Part(uri: $0) }), part.server == server else { continue }
            writer.string(utf8: part.name)
        }
        writer.endArray()
        var splice = JSONSplice(params)
        splice.replace(resources.range, with: writer.bytes)
        return try? JSON(lenient: splice.apply())
    }
}

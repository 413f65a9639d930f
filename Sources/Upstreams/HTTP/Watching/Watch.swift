import Gateway
import MCPMessages

/// One thing that a server can be asked to tell changes of.
enum WatchItem: Hashable {
    case list(ListKind)
    case resource([UInt8])

    /// Templates change with resources.
    static func items(of interest: UpstreamInterest) -> Set<WatchItem> {
        var items: Set<WatchItem> = []
        for kind in interest.lists { items.insert(.list(kind == .resourceTemplates ? .resources : kind)) }
        for resource in interest.resources { items.insert(.resource(resource)) }
        return items
    }
}

/// One watcher's interest, from its beginning until it is cancelled or fails. Lives on one event loop.
final class Watch {
    /// What must have come about before it is settled.
    enum Pending: Hashable {
        case listening(Int)
        case stream
        case resource([UInt8])
    }

    let id: Int
    let scope: UpstreamScope
    let items: Set<WatchItem>
    var pending: Set<Pending> = []
    private var settled: (@Sendable (UpstreamFailure?) -> Void)?

    init(
        id: Int, _ interest: UpstreamInterest, for scope: UpstreamScope,
        settled: @escaping @Sendable (UpstreamFailure?) -> Void
    ) {
        self.id = id
        self.scope = scope
        self.items = WatchItem.items(of: interest)
        self.settled = settled
    }

    var isSettled: Bool { settled == nil }

    var lists: [ListKind] {
        items.compactMap { if case .list(let kind) = $0 { kind } else { nil } }
    }

    var resources: [[UInt8]] {
        items.compactMap { if case .resource(let address) = $0 { address } else { nil } }
    }

    /// Says once whether the server took it.
    func settle(_ failure: UpstreamFailure?) {
        let settled = self.settled
        self.settled = nil
        settled?(failure)
    }

    /// One thing less to wait for.
    func came(_ thing: Pending) {
        pending.remove(thing)
        if pending.isEmpty { settle(nil) }
    }
}

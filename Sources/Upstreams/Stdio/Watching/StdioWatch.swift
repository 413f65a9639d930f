import Gateway
import MCPMessages

/// What is watched of a server: lists, and resources by the bytes of their addresses.
struct StdioInterest: Sendable, Hashable {
    var lists: Set<ListKind> = []
    var resources: Set<[UInt8]> = []

    var isEmpty: Bool { lists.isEmpty && resources.isEmpty }

    func isPart(of other: StdioInterest) -> Bool {
        lists.isSubset(of: other.lists) && resources.isSubset(of: other.resources)
    }

    func overlaps(_ other: StdioInterest) -> Bool {
        !lists.isDisjoint(with: other.lists) || !resources.isDisjoint(with: other.resources)
    }
}

/// One who watches a server: from `watch` until it is cancelled, over any number of children.
struct StdioWatch: Sendable {
    let interest: StdioInterest
    /// Tells the watcher once how it went. Nil once it has been told.
    private var settled: (@Sendable (UpstreamFailure?) -> Void)?

    init(_ interest: UpstreamInterest, settled: @escaping @Sendable (UpstreamFailure?) -> Void) {
        self.interest = StdioInterest(lists: interest.lists, resources: Set(interest.resources))
        self.settled = settled
    }

    var isSettled: Bool { settled == nil }

    /// What it occupies, bytes.
    var size: Int { interest.resources.reduce(0) { $0 + $1.count } }

    /// - Parameter failure: nil where the server took the subscription.
    func settle(_ failure: UpstreamFailure?) { settled?(failure) }

    /// The same watch, told how it went.
    func told() -> StdioWatch {
        var watch = self
        watch.settled = nil
        return watch
    }
}

import Gateway
import MCPMessages

/// The watchers of one lane, and what they want together.
struct StdioWatches {
    struct Entry {
        let scope: UpstreamScope
        var watch: StdioWatch
    }

    private var entries: [Int: Entry] = [:]
    private var lists: [ListKind: Int] = [:]
    private var resources: [[UInt8]: Int] = [:]
    private var bytes = 0
    private(set) var unsettled: Set<Int> = []

    var isEmpty: Bool { entries.isEmpty }
    var first: Entry? { entries.keys.min().flatMap { entries[$0] } }

    subscript(id: Int) -> Entry? { entries[id] }

    /// False where the watch is one too many.
    mutating func add(_ id: Int, _ entry: Entry, within limits: StdioLimits) -> Bool {
        let new = entry.watch.interest.resources.filter { resources[$0] == nil }
        let newBytes = new.reduce(0) { $0 + $1.count }
        guard entries.count < limits.watches, resources.count + new.count <= limits.watchedResources,
            bytes + newBytes <= limits.watchedBytes
        else { return false }
        entries[id] = entry
        if !entry.watch.isSettled { unsettled.insert(id) }
        bytes += newBytes
        for kind in entry.watch.interest.lists { lists[kind, default: 0] += 1 }
        for address in entry.watch.interest.resources { resources[address, default: 0] += 1 }
        return true
    }

    mutating func remove(_ id: Int) -> Entry? {
        guard let entry = entries.removeValue(forKey: id) else { return nil }
        unsettled.remove(id)
        for kind in entry.watch.interest.lists {
            lists[kind] = lists[kind].flatMap { $0 > 1 ? $0 - 1 : nil }
        }
        for address in entry.watch.interest.resources {
            resources[address] = resources[address].flatMap { $0 > 1 ? $0 - 1 : nil }
            if resources[address] == nil { bytes -= address.count }
        }
        return entry
    }

    /// Takes out those of whom the rule is true, in the order they came.
    mutating func remove(where rule: (UpstreamScope) -> Bool) -> [(id: Int, entry: Entry)] {
        entries.filter { rule($0.value.scope) }.keys.sorted().compactMap { id in remove(id).map { (id, $0) } }
    }

    /// Tells a watcher that the server took its subscription.
    mutating func settle(_ id: Int) {
        guard unsettled.remove(id) != nil, let entry = entries[id] else { return }
        entries[id]?.watch = entry.watch.told()
        entry.watch.settle(nil)
    }

    // MARK: What they want together

    func wants(_ address: [UInt8]) -> Bool { resources[address] != nil }

    var interest: StdioInterest { StdioInterest(lists: Set(lists.keys), resources: Set(resources.keys)) }
}

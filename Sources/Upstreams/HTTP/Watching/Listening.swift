import Gateway
import MCPMessages
import NIOCore
import WireJSON

/// One `subscriptions/listen` to a modern server, and who watches what through it.
///
/// Revision 2026-07-28, "Subscriptions". An item is asked for by one listening at a time, so that each change is told once.
final class Listening {
    let number: Int
    let scope: UpstreamScope
    var watchers: [WatchItem: Set<Int>]
    /// The exchange it is under way as.
    var exchange: Int?
    /// Whether the server has ever acknowledged it.
    var isTaken = false
    var comeback = Comeback()

    init(number: Int, scope: UpstreamScope, watchers: [WatchItem: Set<Int>]) {
        self.number = number
        self.scope = scope
        self.watchers = watchers
    }

    var allWatchers: Set<Int> { watchers.values.reduce(into: []) { $0.formUnion($1) } }

    /// `params.notifications`, sorted so that it is the same each time.
    var params: JSON? {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("notifications")
        writer.beginObject()
        for (kind, key) in Self.members where watchers[.list(kind)] != nil {
            writer.key(key)
            writer.bool(true)
        }
        let resources = watchers.keys.compactMap { if case .resource(let address) = $0 { address } else { nil } }
        if !resources.isEmpty {
            writer.key("resourceSubscriptions")
            writer.beginArray()
            for address in resources.sorted(by: { $0.lexicographicallyPrecedes($1) }) { writer.string(utf8: address) }
            writer.endArray()
        }
        writer.endObject()
        writer.endObject()
        return try? JSON(lenient: writer.bytes, limits: .upstream)
    }

    private static let members: [(ListKind, String)] = [
        (.tools, "toolsListChanged"), (.prompts, "promptsListChanged"), (.resources, "resourcesListChanged"),
    ]
}

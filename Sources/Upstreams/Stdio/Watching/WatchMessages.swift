import Gateway
import MCPMessages
import WireJSON

/// The messages by which a server is asked to tell of changes.
enum WatchMessages {
    static let subscriptionIDKey = "io.modelcontextprotocol/subscriptionId"

    /// Revision 2026-07-28, "subscriptions/listen".
    static func listen(_ interest: StdioInterest, id: Int, clientInfo: [UInt8]) -> [UInt8] {
        var filter = JSONWriter()
        filter.beginObject()
        filter.key("notifications")
        filter.beginObject()
        if interest.lists.contains(.tools) { flag("toolsListChanged", in: &filter) }
        if interest.lists.contains(.prompts) { flag("promptsListChanged", in: &filter) }
        if interest.lists.contains(.resources) || interest.lists.contains(.resourceTemplates) {
            flag("resourcesListChanged", in: &filter)
        }
        if !interest.resources.isEmpty {
            filter.key("resourceSubscriptions")
            filter.beginArray()
            for address in interest.resources.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
                filter.string(utf8: address)
            }
            filter.endArray()
        }
        filter.endObject()
        filter.endObject()
        let params = UpstreamParams(
            try? JSON(lenient: filter.bytes), members: .call, clientCapabilities: ClientCapabilities.none.bytes,
            clientInfo: clientInfo)
        return MessageWriter.request(
            "subscriptions/listen", params: params.bytes(for: .modern, progressToken: nil), id: .integer(id))
    }

    /// Revision 2025-11-25, "Resources", "Subscriptions": `resources/subscribe` and `resources/unsubscribe`.
    static func resource(_ method: String, _ address: [UInt8], id: Int) -> [UInt8] {
        var params = JSONWriter(reserving: address.count + 16)
        params.beginObject()
        params.key("uri")
        params.string(utf8: address)
        params.endObject()
        return MessageWriter.request(method, params: params.bytes, id: .integer(id))
    }

    /// What a server says in its acknowledgement that it will tell of.
    static func honoured(_ params: JSON?) -> StdioInterest {
        let filter = params?["notifications"]
        var lists: Set<ListKind> = []
        if filter?["toolsListChanged"]?.bool ?? false { lists.insert(.tools) }
        if filter?["promptsListChanged"]?.bool ?? false { lists.insert(.prompts) }
        if filter?["resourcesListChanged"]?.bool ?? false { lists.formUnion([.resources, .resourceTemplates]) }
        let resources = filter?["resourceSubscriptions"]?.elements.compactMap(\.utf8) ?? []
        return StdioInterest(lists: lists, resources: Set(resources))
    }

    /// Which listening a notification belongs to, where it says.
    static func subscription(of notification: Message.Notification) -> JSON? {
        notification.params?["_meta"]?[subscriptionIDKey]
    }

    private static func flag(_ name: String, in writer: inout JSONWriter) {
        writer.key(name)
        writer.bool(true)
    }
}

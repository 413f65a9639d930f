import MCPMessages
import WireJSON

/// Gives a client of the stack one server's answer, with the URIs of its resources as they are named there.
struct StackAnswering: Answering {
    private let client: any Answering
    private let server: String

    init(_ client: any Answering, server: String) {
        self.client = client
        self.server = server
    }

    func belongs(to conversation: Conversation) { client.belongs(to: conversation) }
    func begin(session: String) { client.begin(session: session) }
    func notify(_ message: [UInt8]) { client.notify(message) }

    func finish(_ answer: Answer) {
        var answer = answer
        answer.body = Self.naming(answer.body, of: server)
        client.finish(answer)
    }

    /// A notification about a resource, under the name it has in the stack; nil for any other.
    static func naming(updated message: JSON, of server: String) -> [UInt8]? {
        guard message["method"]?.hasText("notifications/resources/updated") ?? false,
            let uri = message["params"]?["uri"], let utf8 = uri.utf8
        else { return nil }
        var splice = JSONSplice(message)
        splice.replace(uri.range, with: text(Stack.uri(utf8, of: server)))
        return splice.apply()
    }

    /// The answer with the addresses in `contents` of a resource, and in `content` of a tool's result or a prompt's
    /// messages, named as the stack's.
    static func naming(_ body: [UInt8], of server: String) -> [UInt8] {
        guard mayNameResources(body), let result = try? JSON(lenient: body), let result = result["result"] else {
            return body
        }
        var splice = JSONSplice(body)
        for uri in addresses(in: result) {
            guard let utf8 = uri.utf8 else { continue }
            splice.replace(uri.range, with: text(Stack.uri(utf8, of: server)))
        }
        return splice.apply()
    }

    /// Most answers are passed on without a look inside. A key can be spelled with escapes.
    private static func mayNameResources(_ body: [UInt8]) -> Bool {
        body.contains(Array("\"uri\"".utf8)) || body.contains(Array(#"\u"#.utf8))
    }

    private static func addresses(in result: JSON) -> [JSON] {
        let contents = elements(result["contents"]).compactMap { $0["uri"] }
        let content = elements(result["content"]) + elements(result["messages"]).compactMap { $0["content"] }
        // A task that has ended has its result inside.
        let inside = result["result"].flatMap { $0.kind == .object ? addresses(in: $0) : nil } ?? []
        return contents + inside
            + content.compactMap { item in
                if item["type"]?.hasText("resource_link") ?? false { return item["uri"] }
                return item["type"]?.hasText("resource") ?? false ? item["resource"]?["uri"] : nil
            }
    }

    private static func elements(_ list: JSON?) -> [JSON] {
        guard let list, list.kind == .array else { return [] }
        return Array(list.elements)
    }

    private static func text(_ utf8: [UInt8]) -> [UInt8] {
        var writer = JSONWriter(reserving: utf8.count + 2)
        writer.string(utf8: utf8)
        return writer.bytes
    }
}

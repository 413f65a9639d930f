import MCPMessages
import Synchronization
import WireJSON

/// One open `subscriptions/listen` of a modern client.
struct Subscription: Sendable {
    let principal: Principal
    let server: String
    /// The id of the listen request, which every message of the stream names.
    let id: RequestID
    /// What the client asked for and is told of.
    let lists: Set<ListKind>
    let resources: Set<[UInt8]>
    let conversation: Conversation?
    let answering: any Answering
    /// Ends what it costs the server, and its audit; tells its client nothing.
    let ending: Cancellation
    /// Whether its server tells it of its own changes on a stream of its own; the house tells it of the rest.
    var isRelayed = false
    /// Whether it is one server's part of a listening to a stack, which is itself among the subscriptions, under
    /// ``Stack/address``.
    var isPart = false
    /// Of a listening to a stack, the servers it is without.
    var absent: [String] = []

    /// Ends it from this side: its stream is over, and nothing is asked of the server for it any more.
    func end() {
        ending.cancel()
        conversation?.close(id)
        answering.finish(Answer(.ok))
    }

    /// The same with an answer: it was served to its end.
    func conclude() {
        ending.cancel()
        conversation?.close(id)
        answering.finish(Answer(.ok, body: MessageWriter.result(Self.completion(of: id), id: id)))
    }

    /// The result of one that was served to its end.
    static func completion(of id: RequestID) -> [UInt8] { marked(completed, id) }

    private static let completed = try? JSON(Array(#"{"resultType":"complete"}"#.utf8))

    /// A notification as it is told on this stream.
    func tell(_ method: String, _ params: JSON?) {
        answering.notify(MessageWriter.notification(method, params: Self.marked(params, id)))
    }

    static let acknowledged = "notifications/subscriptions/acknowledged"

    /// Says what is honoured; the first message of the stream.
    var acknowledgement: [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("notifications")
        writer.raw(Self.notifications(lists: lists, resources: Array(resources)))
        StackAbsence.write(absent, to: &writer)
        writer.endObject()
        let params = try? JSON(lenient: writer.bytes)
        return MessageWriter.notification(
            Self.acknowledged, params: Self.marked(params, id))
    }

    /// What is asked for or honoured, as the JSON object `notifications`; the same for the same each time.
    static func notifications(lists: Set<ListKind>, resources: [[UInt8]]) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        for kind in [ListKind.tools, .prompts, .resources] where lists.contains(kind) {
            writer.key(kind.subscriptionFlag)
            writer.bool(true)
        }
        if !resources.isEmpty {
            writer.key("resourceSubscriptions")
            writer.beginArray()
            for uri in resources.sorted(by: { $0.lexicographicallyPrecedes($1) }) { writer.string(utf8: uri) }
            writer.endArray()
        }
        writer.endObject()
        return writer.bytes
    }

    /// `params` with the subscription's id in its `_meta` (revision 2026-07-28, "Subscriptions").
    static func marked(_ params: JSON?, _ id: RequestID) -> [UInt8] {
        var mark = JSONWriter()
        id.write(to: &mark)
        let key = "io.modelcontextprotocol/subscriptionId"
        guard let params else {
            var writer = JSONWriter()
            writer.beginObject()
            writer.key("_meta")
            writer.beginObject()
            writer.key(key)
            writer.raw(mark.bytes)
            writer.endObject()
            writer.endObject()
            return writer.bytes
        }
        var splice = JSONSplice(params)
        if let meta = params["_meta"], meta.kind == .object {
            splice.setMember(key, of: meta, to: mark.bytes)
        } else {
            splice.setMember("_meta", of: params, to: Array("{\"\(key)\":".utf8) + mark.bytes + Array("}".utf8))
        }
        return splice.apply()
    }
}

/// The open subscriptions of modern clients, by number.
final class Subscriptions: Sendable {
    private struct Table {
        var open: [Int: Subscription] = [:]
        /// What concludes those that their servers have yet to acknowledge.
        var asked: [Int: Cancellation] = [:]
        var last = 0
        var isClosed = false
    }

    private let table = Mutex(Table())

    /// Takes all out, and what concludes those that are not acknowledged; none is kept any more.
    func close() -> (open: [Subscription], asked: [Cancellation]) {
        table.withLock { table in
            defer { (table.open, table.asked, table.isClosed) = ([:], [:], true) }
            return (Array(table.open.values), Array(table.asked.values))
        }
    }

    /// Notes what concludes one that its server has yet to acknowledge; nil where all were ended.
    func ask(concluding: Cancellation) -> Int? {
        table.withLock { table in
            guard !table.isClosed else { return nil }
            table.last += 1
            table.asked[table.last] = concluding
            return table.last
        }
    }

    /// Its server has acknowledged it, or it is over.
    func wasAnswered(_ asked: Int) { table.withLock { _ = $0.asked.removeValue(forKey: asked) } }

    /// Keeps one; nil where too many are open, or all were ended.
    func add(_ subscription: Subscription) -> Int? {
        table.withLock { table in
            let own = table.open.values.count { $0.principal.id.utf8.elementsEqual(subscription.principal.id.utf8) }
            guard !table.isClosed, table.open.count < GatewayLimits.subscriptions,
                own < GatewayLimits.subscriptionsPerPrincipal
            else {
                return nil
            }
            table.last += 1
            table.open[table.last] = subscription
            return table.last
        }
    }

    @discardableResult
    func remove(_ number: Int) -> Subscription? { table.withLock { $0.open.removeValue(forKey: number) } }

    /// Those to which something is to be told.
    func all(where isWanted: (Subscription) -> Bool) -> [Subscription] {
        table.withLock { $0.open.values.filter(isWanted) }
    }

    /// Takes out those that are meant.
    func removeAll(where isMeant: (Subscription) -> Bool) -> [Subscription] {
        table.withLock { table in
            let meant = table.open.filter { isMeant($0.value) }
            for number in meant.keys { table.open[number] = nil }
            return Array(meant.values)
        }
    }

    /// Takes out those of one stdio connection, whose client will send no more.
    func removeAll(of conversation: Conversation) -> [Subscription] {
        table.withLock { table in
            let own = table.open.filter { $0.value.conversation === conversation }
            for number in own.keys { table.open[number] = nil }
            return Array(own.values)
        }
    }
}

import MCPMessages
import WireJSON

/// One page of a stack's list, put together from a page of each of its servers'.
struct StackPage {
    private let kind: ListKind
    private var items = JSONWriter(reserving: 4096)
    private var bytes = 0
    private var cursor = StackCursor()
    private var absent: [String] = []
    private var count = (asked: 0, listed: 0)
    /// How much of the cursor is each server's, bytes.
    private let share: Int

    /// - Parameter servers: how many give a page of theirs.
    init(_ kind: ListKind, of servers: Int) {
        self.kind = kind
        share = StackCursor.share(of: servers)
        items.beginArray()
    }

    /// Whether servers were asked and none gave a list.
    var isRefused: Bool { count.asked > 0 && count.listed == 0 }

    /// Adds what one server gave; nil where it gave nothing in time. What has no room is asked for again, by the next
    /// page's cursor.
    ///
    /// - Parameter accepted: what is accepted of the server's tools.
    mutating func add(
        _ reply: StackReply?, of server: String, asked place: StackCursor.Place, _ accepted: () -> Definitions
    ) {
        count.asked += 1
        if reply?.isPutOff ?? false {
            count.listed += 1
            return cursor.next.append((server, place))
        }
        guard let list = reply?.result?[kind.member], list.kind == .array else {
            if reply?.saysMethodNotFound != true { absent.append(server) }
            return
        }
        count.listed += 1
        guard bytes == 0 || bytes + list.range.count <= GatewayLimits.stackListBytes else {
            return cursor.next.append((server, place))
        }
        bytes += list.range.count
        let names = kind == .tools ? StackNames(accepted(), of: server) : nil
        for item in list.elements {
            guard let own = item[kind.itemName]?.utf8, let name = name(own, of: server, names) else { continue }
            var text = JSONWriter()
            text.string(utf8: name)
            items.raw(item.settingMember(kind.itemName, text.bytes))
        }
        guard let next = reply?.result?["nextCursor"], next.kind == .string else { return }
        let place = StackCursor.Place.after(Array(next.bytes))
        // One server's cursor takes no room from the others': its list ends here, and the answer says so.
        guard place.bytes(of: server) <= share else { return absent.append(server) }
        cursor.next.append((server, place))
    }

    private func name(_ own: [UInt8], of server: String, _ names: StackNames?) -> [UInt8]? {
        switch kind {
        case .tools: names?.name(of: own)
        case .prompts: Stack.name(own, of: server)
        case .resources, .resourceTemplates: Stack.uri(own, of: server)
        }
    }

    /// The result; nil where its cursor cannot be told.
    func result(for era: Era, _ sealed: (StackCursor) -> String?) -> [UInt8]? {
        var items = items
        items.endArray()
        var writer = JSONWriter(reserving: items.bytes.count + 256)
        writer.beginObject()
        writer.key(kind.member)
        writer.raw(items.bytes)
        if !cursor.next.isEmpty {
            guard let text = sealed(cursor) else { return nil }
            writer.key("nextCursor")
            writer.string(text)
        }
        if era == .modern {
            writer.key("resultType")
            writer.string("complete")
            writer.key("ttlMs")
            writer.int(0)
            writer.key("cacheScope")
            writer.string("private")
        }
        StackAbsence.write(absent, to: &writer)
        writer.endObject()
        return writer.bytes
    }
}

import MCPMessages
import WireJSON

extension ServerCard {
    typealias Described = (server: String, description: UpstreamDescription)

    /// A stack's: what any of its servers can do, and what each says of its use.
    init(stack described: [Described], without absent: [String], to client: Era) {
        let tasks = described.map { client == .modern && $0.description.version.era == .modern }
        self.init(
            house: Self.capabilities(
                described.compactMap(\.description.capabilities), tasks: tasks.contains(true)),
            instructions: Self.instructions(described), without: absent)
    }

    private static func capabilities(_ declared: [JSON], tasks: Bool) -> [UInt8] {
        var writer = JSONWriter(reserving: 256)
        writer.beginObject()
        // What there is in a stack changes with policy and with its servers, whether or not these tell of their own changes.
        for kind in [ListKind.tools, .prompts, .resources] {
            let own = declared.compactMap { $0[kind.member] }
            guard !own.isEmpty else { continue }
            writer.key(kind.member)
            writer.beginObject()
            writer.key("listChanged")
            writer.bool(true)
            if kind == .resources, own.contains(where: { $0["subscribe"]?.bool ?? false }) {
                writer.key("subscribe")
                writer.bool(true)
            }
            writer.endObject()
        }
        for name in ["completions", "logging"] where declared.contains(where: { $0[name] != nil }) {
            writer.key(name)
            writer.beginObject()
            writer.endObject()
        }
        Extensions.write(merged(declared.compactMap { $0["extensions"] }), to: &writer, tasks: tasks)
        writer.endObject()
        return writer.bytes
    }

    /// What any of several objects has; of what several have, the first's.
    private static func merged(_ objects: [JSON]) -> JSON? {
        var members: [(key: JSONKey, value: JSON)] = []
        for member in objects.flatMap(\.members)
        where !members.contains(where: { $0.key.utf8.elementsEqual(member.key.utf8) }) {
            members.append((member.key, member.value))
        }
        guard !members.isEmpty else { return nil }
        var writer = JSONWriter()
        writer.beginObject()
        for (key, value) in members {
            writer.key(key)
            writer.raw(value.bytes)
        }
        writer.endObject()
        return try? JSON(lenient: writer.bytes)
    }

    /// Each server's words under its slug, moved in, so that no server's text can pass for another's.
    private static func instructions(_ described: [Described]) -> String? {
        var told = ""
        for (server, description) in described {
            guard let text = description.instructions?.string, !text.isEmpty else { continue }
            let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            let part = "\(server):\n" + lines.map { "  \($0)\n" }.joined()
            guard told.utf8.count + part.utf8.count <= GatewayLimits.stackInstructionBytes else { continue }
            told += part
        }
        return told.isEmpty ? nil : told
    }
}

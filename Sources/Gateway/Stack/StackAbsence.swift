import MCPMessages
import WireJSON

/// Says which servers of a stack an answer is without: their slugs in its `_meta`, under the house's own prefix.
enum StackAbsence {
    static let key = RequestMetadata.ownPrefix + "unavailable"

    /// A whole `_meta`, where there is something to say.
    static func write(_ servers: [String], to writer: inout JSONWriter) {
        guard !servers.isEmpty else { return }
        writer.key("_meta")
        writer.beginObject()
        writeMember(servers, to: &writer)
        writer.endObject()
    }

    /// As a member of a `_meta` that is being written.
    static func writeMember(_ servers: [String], to writer: inout JSONWriter) {
        guard !servers.isEmpty else { return }
        writer.key(key)
        writer.beginArray()
        for server in servers { writer.string(server) }
        writer.endArray()
    }
}

public import WireJSON

/// Extensions that either end declares (SEP-2133): they pass, but for the one whose methods this house does not serve.
public enum Extensions {
    /// Tasks: their ids would have to be this house's own.
    static let tasks = "io.modelcontextprotocol/tasks"

    /// Writes the member `extensions` of a declaration, as far as it passes; false where nothing does.
    public static func write(_ declared: JSON?, to writer: inout JSONWriter) -> Bool {
        guard let declared, declared.kind == .object, declared.range.count <= MessageLimits.clientInfoBytes else {
            return false
        }
        let passing = declared.members.filter { !$0.key.equals(tasks) }
        guard !passing.isEmpty else { return false }
        writer.key("extensions")
        writer.beginObject()
        for (key, value) in passing {
            writer.key(key)
            writer.raw(value.bytes)
        }
        writer.endObject()
        return true
    }
}

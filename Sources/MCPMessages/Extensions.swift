public import WireJSON

/// Extensions that either end declares (SEP-2133): they pass, but the one for tasks only where both ends speak the modern
/// wire, on which their ids are this house's own.
public enum Extensions {
    /// Tasks (SEP-2663).
    public static let tasks = "io.modelcontextprotocol/tasks"

    /// Writes the member `extensions` of a declaration, as far as it passes.
    ///
    /// - Parameter tasks: whether the one for tasks passes.
    public static func write(_ declared: JSON?, to writer: inout JSONWriter, tasks isTasksPassing: Bool = false) {
        let passing = passing(declared).filter { isTasksPassing || !$0.key.equals(tasks) }
        guard !passing.isEmpty else { return }
        writer.key("extensions")
        writer.beginObject()
        for (key, value) in passing {
            writer.key(key)
            writer.raw(value.bytes)
        }
        writer.endObject()
    }

    /// Whether a declaration names the extension for tasks.
    static func hasTasks(_ declared: JSON?) -> Bool { passing(declared).contains { $0.key.equals(tasks) } }

    /// Whether it names any other.
    static func hasOthers(_ declared: JSON?) -> Bool { passing(declared).contains { !$0.key.equals(tasks) } }

    private static func passing(_ declared: JSON?) -> [(key: JSONKey, value: JSON)] {
        guard let declared, declared.kind == .object, declared.range.count <= MessageLimits.clientInfoBytes else {
            return []
        }
        return declared.members.map { ($0.key, $0.value) }
    }
}

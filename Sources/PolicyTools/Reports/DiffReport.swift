import WireJSON

/// What `policy diff` prints.
public enum DiffReport {
    /// Lines for people: direction, subject, what has changed and where.
    public static func text(_ diff: PolicyDiff) -> String { text(diff.differences, tools: diff.tools) }

    /// The same of differences that were found elsewhere.
    ///
    /// - Parameter tools: how many were compared; `nil` where only names were.
    public static func text(_ differences: [PolicyDifference], tools: Int?) -> String {
        guard !differences.isEmpty else { return "the policies decide alike\n" }
        let widest = differences.map { $0.subject.count }.max() ?? 0
        var lines = differences.map { difference in
            let direction = pad(difference.direction.rawValue, to: 7)
            let place = difference.newPointer ?? difference.oldPointer
            return "\(direction)  \(pad(difference.subject, to: widest))  \(difference.kind.rawValue): "
                + difference.detail + (place.map { " [\(Wording.shown($0))]" } ?? "")
        }
        let counts = PolicyDifference.Direction.allCases.map { direction in
            "\(differences.count { $0.direction == direction }) \(direction.rawValue)"
        }
        let over = tools.map { " over \(Wording.count($0, "tool", "tools"))" } ?? ""
        lines.append(counts.joined(separator: ", ") + over)
        return lines.map { $0 + "\n" }.joined()
    }

    /// One JSON object: `looser`, `differences` and, where the tools were given, `tools`.
    public static func json(_ diff: PolicyDiff) -> String {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("looser", diff.isLooser)
            if let tools = diff.tools { writer.member("tools", tools) }
            writer.key("differences")
            writer.array { writer in
                for difference in diff.differences { write(difference, to: &writer) }
            }
        }
        return String(decoding: writer.bytes, as: UTF8.self) + "\n"
    }

    private static func write(_ difference: PolicyDifference, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("direction", difference.direction.rawValue)
            writer.member("kind", difference.kind.rawValue)
            writer.member("subject", difference.subject)
            writer.member("detail", difference.detail)
            if let pointer = difference.oldPointer { writer.member("old", pointer) }
            if let pointer = difference.newPointer { writer.member("new", pointer) }
        }
    }

    private static func pad(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}

import PolicyEngine
import WireJSON

/// What `policy replay` prints.
public enum ReplayReport {
    /// Lines for people: how many calls would end how, from what, and the calls that end otherwise.
    ///
    /// - Parameter moment: a time in milliseconds as text.
    public static func text(_ summary: ReplaySummary, moment: (Int64) -> String) -> String {
        guard summary.calls > 0 else { return "no calls\n" }
        var lines = [Wording.count(summary.calls, "call", "calls") + " judged"]
        for word in ReplayVerdict.words where summary.count(of: word) > 0 {
            let before = summary.counts.filter { $0.value[word] != nil }.sorted { $0.key < $1.key }
                .map { "\($0.value[word] ?? 0) \(Wording.shown($0.key))" }
            lines.append("    \(summary.count(of: word)) \(word), before: \(before.joined(separator: ", "))")
        }
        if summary.changed > 0 { lines.append("\(summary.changed) end otherwise or cannot be told:") }
        for change in summary.changes {
            let call = change.call
            let detail = Wording.shown(change.verdict.detail)
            lines.append(
                "    \(moment(call.time))  \(Wording.shown(call.tool.description))  \(Wording.shown(call.grant))  "
                    + "\(Wording.shown(call.outcome)) → \(change.verdict.word)" + (detail.isEmpty ? "" : "  \(detail)"))
        }
        if summary.changed > summary.changes.count {
            lines.append("    and \(summary.changed - summary.changes.count) more")
        }
        return lines.map { $0 + "\n" }.joined()
    }

    /// One JSON object: `calls`, `counts` (from how they ended to how they would) and `changes`.
    public static func json(_ summary: ReplaySummary) -> String {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("calls", summary.calls)
            writer.key("verdicts")
            writer.object { writer in
                for word in ReplayVerdict.words { writer.member(word, summary.count(of: word)) }
            }
            writer.key("counts")
            writer.object { writer in
                for (outcome, verdicts) in summary.counts.sorted(by: { $0.key < $1.key }) {
                    writer.key(outcome)
                    writer.object { writer in
                        for (word, count) in verdicts.sorted(by: { $0.key < $1.key }) { writer.member(word, count) }
                    }
                }
            }
            writer.member("changed", summary.changed)
            writer.key("changes")
            writer.array { writer in
                for change in summary.changes { write(change, to: &writer) }
            }
        }
        return String(decoding: writer.bytes, as: UTF8.self) + "\n"
    }

    private static func write(_ change: ReplaySummary.Change, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("request", change.call.request)
            writer.member("time", change.call.time)
            writer.member("server", change.call.server)
            writer.key("tool")
            writer.string(utf8: change.call.tool.utf8)
            writer.member("grant", change.call.grant)
            writer.member("was", change.call.outcome)
            writer.member("verdict", change.verdict.word)
            writer.member("detail", change.verdict.detail)
        }
    }
}

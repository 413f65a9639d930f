import PolicyEngine
import PolicyFiles
import WireJSON

/// What `policy check` prints.
public enum CheckReport {
    /// Lines for people: the file's state and what its patterns name, then what was found.
    ///
    /// - Parameter tools: how many tools the policy was checked against, if it was.
    public static func text(_ checked: PolicyCheck.Checked, of file: String, tools: Int? = nil) -> String {
        var lines: [String] = []
        if let keys = checked.keys {
            let against = tools.map { ", checked against \(Wording.count($0, "tool", "tools"))" } ?? ""
            lines.append("\(file): ok, \(Wording.count(keys, "key", "keys")) under `tools`\(against)")
            lines += checked.patterns.map { reach in
                let names = reach.tools.map { Wording.shown($0.description) }
                let count = Wording.count(names.count, "tool", "tools")
                let list = names.isEmpty ? "" : ": " + names.joined(separator: ", ")
                return "    \(Wording.quoted(reach.pattern)) \(reach.use.rawValue) \(count)\(list)"
            }
        }
        lines += checked.diagnostics.map(\.description)
        return lines.map { $0 + "\n" }.joined()
    }

    /// One JSON object: `files`, each with `file`, `ok`, `keys`, `diagnostics` and `patterns`.
    public static func json(_ files: [(file: String, checked: PolicyCheck.Checked)]) -> String {
        var writer = JSONWriter()
        writer.object { writer in
            writer.key("files")
            writer.array { writer in
                for (file, checked) in files { write(checked, of: file, to: &writer) }
            }
        }
        return String(decoding: writer.bytes, as: UTF8.self) + "\n"
    }

    private static func write(_ checked: PolicyCheck.Checked, of file: String, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("file", file)
            writer.member("ok", !checked.hasErrors)
            if let keys = checked.keys { writer.member("keys", keys) }
            writer.key("diagnostics")
            writer.array { writer in
                for diagnostic in checked.diagnostics { write(diagnostic, to: &writer) }
            }
            writer.key("patterns")
            writer.array { writer in
                for reach in checked.patterns { write(reach, to: &writer) }
            }
        }
    }

    private static func write(_ diagnostic: Diagnostic, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("severity", diagnostic.severity.rawValue)
            writer.member("line", diagnostic.line)
            writer.member("column", diagnostic.column)
            writer.member("pointer", diagnostic.pointer)
            writer.member("message", diagnostic.message)
            if let suggestion = diagnostic.suggestion { writer.member("suggestion", suggestion) }
        }
    }

    private static func write(_ reach: PatternReach, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("pattern", reach.pattern)
            writer.member("pointer", reach.pointer)
            writer.member("use", reach.use.rawValue)
            writer.key("tools")
            writer.array { writer in
                for tool in reach.tools { writer.string(utf8: tool.utf8) }
            }
        }
    }
}

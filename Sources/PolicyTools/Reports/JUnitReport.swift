public import PolicyFiles

/// The outcome of golden cases in the XML that build servers read (JUnit's, as Jenkins and GitLab take it).
public enum JUnitReport {
    /// The cases of one folder.
    public struct Suite: Sendable {
        public var name: String
        public var results: [CaseResult]

        public init(name: String, results: [CaseResult]) {
            self.name = name
            self.results = results
        }
    }

    /// One `testsuite` for each folder, one `testcase` for each case; what failed carries its differences and its trace.
    public static func xml(_ suites: [Suite]) -> String {
        let all = suites.flatMap(\.results)
        var text = #"<?xml version="1.0" encoding="UTF-8"?>"# + "\n"
        text += "<testsuites name=\"gatehouse policy test\"\(counts(all))>\n"
        for suite in suites {
            text += "  <testsuite name=\(quoted(suite.name))\(counts(suite.results))>\n"
            for result in suite.results {
                let head =
                    "    <testcase classname=\(quoted(suite.name)) name=\(quoted(result.name))"
                    + " file=\(quoted(result.file)) line=\"\(result.line)\""
                guard !result.holds else {
                    text += head + "/>\n"
                    continue
                }
                let details = (result.differences + result.trace).joined(separator: "\n")
                text += head + ">\n      <failure message=\(quoted(result.differences.first ?? ""))>"
                text += escaped(details) + "</failure>\n    </testcase>\n"
            }
            text += "  </testsuite>\n"
        }
        return text + "</testsuites>\n"
    }

    private static func counts(_ results: [CaseResult]) -> String {
        " tests=\"\(results.count)\" failures=\"\(results.count { !$0.holds })\" errors=\"0\" skipped=\"0\""
    }

    private static func quoted(_ text: String) -> String { "\"\(escaped(text))\"" }

    /// Text that may stand in an element or an attribute (XML 1.0 sections 2.2 and 2.4); other characters become U+FFFD.
    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "\n": escaped += "&#10;"
            case "\t": escaped += "&#9;"
            case "\u{20}"..."\u{D7FF}", "\u{E000}"..."\u{FFFD}", "\u{10000}"..."\u{10FFFF}":
                escaped.unicodeScalars.append(scalar)
            case _: escaped += "\u{FFFD}"
            }
        }
        return escaped
    }
}

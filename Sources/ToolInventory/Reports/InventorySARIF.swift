import ClientFiles
import ToolCatalogue
import WireJSON

/// An inventory as SARIF 2.1.0 (OASIS Standard), for code scanning: a result for each tool above low risk, each finding,
/// each server that could not be judged, each file that could not be read.
public enum InventorySARIF {
    private struct Result {
        let rule: Rule
        let level: String
        let message: String
        let file: String?
        var line = 1
        var column = 1
        var name: String?
    }

    /// A rule by its id, with a sentence of our own.
    private enum Rule: Hashable {
        case tool(Risk)
        case finding(PoisoningFinding.Kind)
        case chain
        case altered
        case notJudged
        case notRead

        static let all: [Rule] =
            [.tool(.critical), .tool(.high), .tool(.medium)] + PoisoningFinding.Kind.allCases.map(Rule.finding)
            + [.chain, .altered, .notJudged, .notRead]

        var id: String {
            switch self {
            case .tool(let risk): "tool-\(risk.rawValue.lowercased())"
            case .finding(let kind):
                "definition-" + kind.rawValue.split(whereSeparator: { $0 == " " || $0 == "'" }).joined(separator: "-")
            case .chain: "tool-chain"
            case .altered: "server-altered"
            case .notJudged: "server-not-judged"
            case .notRead: "configuration-not-read"
            }
        }

        var sentence: String {
            switch self {
            case .tool(let risk): "Agents can call a tool of \(risk.rawValue.lowercased()) risk."
            case .finding(let kind): "A tool's definition holds what is written for the model: \(kind.rawValue)."
            case .chain: "Tools of one client together can carry data away."
            case .altered: "Variables that a configuration sets for a server change what runs."
            case .notJudged: "The tools of a configured server are not known."
            case .notRead: "A configuration file could not be read whole."
            }
        }
    }

    /// - Parameter version: This program's.
    public static func bytes(_ inventory: Inventory, version: String) -> [UInt8] {
        var writer = JSONWriter()
        writer.object {
            $0.member("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
            $0.member("version", "2.1.0")
            $0.key("runs")
            $0.array {
                $0.object {
                    $0.key("tool")
                    $0.object {
                        $0.key("driver")
                        driver(version, to: &$0)
                    }
                    $0.member("columnKind", "unicodeCodePoints")
                    $0.key("results")
                    $0.array { list in for result in results(inventory) { write(result, to: &list) } }
                }
            }
        }
        return writer.bytes
    }

    private static func driver(_ version: String, to writer: inout JSONWriter) {
        writer.object {
            $0.member("name", "gatehouse scan")
            $0.member("semanticVersion", version)
            $0.key("rules")
            $0.array { list in
                for rule in Rule.all {
                    list.object {
                        $0.member("id", rule.id)
                        $0.key("shortDescription")
                        $0.object { $0.member("text", rule.sentence) }
                    }
                }
            }
        }
    }

    private static func results(_ inventory: Inventory) -> [Result] {
        var results: [Result] = []
        for server in inventory.servers {
            let name = shown(server.name)
            func add(_ rule: Rule, _ level: String, _ message: String, of tool: String? = nil) {
                results.append(
                    Result(
                        rule: rule, level: level, message: message, file: server.file, line: server.line,
                        column: server.column, name: tool.map { "\(name)/\($0)" } ?? name))
            }
            switch server.outcome {
            case .notAsked where server.isEnabled: add(.notJudged, "note", "`\(name)` was not started")
            case .failed(let reason): add(.notJudged, "warning", "`\(name)` gave no list of tools: \(shown(reason))")
            case .unreachable(let reason): add(.notJudged, "note", "`\(name)`: \(shown(reason))")
            case .notAsked, .judged: break
            }
            let altering = server.shown?.alteringNames ?? []
            if !altering.isEmpty {
                add(
                    .altered, "warning", "`\(name)`: what runs is changed by \(shown(altering.joined(separator: ", ")))"
                )
            }
            for tool in server.worstFirst {
                let called = shown(tool.name)
                if tool.verdict.risk > .low {
                    let advice = "\(tool.recommendation.reason) Recommended: \(tool.recommendation.action.rawValue)."
                    add(
                        .tool(tool.verdict.risk), level(tool.verdict.risk),
                        "`\(called)` of `\(name)`: \(advice)", of: called)
                }
                for finding in tool.findings {
                    let place = "at \(finding.pointer.isEmpty ? "/" : shown(finding.pointer))"
                    add(
                        .finding(finding.kind), level(finding.severity.risk),
                        "`\(called)` of `\(name)`: \(finding.kind.rawValue) \(place): \(shown(finding.found))",
                        of: called)
                }
            }
        }
        results += inventory.chains.map { chain in
            Result(rule: .chain, level: level(.high), message: chain.sentence { shown($0) }, file: chain.file)
        }
        return results
            + inventory.problems.map { problem in
                Result(
                    rule: .notRead, level: problem.isNote ? "note" : "warning", message: shown(problem.message),
                    file: problem.file, line: problem.line, column: problem.column)
            }
    }

    /// Somebody else's words: visible ASCII, not endless.
    private static func shown(_ text: String) -> String { ShownText.of(text.utf8, limit: 300) }

    /// A message as plain text: brackets would make a link of it and braces a placeholder (SARIF 2.1.0, 3.11.5 and 3.11.6).
    static func escaped(_ text: String) -> String {
        text.map { character in
            switch character {
            case "\\", "[", "]": "\\\(character)"
            case "{", "}": "\(character)\(character)"
            default: String(character)
            }
        }.joined()
    }

    private static func level(_ risk: Risk) -> String {
        switch risk {
        case .critical: "error"
        case .high: "warning"
        case .medium, .low: "note"
        }
    }

    private static func write(_ result: Result, to writer: inout JSONWriter) {
        writer.object {
            $0.member("ruleId", result.rule.id)
            $0.member("ruleIndex", Rule.all.firstIndex(of: result.rule) ?? 0)
            $0.member("level", result.level)
            $0.key("message")
            $0.object { $0.member("text", escaped(result.message)) }
            guard result.file != nil || result.name != nil else { return }
            $0.key("locations")
            $0.array {
                $0.object {
                    if let file = result.file {
                        $0.key("physicalLocation")
                        $0.object { place(file, result, to: &$0) }
                    }
                    if let name = result.name {
                        $0.key("logicalLocations")
                        $0.array { $0.object { $0.member("fullyQualifiedName", name) } }
                    }
                }
            }
        }
    }

    private static func place(_ file: String, _ result: Result, to writer: inout JSONWriter) {
        writer.key("artifactLocation")
        writer.object { $0.member("uri", uri(file)) }
        writer.key("region")
        writer.object {
            $0.member("startLine", max(1, result.line))
            $0.member("startColumn", max(1, result.column))
        }
    }

    /// A path as a URI reference (RFC 3986): what is not unreserved, or a slash, is percent-encoded.
    static func uri(_ path: String) -> String {
        var text = path.hasPrefix("/") ? "file://" : ""
        for byte in path.utf8 {
            let isPlain =
                byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte >= 0x30 && byte <= 0x39
                || [0x2D, 0x2E, 0x5F, 0x7E, 0x2F].contains(byte)
            if isPlain {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                text += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
            }
        }
        return text
    }
}

import ClientFiles
import ToolCatalogue

/// An inventory as a terminal shows it.
public struct InventoryText: Sendable {
    private let isColoured: Bool
    private let showsAll: Bool

    public init(isColoured: Bool, showsAll: Bool) {
        self.isColoured = isColoured
        self.showsAll = showsAll
    }

    public func text(_ inventory: Inventory) -> String {
        var lines = [bold(Self.summary(inventory))]
        var file: String?
        for server in inventory.servers {
            if server.file != file {
                file = server.file
                let whose = server.client.map { "  \($0.title)" } ?? ""
                lines += ["", bold(Self.shown(file ?? "as typed", 300)) + whose]
            }
            lines += text(of: server)
        }
        let chains = inventory.chains
        if !chains.isEmpty {
            lines += ["", bold("Chains")]
            lines += chains.map { chain in
                let whose = chain.client?.title ?? Self.shown(chain.file, 300)
                return "  \(whose): " + Self.shown(chain.sentence, 600)
            }
        }
        for (heading, problems) in [
            ("Not read", inventory.problems.filter { !$0.isNote }), ("Notes", inventory.problems.filter(\.isNote)),
        ] where !problems.isEmpty {
            lines += ["", bold(heading)]
            lines += problems.map { problem in
                "  \(Self.shown(problem.file, 300)):\(problem.line):\(problem.column): "
                    + Self.shown(problem.message, 300)
            }
        }
        if inventory.servers.isEmpty, inventory.problems.isEmpty {
            lines += [
                "", "No configuration that was looked at names a server; `gatehouse scan FILE` looks at another.",
            ]
        }
        if inventory.servers.contains(where: { if case .notAsked = $0.outcome { $0.isEnabled } else { false } }) {
            lines += ["", "Not every server was started, so not all tools are known: --start starts them and asks."]
        }
        if !inventory.tools.isEmpty {
            lines += [
                "",
                "The rule is what is recommended: allow, limit (so many calls a minute), approval (a person is asked), or hide.",
                "Next: --write-policies FOLDER writes such a policy for each server; `gatehouse wrap`, or `gatehouse serve` with",
                "`gatehouse connect`, puts it before the server.",
            ]
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// `2 files, 3 servers, 41 tools: 4 critical, 9 high, 18 medium, 10 low`
    static func summary(_ inventory: Inventory) -> String {
        let risks = Risk.allCases.reversed().map { "\(inventory.count($0)) \($0.rawValue.lowercased())" }
        let count = inventory.tools.count
        let counted = [
            plural(inventory.files.count, "file"), plural(inventory.servers.count, "server"), plural(count, "tool"),
        ]
        return counted.joined(separator: ", ") + (count > 0 ? ": " + risks.joined(separator: ", ") : "")
    }

    private func text(of server: InventoryServer) -> [String] {
        var heading = "  " + bold(Self.shown(server.name, 100))
        if let shown = server.shown, !shown.text.isEmpty { heading += "  " + shown.text }
        var notes: [String] = []
        if !server.isEnabled { notes.append("switched off") }
        if server.shown?.isGuarded ?? false { notes.append("behind the gateway") }
        if let project = server.project { notes.append("in " + Self.shown(project, 200)) }
        let held = (server.shown?.environmentNames ?? []) + (server.shown?.headerNames ?? [])
        if !held.isEmpty {
            let left = held.count > Self.heldNames ? " and \(held.count - Self.heldNames) more" : ""
            notes.append(
                (server.shown?.transport == "http" ? "sends " : "sets ")
                    + held.prefix(Self.heldNames).map { Self.shown($0, 60) }.joined(separator: ", ") + left)
        }
        if !notes.isEmpty { heading += "  (\(notes.joined(separator: "; ")))" }
        if let altering = server.shown?.alteringNames, !altering.isEmpty {
            let names = altering.prefix(Self.heldNames).map { Self.shown($0, 60) }.joined(separator: ", ")
            heading += "\n    " + colour("what runs is changed by ", 33) + names
        }
        switch server.outcome {
        case .notAsked: return [heading, "    not started"]
        case .failed(let reason):
            return [heading, "    " + colour("gave no list of tools: ", 31) + Self.shown(reason, 300)]
        case .unreachable(let reason): return [heading, "    " + Self.shown(reason, 300)]
        case .judged(let tools, let origin):
            let risks = Risk.allCases.reversed().compactMap { risk -> String? in
                let count = tools.count { $0.verdict.risk == risk }
                return count == 0 ? nil : colour("\(count) \(risk.rawValue.lowercased())", Self.code(risk))
            }
            let counted = ([Self.plural(tools.count, "tool")] + risks).joined(separator: ", ")
            let worst = showsAll ? server.worstFirst : Array(server.worstFirst.prefix(InventoryBounds.shownTools))
            let left = tools.count - worst.count
            let columns = "    Risk      Category     Rule      Tool"
            return [heading, "    " + counted + Self.words(origin)] + (worst.isEmpty ? [] : [colour(columns, 2)])
                + worst.flatMap(text)
                + (left > 0 ? ["    and \(left) more (--all)"] : [])
        }
    }

    private func text(of tool: InventoryTool) -> [String] {
        let risk = colour(Self.padded(tool.verdict.risk.rawValue, 8), Self.code(tool.verdict.risk))
        let action = Self.padded(tool.recommendation.action.rawValue, 8)
        let row =
            "    \(risk)  \(Self.padded(tool.verdict.category.rawValue, 11))  \(action)  " + Self.shown(tool.name, 200)
        let findings = tool.findings.filter { $0.severity > .notice }.map { finding in
            let word = colour("\(finding.severity.word): \(finding.kind.rawValue)", Self.code(finding.severity.risk))
            return "      \(word) at \(Self.shown(finding.pointer, 120)): \(Self.shown(finding.found, 120))"
        }
        return [row] + findings
    }

    static func words(_ origin: InventoryServer.Origin) -> String {
        switch origin {
        case .server(let revision): revision.isEmpty ? "" : " (protocol \(shown(revision, 20)))"
        case .catalogue(let version):
            version.isEmpty ? " (as catalogued)" : " (as catalogued, version \(shown(version, 40)))"
        case .file: ""
        }
    }

    /// Variables and headers of one server that are named in its heading.
    private static let heldNames = 12

    private static func shown(_ text: String, _ limit: Int) -> String { ShownText.of(text.utf8, limit: limit) }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    private static func plural(_ count: Int, _ word: String) -> String { "\(count) \(word)\(count == 1 ? "" : "s")" }

    /// The terminal's colour (ECMA-48, SGR).
    private static func code(_ risk: Risk) -> Int {
        switch risk {
        case .critical: 31
        case .high: 33
        case .medium: 36
        case .low: 32
        }
    }

    private func colour(_ text: String, _ code: Int) -> String { isColoured ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text }

    private func bold(_ text: String) -> String { colour(text, 1) }
}

import ClientFiles
import ToolCatalogue

/// An inventory as one page that needs nothing else: no script, no font, no address is fetched, and its own policy forbids
/// it (Content Security Policy Level 3).
public enum InventoryHTML {
    public static func page(_ inventory: Inventory) -> String {
        var page = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="referrer" content="no-referrer">
            <title>What agents can call</title>
            <style>\(style)</style>
            </head>
            <body>
            <h1>What agents can call</h1>
            <p>\(escaped(InventoryText.summary(inventory))). Made \(escaped(inventory.made)).</p>

            """
        for server in inventory.servers { page += section(server) }
        let chains = inventory.chains
        if !chains.isEmpty {
            page += "<h2>Chains</h2>\n<ul>\n"
            for chain in chains {
                page += "<li>\(escaped(chain.client?.title ?? chain.file)): \(escaped(chain.sentence))</li>\n"
            }
            page += "</ul>\n"
        }
        if !inventory.problems.isEmpty {
            page += "<h2>Not read, and notes</h2>\n<ul>\n"
            for problem in inventory.problems {
                page +=
                    "<li><code>\(escaped(problem.file)):\(problem.line):\(problem.column)</code> \(escaped(problem.message))</li>\n"
            }
            page += "</ul>\n"
        }
        return page + "</body>\n</html>\n"
    }

    private static func section(_ server: InventoryServer) -> String {
        var text = "<section>\n<h2>\(escaped(server.name))</h2>\n<p>"
        var facts: [String] = []
        if let client = server.client { facts.append(escaped(client.title)) }
        if let file = server.file { facts.append("<code>\(escaped(file)):\(server.line)</code>") }
        if let project = server.project { facts.append("in <code>\(escaped(project))</code>") }
        if let shown = server.shown, !shown.text.isEmpty { facts.append("<code>\(escaped(shown.text))</code>") }
        let held = (server.shown?.environmentNames ?? []) + (server.shown?.headerNames ?? [])
        if !held.isEmpty {
            facts.append(
                (server.shown?.transport == "http" ? "sends " : "sets ")
                    + held.map { "<code>\(escaped($0))</code>" }.joined(separator: ", "))
        }
        let altering = server.shown?.alteringNames ?? []
        if !altering.isEmpty {
            facts.append(
                "what runs is changed by " + altering.map { "<code>\(escaped($0))</code>" }.joined(separator: ", "))
        }
        if server.shown?.isGuarded ?? false { facts.append("behind the gateway") }
        if !server.isEnabled { facts.append("switched off") }
        text += facts.joined(separator: " · ") + "</p>\n"
        switch server.outcome {
        case .notAsked: text += "<p>Not started.</p>\n"
        case .failed(let reason): text += "<p>Gave no list of tools: \(escaped(reason))</p>\n"
        case .unreachable(let reason): text += "<p>\(escaped(reason))</p>\n"
        case .judged(let tools, let origin):
            text += "<p>\(tools.count) tools\(escaped(InventoryText.words(origin)))</p>\n"
            text +=
                "<table>\n<thead><tr><th>Risk</th><th>Category</th><th>Tool</th><th>Recommended</th><th>Why</th></tr></thead>\n<tbody>\n"
            for tool in server.worstFirst { text += row(tool) }
            text += "</tbody>\n</table>\n"
        }
        return text + "</section>\n"
    }

    private static func row(_ tool: InventoryTool) -> String {
        let risk = tool.verdict.risk.rawValue
        var why = escaped(tool.recommendation.reason)
        for finding in tool.findings {
            why +=
                "<br><b class=\"\(finding.severity.risk.rawValue.lowercased())\">\(escaped(finding.kind.rawValue))</b>"
                + " <code>\(escaped(finding.pointer))</code> <code>\(escaped(finding.found))</code>"
        }
        return
            "<tr><td class=\"\(risk.lowercased())\">\(risk)</td><td>\(tool.verdict.category.rawValue)</td>"
            + "<td><code>\(escaped(tool.name))</code></td><td>\(tool.recommendation.action.rawValue)</td><td>\(why)</td></tr>\n"
    }

    /// Text for element content and quoted attributes: what is special in HTML is a reference, what is not seen is spelled
    /// out.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            case "`": escaped += "&#96;"
            default:
                switch scalar.properties.generalCategory {
                case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator:
                    escaped += "U+" + String(scalar.value, radix: 16, uppercase: true) + " "
                default: escaped.unicodeScalars.append(scalar)
                }
            }
        }
        return escaped
    }

    private static let style = """
        :root{color-scheme:light dark;--line:#8884}
        body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem}
        h1{font-size:1.6rem}h2{font-size:1.2rem;margin:2rem 0 .3rem;overflow-wrap:anywhere}
        code{font:.9em ui-monospace,monospace;overflow-wrap:anywhere}
        table{border-collapse:collapse;width:100%}
        th,td{border-bottom:1px solid var(--line);padding:.35rem .6rem .35rem 0;text-align:left;vertical-align:top}
        .critical{color:#c0262d;font-weight:700}.high{color:#b45309;font-weight:700}.medium{color:#0e7490}.low{color:#15803d}
        @media (prefers-color-scheme:dark){.critical{color:#ff7b80}.high{color:#fbbf24}.medium{color:#67e8f9}.low{color:#86efac}}
        @media (max-width:40rem){thead{display:none}tr,td{display:block}td{border:0;padding:.1rem 0}tr{border-bottom:1px solid var(--line);padding:.5rem 0}}
        @media print{section{break-inside:avoid-page}}
        """
}

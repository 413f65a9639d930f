import ClientFiles
import ToolCatalogue
import WireJSON

/// An inventory as a JSON object. Docs/Scan.md describes each member; a member is never taken away or given another
/// meaning without a higher `gatehouse_scan`.
public enum InventoryJSON {
    public static let format = 1

    public static func bytes(_ inventory: Inventory) -> [UInt8] {
        var writer = JSONWriter()
        writer.object {
            $0.member("gatehouse_scan", format)
            $0.member("made", inventory.made)
            $0.key("summary")
            summary(inventory, to: &$0)
            $0.key("files")
            $0.array { list in for file in inventory.files { list.string(file) } }
            $0.key("servers")
            $0.array { list in for server in inventory.servers { write(server, to: &list) } }
            $0.key("chains")
            $0.array { list in for chain in inventory.chains { write(chain, to: &list) } }
            $0.key("problems")
            $0.array { list in
                for problem in inventory.problems {
                    list.object {
                        $0.member("file", problem.file)
                        $0.member("line", problem.line)
                        $0.member("column", problem.column)
                        $0.member("message", problem.message)
                        $0.member("note", problem.isNote)
                    }
                }
            }
        }
        return writer.bytes
    }

    private static func summary(_ inventory: Inventory, to writer: inout JSONWriter) {
        writer.object {
            $0.member("servers", inventory.servers.count)
            $0.member("tools", inventory.tools.count)
            for risk in Risk.allCases.reversed() { $0.member(risk.rawValue.lowercased(), inventory.count(risk)) }
            $0.member("findings", inventory.tools.reduce(0) { $0 + $1.findings.count })
            $0.member("complete", inventory.isComplete)
        }
    }

    private static func write(_ server: InventoryServer, to writer: inout JSONWriter) {
        writer.object {
            $0.member("name", server.name)
            if let client = server.client { $0.member("client", client.rawValue) }
            if let file = server.file {
                $0.member("file", file)
                $0.member("line", server.line)
                $0.member("column", server.column)
            }
            if let project = server.project { $0.member("project", project) }
            $0.member("enabled", server.isEnabled)
            if let shown = server.shown {
                $0.member("transport", shown.transport)
                $0.member("shown", shown.text)
                if let package = shown.package {
                    $0.member("registry", package.registry)
                    $0.member("package", package.name)
                    $0.member("version", package.version)
                }
                $0.member("guarded", shown.isGuarded)
                let names = [
                    ("environment", shown.environmentNames), ("headers", shown.headerNames),
                    ("takes", shown.takenNames),
                    ("changes_what_runs", shown.alteringNames),
                ]
                for (key, names) in names {
                    $0.key(key)
                    $0.array { list in for name in names { list.string(name) } }
                }
            }
            write(server.outcome, worst: server.worstFirst, to: &$0)
        }
    }

    private static func write(
        _ outcome: InventoryServer.Outcome, worst: [InventoryTool], to writer: inout JSONWriter
    ) {
        switch outcome {
        case .notAsked: writer.member("status", "not_started")
        case .failed(let reason):
            writer.member("status", "failed")
            writer.member("reason", reason)
        case .unreachable(let reason):
            writer.member("status", "unreachable")
            writer.member("reason", reason)
        case .judged(_, let origin):
            writer.member("status", "listed")
            switch origin {
            case .server(let revision):
                writer.member("source", "server")
                writer.member("revision", revision)
            case .catalogue(let version):
                writer.member("source", "catalogue")
                writer.member("revision", version)
            case .file: writer.member("source", "file")
            }
            writer.key("tools")
            writer.array { list in for tool in worst { write(tool, to: &list) } }
        }
    }

    private static func write(_ chain: InventoryChain, to writer: inout JSONWriter) {
        writer.object {
            if let client = chain.client { $0.member("client", client.rawValue) }
            $0.member("file", chain.file)
            let links = [
                ("brings_foreign_text", chain.bringsForeignText), ("reads_private", chain.readsPrivate),
                ("sends_out", chain.sendsOut),
            ]
            for (role, link) in links {
                $0.key(role)
                $0.object {
                    $0.member("server", link.server)
                    $0.member("tool", link.tool)
                }
            }
        }
    }

    private static func write(_ tool: InventoryTool, to writer: inout JSONWriter) {
        let hundredths = Int((tool.verdict.confidence * 100).rounded())
        writer.object {
            $0.member("name", tool.name)
            $0.member("category", tool.verdict.category.rawValue)
            $0.member("risk", tool.verdict.risk.rawValue)
            $0.member("confidence", raw: "\(hundredths / 100).\(hundredths / 10 % 10)\(hundredths % 10)".utf8)
            $0.member("recommended", tool.recommendation.action.rawValue)
            $0.member("reason", tool.recommendation.reason)
            $0.key("evidence")
            $0.array { list in
                for evidence in tool.verdict.evidence {
                    list.object {
                        $0.member("place", evidence.place.words)
                        $0.member("found", evidence.found)
                        $0.member("claim", evidence.claim.words)
                    }
                }
            }
            $0.key("findings")
            $0.array { list in
                for finding in tool.findings {
                    list.object {
                        $0.member("kind", finding.kind.rawValue)
                        $0.member("severity", finding.severity.word)
                        $0.member("pointer", finding.pointer)
                        $0.member("found", finding.found)
                    }
                }
            }
        }
    }
}

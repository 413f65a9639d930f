import Foundation
import GatewayStorage
import ToolCatalogue
import WireJSON

/// A tool of a catalogue as commands print it.
enum CatalogRow {
    /// `Critical  Destructive  hide      detach_user_policy`
    static func line(_ name: String, _ tool: CatalogueTool) -> String {
        let cells = [
            (tool.verdict.risk.rawValue, 8), (tool.verdict.category.rawValue, 11),
            (tool.recommendation.action.rawValue, 8),
        ]
        let padded = cells.map { text, width in text + String(repeating: " ", count: max(0, width - text.count)) }
        return (padded + [ShownText.of(name.utf8, limit: 200)]).joined(separator: "  ")
    }

    /// One object on a line of standard output.
    static func print(_ server: CatalogueServer, _ tool: CatalogueTool) {
        FileHandle.standardOutput.write(Data(object(server, tool) + [0x0A]))
    }

    static func object(_ server: CatalogueServer, _ tool: CatalogueTool) -> [UInt8] {
        var writer = JSONWriter()
        writer.object {
            $0.member("server", server.slug)
            $0.member("registry", server.registry)
            $0.member("package", server.package)
            $0.member("version", server.version)
            $0.member("provider", server.provider)
            $0.member("tool", tool.name)
            $0.member("category", tool.verdict.category.rawValue)
            $0.member("risk", tool.verdict.risk.rawValue)
            $0.member("recommended", tool.recommendation.action.rawValue)
            $0.member("reason", tool.recommendation.reason)
            $0.member("definition", tool.definition.hex)
            $0.member("confidence", raw: CatalogText.twoPlaces(tool.verdict.confidence).utf8)
            $0.key("arguments")
            $0.array { arguments in
                for argument in tool.arguments {
                    arguments.object {
                        $0.member("name", argument.name)
                        $0.member("type", argument.kind.words)
                        $0.member("required", argument.isRequired)
                    }
                }
            }
        }
        return writer.bytes
    }
}

extension CatalogRow {
    /// One package whose tools are not known.
    static func print(_ package: CatalogueServerEntry) {
        var writer = JSONWriter()
        writer.object {
            $0.member("registry", package.registry)
            $0.member("package", package.package)
            $0.member("version", package.version)
        }
        FileHandle.standardOutput.write(Data(writer.bytes + [0x0A]))
    }
}

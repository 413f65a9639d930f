import ArgumentParser
import Foundation
import ToolCatalogue
import WireJSON

struct CatalogExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Print what a catalogue holds, one JSON object a line for each tool.")

    @OptionGroup var catalogue: CatalogFile

    @Option(help: ArgumentHelp("Only this server.", valueName: "slug")) var server: String?

    func run() throws {
        let read = try catalogue.read()
        if let server, read.server(server) == nil {
            throw CommandFailure("the catalogue has no server `\(server)`", .checkFailed)
        }
        for known in read.servers where server.map({ $0.utf8.elementsEqual(known.slug.utf8) }) ?? true {
            var lines: [UInt8] = []
            for tool in known.tools {
                lines += Self.object(known, tool)
                lines.append(0x0A)
            }
            FileHandle.standardOutput.write(Data(lines))
        }
    }

    private static func object(_ server: CatalogueServer, _ tool: CatalogueTool) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        let texts = [
            ("server", server.slug), ("registry", server.registry), ("package", server.package),
            ("version", server.version), ("tool", tool.name), ("category", tool.verdict.category.rawValue),
            ("risk", tool.verdict.risk.rawValue), ("recommended", tool.recommendation.action.rawValue),
            ("reason", tool.recommendation.reason), ("definition", tool.definition.hex),
        ]
        for (key, text) in texts {
            writer.key(key)
            writer.string(text)
        }
        writer.key("confidence")
        writer.raw(CatalogText.twoPlaces(tool.verdict.confidence).utf8)
        writer.key("arguments")
        writer.beginArray()
        for argument in tool.arguments {
            writer.beginObject()
            writer.key("name")
            writer.string(argument.name)
            writer.key("type")
            writer.string(argument.kind.words)
            writer.key("required")
            writer.bool(argument.isRequired)
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
        return writer.bytes
    }
}

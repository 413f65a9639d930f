import ArgumentParser
import Foundation
import ToolCatalogue
import WireJSON

struct CatalogClassifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "classify", abstract: "Print category and risk of every tool in a definitions file.",
        discussion: """
            The file holds one JSON object a line: `server`, `tool` (or `name`), `description`, `inputSchema`, \
            `annotations`. Tools of one server are judged with their siblings in mind. Lines that hold no definition are \
            named on standard error and passed over.

            With `--format tsv`: server, tool, category, risk and confidence, with tabs between.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case tsv
        case json
    }

    @Argument(help: ArgumentHelp("The definitions, one JSON object a line.", valueName: "file"))
    var file: String

    @Option(help: "tsv, or json with the evidence, one object a line.") var format: Format = .tsv

    func run() throws {
        let definitions = try CatalogDefinitions(path: file)
        for skipped in definitions.skipped {
            FileHandle.standardError.write(Data("\(file): \(skipped)\n".utf8))
        }
        let classifier = ToolClassifier()
        for server in definitions.servers {
            let context = server.context
            var lines: [UInt8] = []
            for tool in server.tools {
                let verdict = classifier.classify(tool.definition, among: context)
                switch format {
                case .tsv: lines += Array(Self.row(server.name, tool.name, verdict).utf8)
                case .json: lines += Self.object(server.name, tool.name, verdict)
                }
                lines.append(0x0A)
            }
            FileHandle.standardOutput.write(Data(lines))
        }
    }

    private static func row(_ server: String, _ tool: String, _ verdict: Classification) -> String {
        [
            cell(server), cell(tool), verdict.category.rawValue, verdict.risk.rawValue,
            CatalogText.twoPlaces(verdict.confidence),
        ].joined(separator: "\t")
    }

    /// A name may hold a tab or a line break; a cell may not.
    private static func cell(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 }))
    }

    private static func object(_ server: String, _ tool: String, _ verdict: Classification) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("server")
        writer.string(server)
        writer.key("tool")
        writer.string(tool)
        writer.key("category")
        writer.string(verdict.category.rawValue)
        writer.key("risk")
        writer.string(verdict.risk.rawValue)
        writer.key("confidence")
        writer.raw(CatalogText.twoPlaces(verdict.confidence).utf8)
        writer.key("evidence")
        writer.beginArray()
        for evidence in verdict.evidence {
            writer.beginObject()
            writer.key("place")
            writer.string(evidence.place.words)
            writer.key("found")
            writer.string(evidence.found)
            writer.key("claim")
            writer.string(evidence.claim.words)
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
        return writer.bytes
    }
}

import ArgumentParser
import Foundation
import ToolCatalogue
import WireJSON

struct CatalogClassifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "classify", abstract: "Print category and risk of every tool in a definitions file.",
        discussion: """
            The file holds one JSON object a line: `server`, `tool` (or `name`), `description`, `inputSchema`, \
            `annotations`. Tools of one server are judged with their siblings in mind, wherever in the file they stand; \
            each line is answered by one, in the file's order. Lines that hold no definition are named on standard error \
            and passed over.

            With `--format tsv`: server, tool, category, risk and confidence, with tabs between.

            Exit codes: 0 done, also where lines were passed over; 1 with --strict where one was; 70 the file cannot be \
            read.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case tsv
        case json
    }

    @Argument(help: ArgumentHelp("The definitions, one JSON object a line.", valueName: "file"))
    var file: String

    @Option(help: "tsv, or json with the evidence, one object a line.") var format: Format = .tsv

    @Flag(help: "A line that holds no definition is a failure.") var strict = false

    func run() throws {
        let definitions = try CatalogDefinitions(path: file)
        for skipped in definitions.skipped {
            FileHandle.standardError.write(Data("\(file): \(skipped)\n".utf8))
        }
        let classifier = ToolClassifier()
        var answers: [(line: Int, text: [UInt8])] = []
        for server in definitions.servers {
            let context = server.context
            for tool in server.tools {
                let verdict = classifier.classify(tool.definition, among: context)
                switch format {
                case .tsv: answers.append((tool.line, Array(Self.row(server.name, tool.name, verdict).utf8)))
                case .json: answers.append((tool.line, Self.object(server.name, tool.name, verdict)))
                }
            }
        }
        answers.sort { $0.line < $1.line }
        for answer in answers { FileHandle.standardOutput.write(Data(answer.text + [0x0A])) }
        if strict, !definitions.skipped.isEmpty { throw ExitCode(CommandFailure.Code.checkFailed.rawValue) }
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

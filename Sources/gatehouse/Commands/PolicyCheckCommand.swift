import ArgumentParser
import Foundation
import PolicyEngine
import PolicyFiles
import WireJSON

struct PolicyCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Read policies and report every mistake with its place.",
        discussion: "Exit code 1 when one of them has an error; a policy with an error never replaces a running one.")

    @Argument(help: ArgumentHelp("The policies.", valueName: "file"))
    var files: [String]

    @Flag(help: "Print a JSON array of what was found.") var json = false

    func run() throws {
        var found: [Diagnostic] = []
        for file in files {
            guard let bytes = try? Data(contentsOf: URL(fileURLWithPath: file)) else {
                throw CommandFailure("the policy file `\(file)` cannot be read")
            }
            let (document, problems) = PolicyFile.parse(Array(bytes), name: file)
            found += problems
            if !json, let document, !problems.contains(where: { $0.severity == .error }) {
                print("\(file): ok, \(document.tools.entries.count) keys under `tools`")
            }
        }
        if json {
            print(Self.json(found))
        } else {
            for problem in found { print(problem) }
        }
        if found.contains(where: { $0.severity == .error }) { throw ExitCode(CommandFailure.Code.checkFailed.rawValue) }
    }

    private static func json(_ found: [Diagnostic]) -> String {
        var writer = JSONWriter()
        writer.beginArray()
        for problem in found {
            writer.beginObject()
            writer.key("severity")
            writer.string(problem.severity.rawValue)
            writer.key("file")
            writer.string(problem.file)
            writer.key("line")
            writer.int(problem.line)
            writer.key("column")
            writer.int(problem.column)
            writer.key("pointer")
            writer.string(problem.pointer)
            writer.key("message")
            writer.string(problem.message)
            if let suggestion = problem.suggestion {
                writer.key("suggestion")
                writer.string(suggestion)
            }
            writer.endObject()
        }
        writer.endArray()
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}

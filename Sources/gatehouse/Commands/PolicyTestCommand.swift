import ArgumentParser
import Foundation
import PolicyEngine
import PolicyFiles
import PolicyTools
import WireJSON

struct PolicyTestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Run golden cases: calls that a policy must decide as written.",
        discussion: """
            Each folder holds `policy.yaml` (or `policy.json`) and `cases.yaml`; a folder of such folders will do. A case is
            a call and what must come of it:

                cases:
                  - name: nobody removes a user
                    call: { tool: delete_user, arguments: { user_name: ada } }
                    expect: deny
                    rule: /tools/delete_user/action

            Where the folder has `tools.json`, a saved result of `tools/list`, its schemas are those of the calls.

            Exit code 1 when a case does not hold. --junit writes a report for build servers.
            """)

    @Argument(help: ArgumentHelp("The folders.", valueName: "folder"))
    var folders: [String]

    @Flag(help: "Print a JSON array of all cases.") var json = false

    @Option(help: ArgumentHelp("Write a JUnit report.", valueName: "file.xml"))
    var junit: String?

    func run() throws {
        var suites: [JUnitReport.Suite] = []
        for folder in folders {
            let situations = try Self.situations(in: folder)
            guard !situations.isEmpty else {
                throw CommandFailure("there is no `cases.yaml` in `\(folder)`", .checkFailed)
            }
            for situation in situations { suites.append(.init(name: situation, results: try Self.run(situation))) }
        }
        if let junit {
            do { try Data(JUnitReport.xml(suites).utf8).write(to: URL(fileURLWithPath: junit), options: .atomic) } catch
            {
                throw CommandFailure("the report `\(junit)` cannot be written")
            }
        }
        let results = suites.flatMap(\.results)
        let failed = results.filter { !$0.holds }
        if json {
            print(Self.json(results))
        } else {
            for result in failed { print(result) }
            print("\(results.count - failed.count) passed, \(failed.count) failed")
        }
        if !failed.isEmpty { throw ExitCode(CommandFailure.Code.checkFailed.rawValue) }
    }

    /// The folder itself, or those in it, that hold cases.
    private static func situations(in folder: String) throws -> [String] {
        if FileManager.default.fileExists(atPath: folder + "/cases.yaml") { return [folder] }
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
            throw CommandFailure("the folder `\(folder)` cannot be read")
        }
        return names.sorted().map { folder + "/" + $0 }.filter {
            FileManager.default.fileExists(atPath: $0 + "/cases.yaml")
        }
    }

    private static func run(_ situation: String) throws -> [CaseResult] {
        let files = ["policy.yaml", "policy.json"].map { situation + "/" + $0 }
        guard let file = files.first(where: FileManager.default.fileExists(atPath:)) else {
            throw CommandFailure("there is no `policy.yaml` in `\(situation)`", .checkFailed)
        }
        let policy = try Policy(compiling: try PolicyDocuments.load(file), id: file, version: 1)
        let (cases, problems) = GoldenCases.load(path: situation + "/cases.yaml")
        guard let cases else {
            throw CommandFailure(problems.map(\.description).joined(separator: "\n"), .checkFailed)
        }
        let tools = situation + "/tools.json"
        guard FileManager.default.fileExists(atPath: tools) else { return cases.run(policy) }
        return cases.judged(with: try ToolSourceOptions.read(tools)).run(policy)
    }

    private static func json(_ results: [CaseResult]) -> String {
        var writer = JSONWriter()
        writer.beginArray()
        for result in results {
            writer.beginObject()
            writer.key("name")
            writer.string(result.name)
            writer.key("file")
            writer.string(result.file)
            writer.key("line")
            writer.int(result.line)
            writer.key("holds")
            writer.bool(result.holds)
            writer.key("differences")
            writer.beginArray()
            for difference in result.differences { writer.string(difference) }
            writer.endArray()
            writer.endObject()
        }
        writer.endArray()
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}

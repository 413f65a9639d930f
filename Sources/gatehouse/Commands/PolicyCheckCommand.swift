import ArgumentParser
import Foundation
import PolicyTools

struct PolicyCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Read policies and report every mistake with its place.",
        discussion: """
            Errors first of all: a policy with an error never replaces a running one. With the definitions of the server's \
            tools also what is probably a mistake: a key that names no tool, an argument no tool has or has as another \
            type, a rule that another makes useless, a pattern that lists more than it seems.

                $ gatehouse policy check policy.yaml --tools tools.json
                policy.yaml: ok, 3 keys under `tools`, checked against 12 tools
                    `list_*` lists 3 tools: list_users, list_groups, list_charges
                policy.yaml:6:3: warning: there is no tool `get_usr`, so nothing is listed by this – did you mean `get_user`?

            Exit code 1 when there is an error, with --strict also when there is a warning.
            """)

    @Argument(help: ArgumentHelp("The policies.", valueName: "file"))
    var files: [String]

    @OptionGroup var source: ToolSourceOptions

    @Flag(help: "A warning is as bad as an error.") var strict = false
    @Flag(help: "Print a JSON object.") var json = false

    func run() async throws {
        let tools = try await source.definitions()
        let appraise = tools.map { ToolAppraisers.appraiser(for: $0) } ?? ToolAppraisal.careful
        var checked: [(file: String, checked: PolicyCheck.Checked)] = []
        for file in files {
            let bytes = try PolicyDocuments.bytes(file)
            checked.append((file, PolicyCheck.check(bytes, name: file, against: tools, appraise: appraise)))
        }
        if json {
            print(CheckReport.json(checked), terminator: "")
        } else {
            for (file, checked) in checked {
                print(CheckReport.text(checked, of: file, tools: tools?.tools.count), terminator: "")
            }
        }
        let isBad = checked.contains { $0.checked.hasErrors || strict && $0.checked.hasWarnings }
        if isBad { throw ExitCode(CommandFailure.Code.checkFailed.rawValue) }
    }
}

import ArgumentParser
import PolicyTools

struct PolicyDiffCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff", abstract: "Tell what a change of a policy lets through, and what it stops.",
        discussion: """
            Compares what two policies decide, not how they are written: tools gained, lost, hidden, closed, capped or held, \
            and rules loosened or tightened.

                $ gatehouse policy diff old.yaml new.yaml --tools tools.json
                tighter  get_user     capped: 100 in 1 minute for each grant, counted as `get_user_rate` [/tools/get_user/rate_limit]
                looser   create_user  released: no person is asked any more for every call [/tools/create_user/action]
                1 looser, 1 tighter, 0 other over 12 tools

            With --fail-on-looser, exit code 1 when more calls may pass than before: for a pipeline that wants a person to \
            look at those.
            """)

    @Argument(help: ArgumentHelp("The policy as it is.", valueName: "old"))
    var old: String

    @Argument(help: ArgumentHelp("The policy as it is to be.", valueName: "new"))
    var new: String

    @OptionGroup var source: ToolSourceOptions

    @Flag(help: "Exit code 1 when a call may pass that did not.") var failOnLooser = false
    @Flag(help: "Print a JSON object.") var json = false

    func run() async throws {
        let diff = PolicyDiff(
            from: try PolicyDocuments.load(old), to: try PolicyDocuments.load(new), over: try await source.definitions()
        )
        print(json ? DiffReport.json(diff) : DiffReport.text(diff), terminator: "")
        if failOnLooser, diff.isLooser { throw ExitCode(CommandFailure.Code.checkFailed.rawValue) }
    }
}

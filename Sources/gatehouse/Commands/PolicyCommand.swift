import ArgumentParser

struct PolicyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy",
        abstract: "Write, check, prove, compare and replay policies.",
        discussion: """
            A policy's way: `init` or `import` makes a first one, `check` finds mistakes in it, `test` and `explain` prove \
            what it decides, `diff` tells what a change lets through, `replay` judges yesterday's calls by it, `publish` \
            puts it in force in a running instance.

                gatehouse policy init --tools tools.json > policy.yaml
                gatehouse policy check policy.yaml --tools tools.json
            """,
        subcommands: [
            PolicyCheckCommand.self, PolicyExplainCommand.self, PolicyTestCommand.self, PolicyDiffCommand.self,
            PolicyShowCommand.self, PolicyFmtCommand.self, PolicySchemaCommand.self, PolicyImportCommand.self,
            PolicyInitCommand.self, PolicyReplayCommand.self,
            PolicyRemoteCommands.List.self, PolicyRemoteCommands.Draft.self, PolicyRemoteCommands.Publish.self,
            PolicyRemoteCommands.Versions.self, PolicyRemoteCommands.RollBack.self, PolicyRemoteCommands.Remove.self,
        ])
}

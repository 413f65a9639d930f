import ArgumentParser

struct PolicyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy", abstract: "Check policies, explain decisions, run golden cases.",
        subcommands: [PolicyCheckCommand.self, PolicyExplainCommand.self, PolicyTestCommand.self])
}

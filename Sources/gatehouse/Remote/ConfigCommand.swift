import ArgumentParser
import WireJSON

struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "The configuration files of a running instance.",
        subcommands: [Difference.self])

    struct Difference: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "diff",
            abstract: "Show where the files, what runs and what is registered differ; exit code 1 where anything does.",
            discussion: """
                refused     the files have a mistake, so that what ran before goes on
                pending     the files say so, and it is not in force
                restart     a setting that takes effect at the next start
                shadowed    registered under a name that a file owns, so not in force
                undeclared  registered beside the files
                """)
        @OptionGroup var remote: RemoteOptions

        func run() async throws {
            let answer = try await remote.instance().ask(.get, "/drift")
            let drift = answer?["items"].map { Array($0.elements) } ?? []
            if drift.isEmpty, !remote.json { return print("no difference") }
            remote.show(drift, ["kind", "object", "name", "detail"])
            guard drift.isEmpty else { throw ExitCode(CommandFailure.Code.checkFailed.rawValue) }
        }
    }
}

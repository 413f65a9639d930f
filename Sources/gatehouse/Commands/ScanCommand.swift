import ArgumentParser
import ClientFiles
import Foundation
import Gateway
import ToolCatalogue
import ToolInventory

struct ScanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scan", abstract: "Find the MCP servers that agents can call, and judge all their tools.",
        discussion: """
            Without arguments: the configuration files of Claude Desktop, Claude Code, Cursor, VS Code, Windsurf, Codex and \
            Zed, for this person and in the current folder. Or files and folders of such configurations, an address, a file \
            of definitions (.jsonl, or a saved result of tools/list), or a command after `--`.

              gatehouse scan
              gatehouse scan --start --html report.html --write-policies policies
              gatehouse scan .vscode/mcp.json --fail-on critical --sarif scan.sarif
              gatehouse scan -- uvx mcp-server-git --repository .
              gatehouse scan https://notes.example/mcp --token-env NOTES_TOKEN

            Servers of configurations are started, or called, only with --start or a yes at the terminal; what is typed is \
            asked. Servers that are not asked are looked up in the catalogue by their package. Values of variables, \
            headers, arguments and addresses are in no report.

            Exit codes: 0 done; 1 a tool, finding or chain of tools reaches --fail-on; 64 the command line is wrong; 70 something named \
            cannot be read or asked, a report cannot be written, or, with --fail-on, something that was found could not be \
            judged.
            """)

    @Argument(
        help: ArgumentHelp(
            "Configurations, folders, addresses or files of definitions; or, after `--`, a command.",
            valueName: "config|url"))
    var targets: [String] = []

    @Flag(help: "Start the servers that configurations name, and ask them for their tools.") var start = false
    @Flag(help: "Start none, and do not ask whether to.") var noStart = false
    @Flag(help: "Also call addresses of this machine and of private networks that configurations name.")
    var allowLocal = false

    @Option(name: .customLong("header"), help: ArgumentHelp("With an address: a header to send.", valueName: "K: V"))
    var headers: [String] = []

    @Option(
        help: ArgumentHelp(
            "With an address: send the bearer token in this environment variable.", valueName: "name"))
    var tokenEnv: String?

    @OptionGroup var output: ScanOutput
    @OptionGroup var choice: CatalogChoice

    /// What stands after `--`: two lists of words are one to the parser.
    private var command: [String] {
        guard let terminator = CommandLine.arguments.firstIndex(of: "--") else { return [] }
        return Array(CommandLine.arguments[(terminator + 1)...])
    }

    func validate() throws {
        guard !(start && noStart) else { throw ValidationError("give either --start or --no-start") }
        guard command.isEmpty || targets.count == command.count else {
            throw ValidationError("give either a command or other things")
        }
        for header in headers where !header.contains(":") {
            throw ValidationError("a header is written `Name: value`")
        }
    }

    func run() async throws {
        let environment = ProcessInfo.processInfo.environment
        let targets = try ScanTargets(command.isEmpty ? targets : [], command: command, headers: sent())
        let run = ScanRun(
            targets: targets, catalogue: try choice.read(),
            mayStart: start || !noStart && StartQuestion(targets).isAnsweredYes, allowsLocal: allowLocal,
            environment: environment)
        let result = try await run.run(made: Date().formatted(.iso8601))
        try output.write(result, colours: Terminal.wantsColour(environment))
        if output.reaches(result.inventory) { throw ExitCode(CommandFailure.Code.checkFailed.rawValue) }
        let typedFailed = result.inventory.servers.contains { server in
            if server.file == nil, case .failed = server.outcome { true } else { false }
        }
        let namedUnread =
            !self.targets.isEmpty && result.inventory.problems.contains { self.targets.contains($0.file) && !$0.isNote }
        if typedFailed || namedUnread || output.failOn != nil && !result.inventory.isComplete {
            if output.failOn != nil { Terminal.say("gatehouse: not everything that was found could be judged") }
            throw ExitCode(CommandFailure.Code.outside.rawValue)
        }
    }

    private func sent() -> [ConfiguredServer.Entry] {
        headers.map { header in
            let parts = header.split(separator: ":", maxSplits: 1)
            return .init(
                name: String(parts.first ?? ""),
                value: .text(Concealed(String((parts.last ?? "").drop { $0 == " " }))))
        } + (tokenEnv.map { [.init(name: "Authorization", value: .bearer(variable: $0))] } ?? [])
    }
}

import ArgumentParser
import Foundation
import Gateway

@main
struct Gatehouse: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gatehouse",
        abstract: "A gateway between AI agents and the MCP servers whose tools they call.",
        discussion: """
            Every tool call is judged by a policy before it reaches the server, and every call leaves an audit entry.

            Where to begin:

              gatehouse scan      which tools can the agents on this machine call, and how bad are they?
              gatehouse wrap --policy iam.yaml -- awslabs.iam-mcp-server
                                  one server, one policy, nothing else to set up
              gatehouse serve     a gateway with a console; prints a link to sign up with

            Exit codes: 0 done; 1 what was checked does not hold (a policy with errors, a failed case, a broken audit); \
            64 the command line is wrong; 70 something outside failed (a file, a port, a store).
            """,
        version: House.version,
        subcommands: [
            ServeCommand.self, WrapCommand.self, PolicyCommand.self, AuditCommand.self, ServerCommand.self,
            GrantCommand.self, OrganisationCommand.self, MemberCommand.self, TokenCommand.self, EventCommand.self,
            SecretCommand.self, ExportCommand.self, BackupCommand.self, RestoreCommand.self, CatalogCommand.self,
            ScanCommand.self, ConnectCommand.self, ConfigCommand.self,
        ])

    static func main() async {
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let failure as CommandFailure {
            FileHandle.standardError.write(Data("gatehouse: \(TerminalText.lines("\(failure)"))\n".utf8))
            Foundation.exit(failure.code.rawValue)
        } catch {
            exit(withError: error)
        }
    }
}

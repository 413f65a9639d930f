import ArgumentParser
import Foundation
import PolicyTools

struct PolicyInitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Make a first policy for a server from the definitions of its tools.",
        discussion: """
            Everything is denied by default and every tool listed by its name, as the catalogue recommends for what its \
            definition says: allowed, limited, held for a person or hidden. With --careful only a tool that claims to be \
            read-only, and whose name says so too, is allowed; the others are denied or need a person. Read the result \
            before you use it.

                $ gatehouse policy init --careful --server iam --config gatehouse.yaml > iam.yaml
                list_users   allowed: it says it only reads, and so does its name
                create_user  a person is asked: its name says `create`
                delete_user  denied: it says it is destructive

            The policy goes to standard output, the reasons to standard error.
            """)

    @OptionGroup var source: ToolSourceOptions

    @Flag(help: "Trust names and claims only where they agree that there is no danger.") var careful = false

    @Option(help: ArgumentHelp("json or yaml.", valueName: "form"))
    var form = PolicyFormatter.Form.yaml

    func run() async throws {
        guard let tools = try await source.definitions() else {
            throw ValidationError("give --tools FILE or --server NAME")
        }
        let appraise = careful ? ToolAppraisal.careful : ToolAppraisers.appraiser(for: tools)
        let start = PolicyStarter.start(for: tools, of: source.server, appraise: appraise)
        FileHandle.standardError.write(Data(StartReport.text(start).utf8))
        print(try PolicyDocuments.text(start.document, as: form), terminator: "")
    }
}

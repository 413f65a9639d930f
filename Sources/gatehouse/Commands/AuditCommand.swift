import ArgumentParser

struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Read the audit and prove that nothing in it was changed.",
        subcommands: [AuditListCommand.self, AuditVerifyCommand.self])
}

/// Which store a command reads.
struct StoreOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The folder of the gateway's store.", valueName: "folder"))
    var data: String?

    @Option(help: ArgumentHelp("The store's file itself, as given to `wrap --audit`.", valueName: "file.sqlite"))
    var file: String?

    func path() throws -> String { try DataFolder.storeToRead(file, in: data) }

    func validate() throws {
        guard data == nil || file == nil else { throw ValidationError("give either --data or --file") }
    }
}

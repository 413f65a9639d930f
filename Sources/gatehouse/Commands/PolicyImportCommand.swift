import ArgumentParser
import Foundation
import PolicyEngine
import PolicyFiles
import PolicyTools

struct PolicyImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Say a policy of the older dialect, with lists of rules, in this language.",
        discussion: """
            In the older dialect a tool has a list of `rules`, whose conditions state what is allowed. What is printed never \
            lets a call pass that the original would stop; what cannot be said so is refused, with its line.

                $ gatehouse policy import older.yaml > policy.yaml

            What there is to know is said on standard error. Read the result, then run `gatehouse policy check` on it.
            """)

    @Argument(help: ArgumentHelp("The policy in the older dialect.", valueName: "file"))
    var file: String

    @Option(
        help: ArgumentHelp(
            "Whose calls share a counter: server (as in the original, all clients together) or grant.",
            valueName: "scope"))
    var scope = "server"

    @Option(help: ArgumentHelp("json or yaml.", valueName: "form"))
    var form = PolicyFormatter.Form.yaml

    func validate() throws {
        guard scope == "server" || scope == "grant" else { throw ValidationError("--scope is server or grant") }
    }

    func run() throws {
        let bytes = try PolicyDocuments.bytes(file)
        let reading = PolicyImport.read(bytes, name: file, scope: LimitScope(rawValue: scope) ?? .server)
        let said = reading.diagnostics.map(\.description).joined(separator: "\n")
        guard let document = reading.document else { throw CommandFailure(said, .checkFailed) }
        if !said.isEmpty { FileHandle.standardError.write(Data((said + "\n").utf8)) }
        print(try PolicyDocuments.text(document, as: form), terminator: "")
    }
}

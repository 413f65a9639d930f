import ArgumentParser
import Foundation
import WireJSON

struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write what a running instance holds as a folder of configuration files.",
        discussion: """
            Servers, published policies, and grants by the hash of their newest token. Secrets are not written: the files \
            name an environment variable for each. `gatehouse serve --config FOLDER/gatehouse.yaml` runs from the folder.
            """)

    @OptionGroup var remote: RemoteOptions
    @Argument(help: "The folder to make.") var folder: String

    func run() async throws {
        let answer = try await remote.instance().ask(.get, "/export")
        guard !remote.json else { return remote.show(answer, []) }
        let files = FileManager.default
        guard !files.fileExists(atPath: folder) else {
            throw CommandFailure("`\(folder)` is there already – name another", .checkFailed)
        }
        do {
            try files.createDirectory(
                atPath: folder + "/policies", withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            for (name, text) in answer?["files"].map({ Array($0.members) }) ?? [] {
                // The instance's words, not a path of its choosing.
                let parts = name.string.split(separator: "/", omittingEmptySubsequences: false)
                guard parts.count <= 2, parts.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." }),
                    parts.count == 1 || parts[0] == "policies"
                else { throw CommandFailure("the instance names a file `\(name.string)`") }
                try Data(text.utf8 ?? []).write(to: URL(fileURLWithPath: "\(folder)/\(name.string)"))
                print(TerminalText.line("\(folder)/\(name.string)"))
            }
        } catch let failure as CommandFailure {
            throw failure
        } catch {
            throw CommandFailure("`\(folder)` cannot be written")
        }
    }
}

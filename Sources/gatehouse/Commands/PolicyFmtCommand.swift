import ArgumentParser
import Foundation
import PolicyFiles
import PolicyTools

struct PolicyFmtCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fmt", abstract: "Write policies in the one form that all are written in.",
        discussion: """
            Tools, patterns, rules and conditions keep their order; the keys of one object take the order of the \
            documentation, and windows their shortest spelling. Comments of YAML would be lost: a file that has one is left \
            alone unless --drop-comments is given.

                $ gatehouse policy fmt --check Examples/*/policy.yaml
            """)

    @Argument(help: ArgumentHelp("The policies.", valueName: "file"))
    var files: [String]

    @Flag(help: "Write nothing; exit code 1 when a file is in another form.") var check = false
    @Flag(help: "Write files that have comments too, without them.") var dropComments = false

    func run() throws {
        var isBad = false
        for file in files {
            let (formatted, diagnostics) = PolicyFormatter.format(try PolicyDocuments.bytes(file), name: file)
            guard let formatted else {
                throw CommandFailure(diagnostics.map(\.description).joined(separator: "\n"), .checkFailed)
            }
            guard formatted.isChanged else { continue }
            if let line = formatted.firstComment, !dropComments {
                print(
                    "\(file):\(line): there is a comment, which would be lost – give --drop-comments, or leave it as it is"
                )
                isBad = isBad || !check
            } else if check {
                print("\(file): not in the one form")
                isBad = true
            } else {
                try Self.write(formatted.text, to: file)
                print("\(file): written")
            }
        }
        if isBad { throw ExitCode(CommandFailure.Code.checkFailed.rawValue) }
    }

    /// All of it or nothing: a policy may be watched by a running gateway.
    private static func write(_ text: String, to file: String) throws {
        do { try Data(text.utf8).write(to: URL(fileURLWithPath: file), options: .atomic) } catch {
            throw CommandFailure("the policy file `\(file)` cannot be written")
        }
    }
}

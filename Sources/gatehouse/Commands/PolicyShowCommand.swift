public import ArgumentParser
import PolicyEngine
public import PolicyTools

struct PolicyShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Print a policy in the one form, or with every shorthand in its long form.",
        discussion: """
                $ gatehouse policy show --expanded policy.yaml
                version: "1"
                default: deny
                tools:
                  delete_user:
                    deny_if:
                      - { conditions: [], on_deny: Users are removed by hand. }

            A `rate_limit` of a pattern stays as it is: it has one counter for each tool, which no limit can name.
            """)

    @Argument(help: ArgumentHelp("The policy.", valueName: "file"))
    var file: String

    @Flag(help: "Replace every shorthand by what it stands for.") var expanded = false

    @Option(help: ArgumentHelp("json or yaml (default: the file's own).", valueName: "form"))
    var form: PolicyFormatter.Form?

    func run() throws {
        let document = try PolicyDocuments.load(file)
        print(
            PolicyFormatter.write(expanded ? document.expanded : document, as: form ?? .init(ofFile: file)),
            terminator: "")
    }
}

extension PolicyFormatter.Form: ExpressibleByArgument {}

import ArgumentParser
import PolicyTools

struct PolicySchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "Print the policy document's JSON Schema, for editors.",
        discussion: """
            The schema (2020-12) describes shapes; `gatehouse policy check` knows more.

                $ gatehouse policy schema > policy.schema.json

            and as the first line of a policy, for editors with the YAML language server:

                # yaml-language-server: $schema=policy.schema.json
            """)

    func run() {
        print(PolicySchema.json, terminator: "")
    }
}

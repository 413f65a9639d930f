import ToolCatalogue

/// The lines of `gatehouse.yaml` that register a server which a package manager starts: names from the catalogue stand in
/// them as JSON, which is YAML.
struct ServerDeclaration: Sendable {
    let text: String
    /// The command that does the same to an instance that runs.
    let command: String

    /// Nil where no command is known to start it in the version that was looked at.
    init?(_ server: CatalogueServer) {
        guard let command = server.pinnedCommand else { return nil }
        let slug = GatewaySlug(server.slug).text
        // Letters, digits and marks that no shell reads as its own.
        self.command = """
            gatehouse server add \(slug) --accept initial --secret-env PATH=PATH -- \(command.joined(separator: " "))
            gatehouse server scan \(slug)
            """
        text = """
            servers:
              \(slug):
                command: [\(command.map { "\"\($0)\"" }.joined(separator: ", "))]
                accept: initial
            policies: { \(slug): policy.json }
            """
    }
}

import ToolCatalogue

/// The lines of `gatehouse.yaml` that register a server which a package manager starts: names from the catalogue stand in
/// them as JSON, which is YAML.
struct ServerDeclaration: Sendable {
    let text: String

    /// Nil where no command is known to start it in the version that was looked at.
    init?(_ server: CatalogueServer) {
        guard let command = server.pinnedCommand else { return nil }
        let slug = GatewaySlug(server.slug).text
        text = """
            servers:
              \(slug):
                command: [\(command.map { "\"\($0)\"" }.joined(separator: ", "))]
                accept: initial
            policies: { \(slug): policy.json }
            """
    }
}

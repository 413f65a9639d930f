import ToolCatalogue

/// The lines of `gatehouse.yaml` that register a server which a package manager starts: names from the catalogue stand in
/// them as JSON, which is YAML.
struct ServerDeclaration: Sendable {
    let text: String

    /// Nil where the registry has no command that is known to start its packages.
    init?(_ server: CatalogueServer) {
        let version = server.version.isEmpty ? "" : "@\(server.version)"
        let command: [String]
        switch server.registry {
        case "pypi": command = ["uvx", "\(server.package)\(version)"]
        case "npm": command = ["npx", "-y", "\(server.package)\(version)"]
        default: return nil
        }
        // A package whose name could be taken for an option, or holds what names of packages do not, is not offered.
        guard let first = server.package.utf8.first, Self.begins(first),
            (server.package + server.version).utf8.allSatisfy(Self.isPart)
        else { return nil }
        let slug = GatewaySlug(server.slug).text
        text = """
            servers:
              \(slug):
                command: [\(command.map { "\"\($0)\"" }.joined(separator: ", "))]
                accept: initial
            policies: { \(slug): policy.json }
            """
    }

    private static func begins(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "@") || isLetterOrDigit(byte) }

    private static func isPart(_ byte: UInt8) -> Bool { isLetterOrDigit(byte) || "@/._+-".utf8.contains(byte) }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}

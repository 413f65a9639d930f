/// Puts in what a configuration's texts leave open: `${NAME}`, `${NAME:-default}`, `${env:NAME}`, `${userHome}`,
/// `${workspaceFolder}`.
public struct Placeholders: Sendable {
    private let environment: [String: String]
    private let home: String
    private let folder: String

    /// - Parameter folder: The project's, which relative things are relative to.
    public init(environment: [String: String], home: String, folder: String) {
        self.environment = environment
        self.home = home
        self.folder = folder
    }

    /// What is left open and cannot be put in: something a client asks a person for, or a variable that is not set.
    public struct Open: Error, Sendable, Hashable, CustomStringConvertible {
        public let description: String
    }

    /// The text with everything put in.
    public func filled(_ text: Concealed) throws(Open) -> String {
        var filled = ""
        var rest = text.revealed[...]
        while let start = rest.firstRange(of: "${") {
            filled += rest[..<start.lowerBound]
            guard let end = rest[start.upperBound...].firstIndex(of: "}") else {
                return filled + rest[start.lowerBound...]
            }
            filled += try value(of: rest[start.upperBound..<end])
            rest = rest[rest.index(after: end)...]
        }
        return filled + rest
    }

    private func value(of name: Substring) throws(Open) -> String {
        switch name {
        case "userHome": return home
        case "workspaceFolder", "workspaceRoot", "CLAUDE_PROJECT_DIR": return folder
        case "pathSeparator", "/": return "/"
        default: break
        }
        if name.hasPrefix("input:") { throw Open(description: "its client asks a person for what it needs") }
        if name.hasPrefix("file:") { throw Open(description: "it needs the content of a file") }
        let bare = name.hasPrefix("env:") ? name.dropFirst(4) : name
        let parts = bare.firstRange(of: ":-")
        let variable = String(parts.map { bare[..<$0.lowerBound] } ?? bare)
        if let value = environment[variable] { return value }
        if let parts { return String(bare[parts.upperBound...]) }
        let isName = variable.utf8.allSatisfy { $0 < 0x80 && $0 > 0x20 } && variable.utf8.count <= 64
        throw Open(
            description: isName && !SecretShape.fits(variable)
                ? "the environment variable `\(variable)` is not set" : "it needs a variable that is not set")
    }
}

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

    /// Variables of the environment that an entry takes in, each once, in the order of their places.
    public static func names(in server: ConfiguredServer) -> [String] {
        var texts: [Concealed] = []
        var names: [String] = []
        switch server.transport {
        case .command(let program, let arguments): texts += [program] + arguments
        case .url(let address): texts.append(address)
        case .unreachable: break
        }
        if let folder = server.workingDirectory { texts.append(folder) }
        for entry in server.environment + server.headers {
            switch entry.value {
            case .text(let text): texts.append(text)
            case .variable(let name), .bearer(let name): names.append(name)
            }
        }
        for text in texts {
            var rest = text.revealed[...]
            while let start = rest.firstRange(of: "${"), let end = rest[start.upperBound...].firstIndex(of: "}") {
                if let name = variable(rest[start.upperBound..<end])?.name { names.append(name) }
                rest = rest[rest.index(after: end)...]
            }
        }
        var seen: Set<[UInt8]> = []
        return names.filter { seen.insert(Array($0.utf8)).inserted }
    }

    /// The variable that a placeholder means, and what stands for it where it is not set; nil for what is none.
    private static func variable(_ name: Substring) -> (name: String, otherwise: String?)? {
        switch name {
        case "userHome", "workspaceFolder", "workspaceRoot", "CLAUDE_PROJECT_DIR", "pathSeparator", "/": return nil
        default: break
        }
        if name.hasPrefix("input:") || name.hasPrefix("file:") { return nil }
        let bare = name.hasPrefix("env:") ? name.dropFirst(4) : name
        guard let parts = bare.firstRange(of: ":-") else { return (String(bare), nil) }
        return (String(bare[..<parts.lowerBound]), String(bare[parts.upperBound...]))
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
        guard let (variable, otherwise) = Self.variable(name) else {
            throw Open(description: "it needs what is not known here")
        }
        if let value = environment[variable] { return value }
        if let otherwise { return otherwise }
        let isName = variable.utf8.allSatisfy { $0 < 0x80 && $0 > 0x20 } && variable.utf8.count <= 64
        throw Open(
            description: isName && !SecretShape.fits(variable)
                ? "the environment variable `\(variable)` is not set" : "it needs a variable that is not set")
    }
}

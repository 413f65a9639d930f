/// The program of a stdio server: what is run, with which environment, and where. Never a shell.
///
/// A program named without a slash is looked up in the gateway's own `PATH`, not the child's; one with a slash is taken
/// as it stands, a relative one from `workingDirectory`. The child's environment is `environment` and nothing else:
/// whoever needs `PATH` or `HOME` names them.
public struct StdioCommand: Sendable, Equatable {
    /// The program and its arguments.
    public let arguments: [String]
    public let environment: [String: String]
    /// Nil for the gateway's own.
    public let workingDirectory: String?

    public init(
        _ arguments: [String], environment: [String: String] = [:], workingDirectory: String? = nil
    ) throws(Refusal) {
        guard let program = arguments.first, !program.isEmpty else { throw .noProgram }
        for argument in arguments where argument.utf8.contains(0) { throw .argumentHoldsNUL }
        for (name, value) in environment {
            guard !name.isEmpty, !name.utf8.contains(0), !name.utf8.contains(UInt8(ascii: "=")) else {
                throw .variableName(name)
            }
            guard !value.utf8.contains(0) else { throw .variableHoldsNUL(name) }
        }
        if let workingDirectory {
            guard !workingDirectory.isEmpty, !workingDirectory.utf8.contains(0) else { throw .workingDirectory }
        }
        self.arguments = arguments
        self.environment = environment
        self.workingDirectory = workingDirectory
    }

    var program: String { arguments[0] }

    /// Why a command cannot be run as written.
    public enum Refusal: Error, Sendable, Equatable, CustomStringConvertible {
        case noProgram
        case argumentHoldsNUL
        case variableName(String)
        case variableHoldsNUL(String)
        case workingDirectory

        public var description: String {
            switch self {
            case .noProgram: "a command needs a program"
            case .argumentHoldsNUL: "an argument of the command holds a NUL byte"
            case .variableName(let name): "`\(name)` cannot name an environment variable"
            case .variableHoldsNUL(let name): "the environment variable `\(name)` holds a NUL byte"
            case .workingDirectory: "the working directory is empty or holds a NUL byte"
            }
        }
    }
}

// Arguments and variables may hold secrets: only the program is ever shown.
extension StdioCommand: CustomStringConvertible, CustomDebugStringConvertible {
    public var description: String { program }
    public var debugDescription: String { program }
}

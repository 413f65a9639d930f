/// Why a text is no path.
public enum PolicyPathError: Error, Sendable, Hashable {
    case empty
    /// The first words are no place a condition may look at.
    case unknownRoot(String)
    /// `args` alone: it names no argument.
    case namesNoArgument
    /// Something stands where a step must start or end; the offset is in bytes.
    case malformed(at: Int, expected: String)
    case tooManySteps
}

extension PolicyPathError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .empty: "a path is not empty"
        case .unknownRoot(let root): "unknown path `\(root)`"
        case .namesNoArgument: "`args` alone names no argument; write `args.NAME`"
        case .malformed(let offset, let expected): "malformed path: expected \(expected) at character \(offset + 1)"
        case .tooManySteps: "a path has at most \(PolicyBounds.pathSteps) steps"
        }
    }
}

/// What is wrong with a configuration file, and where. It quotes nothing of the file but keys.
public struct ClientFileProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// From 1.
    public let line: Int
    /// From 1, in characters.
    public let column: Int
    public let message: String
    /// Nothing of the file could be read; otherwise only what stands there.
    public let isWhole: Bool
    /// It kept nothing from being read.
    public let isNote: Bool

    public init(line: Int, column: Int, _ message: String, isWhole: Bool = false, isNote: Bool = false) {
        self.isNote = isNote
        self.line = line
        self.column = column
        self.message = message
        self.isWhole = isWhole
    }

    public var description: String { "\(line):\(column): \(message)" }
}

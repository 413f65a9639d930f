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

/// Where the lines of a text begin, so that an offset becomes a line and a column quickly.
struct LineIndex: Sendable {
    private let text: [UInt8]
    private let starts: [Int]

    init(_ text: [UInt8]) {
        self.text = text
        var starts = [0]
        for (offset, byte) in text.enumerated() where byte == 0x0A { starts.append(offset + 1) }
        self.starts = starts
    }

    func place(of offset: Int) -> (line: Int, column: Int) {
        let offset = min(max(0, offset), text.count)
        var (low, high) = (0, starts.count)
        while low + 1 < high {
            let middle = (low + high) / 2
            if starts[middle] <= offset { low = middle } else { high = middle }
        }
        // Continuation bytes belong to the character before them.
        let column = text[starts[low]..<offset].count { $0 & 0xC0 != 0x80 } + 1
        return (low + 1, column)
    }

    func problem(at offset: Int, _ message: String, isWhole: Bool = false) -> ClientFileProblem {
        let (line, column) = place(of: offset)
        return ClientFileProblem(line: line, column: column, message, isWhole: isWhole)
    }
}

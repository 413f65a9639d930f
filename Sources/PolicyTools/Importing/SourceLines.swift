import PolicyFiles

/// The lines of a file, for what a value no longer tells: whether it stood in quotes.
struct SourceLines {
    private let lines: [String.UnicodeScalarView]

    init(_ bytes: [UInt8]) {
        self.lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self).unicodeScalars }
    }

    /// The text is in quotes, or a block of its own.
    func isQuoted(_ place: Located) -> Bool {
        guard lines.indices.contains(place.line - 1) else { return false }
        let line = lines[place.line - 1]
        guard let first = line.dropFirst(place.column - 1).first else { return false }
        return ["\"", "'", "|", ">"].contains(first)
    }
}

/// The last answer to a question about header lines: on one connection the same lines come again and again.
///
/// Only for questions whose answer depends on the lines alone; whether a token is still good is asked every time.
struct Remembered<Answer> {
    private var lines: [String]?
    private var answer: Answer?

    mutating func answer(to asked: [String], _ find: ([String]) -> Answer) -> Answer {
        // As bytes: by `==` a token with U+212A in it would be the one with K.
        if let answer, let lines, Self.same(lines, asked) { return answer }
        let found = find(asked)
        (lines, answer) = (asked, found)
        return found
    }

    private static func same(_ lines: [String], _ others: [String]) -> Bool {
        guard lines.count == others.count else { return false }
        for index in lines.indices where !same(lines[index], others[index]) { return false }
        return true
    }

    private static func same(_ line: String, _ other: String) -> Bool {
        guard line.utf8.count == other.utf8.count else { return false }
        let answer = line.utf8.withContiguousStorageIfAvailable { line in
            other.utf8.withContiguousStorageIfAvailable { same(UnsafeRawBufferPointer(line), .init($0)) }
        }
        return (answer ?? nil) ?? line.utf8.elementsEqual(other.utf8)
    }

    /// Whether two runs of one length are the same, looked at eight bytes at a time.
    private static func same(_ bytes: UnsafeRawBufferPointer, _ others: UnsafeRawBufferPointer) -> Bool {
        var place = 0
        while place + 8 <= bytes.count {
            let word = bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)
            guard word == others.loadUnaligned(fromByteOffset: place, as: UInt64.self) else { return false }
            place += 8
        }
        while place < bytes.count {
            guard bytes[place] == others[place] else { return false }
            place += 1
        }
        return true
    }
}

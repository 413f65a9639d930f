/// Takes JSON messages apart that come one after another, each ended by a line feed but the last.
///
/// A document may itself be laid out over several lines: one ends at the first line feed outside it. Every byte is looked
/// at once, and none before the first line feed has come, so that a single compact document costs nothing more.
struct JSONLines {
    private(set) var bytes: [UInt8] = []
    private var searched = 0
    private var scanned = 0
    private var depth = 0
    private var isInText = false
    private var isEscaped = false

    /// - Parameter limit: of what is held back: one message and what has come of the next.
    /// - Returns: the messages that are complete with it, or nil when the bound is passed.
    mutating func feed(_ more: some Collection<UInt8>, limit: Int) -> [[UInt8]]? {
        guard bytes.count + more.count <= limit else { return nil }
        bytes.append(contentsOf: more)
        var messages: [[UInt8]] = []
        while let end = bytes[searched...].firstIndex(of: 0x0A) {
            searched = end + 1
            scan(to: end)
            guard depth == 0, !isInText else { continue }
            let line = bytes[..<end]
            if !line.allSatisfy(Self.isBlank) { messages.append(Array(line)) }
            bytes.removeFirst(end + 1)
            searched = 0
            scanned = 0
        }
        searched = bytes.count
        return messages
    }

    /// Whether nothing but white space is left.
    var isEmpty: Bool { bytes.allSatisfy(Self.isBlank) }

    private mutating func scan(to end: Int) {
        while scanned < end {
            let byte = bytes[scanned]
            scanned += 1
            if isInText {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isInText = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isInText = true
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            default: break
            }
        }
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A }
}

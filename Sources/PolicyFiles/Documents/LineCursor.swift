/// Tells the line and column of bytes of a text, going through it once when asked in order.
struct LineCursor {
    private let bytes: [UInt8]
    private var offset = 0
    private var line = 1
    private var column = 1

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Line and column from 1; columns count Unicode scalars.
    mutating func place(of wanted: Int) -> (line: Int, column: Int) {
        if wanted < offset { (offset, line, column) = (0, 1, 1) }
        let end = min(wanted, bytes.count)
        while offset < end {
            if bytes[offset] == UInt8(ascii: "\n") {
                line += 1
                column = 1
            } else if bytes[offset] & 0xC0 != 0x80 {
                // A continuation byte starts no scalar.
                column += 1
            }
            offset += 1
        }
        return (line, column)
    }
}

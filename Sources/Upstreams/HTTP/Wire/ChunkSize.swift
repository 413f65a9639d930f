/// The line before a chunk: hexadecimal digits, then nothing or extensions (RFC 9112 section 7.1).
enum ChunkSize {
    static func read(_ line: borrowing Span<UInt8>) throws(FramingError) -> Int {
        var size = 0
        var digits = 0
        while digits < line.count, let value = hexadecimal(line[digits]) {
            // Seven digits are 256 MiB, over every bound there is for a body.
            guard size < 1 << 24 else { throw .chunkSize }
            size = size << 4 | value
            digits += 1
        }
        guard digits > 0 else { throw .chunkSize }
        guard digits < line.count else { return size }
        try skipExtensions(line, from: digits)
        return size
    }

    /// `;name` or `;name=value`, any number of times, both tokens.
    private static func skipExtensions(_ line: borrowing Span<UInt8>, from start: Int) throws(FramingError) {
        var index = start
        func token() throws(FramingError) {
            let start = index
            while index < line.count, FieldSyntax.isToken(line[index]) { index += 1 }
            guard index > start else { throw .chunkSize }
        }
        while index < line.count {
            guard line[index] == UInt8(ascii: ";") else { throw .chunkSize }
            index += 1
            try token()
            guard index < line.count, line[index] == UInt8(ascii: "=") else { continue }
            index += 1
            try token()
        }
    }

    private static func hexadecimal(_ byte: UInt8) -> Int? {
        switch byte {
        case 0x30...0x39: Int(byte - 0x30)
        case 0x41...0x46: Int(byte - 0x41 + 10)
        case 0x61...0x66: Int(byte - 0x61 + 10)
        default: nil
        }
    }
}

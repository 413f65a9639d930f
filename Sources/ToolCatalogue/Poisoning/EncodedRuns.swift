/// Runs of text that only a decoder can read.
enum EncodedRuns {
    /// The first run of base64 or hexadecimal that is longer than identifiers, hashes and examples are.
    static func first(in text: [UInt8]) -> Range<Int>? {
        var start = 0
        while start < text.count {
            guard isBase64(text[start]) else {
                start += 1
                continue
            }
            var end = start
            var digits = 0
            var capitals = 0
            while end < text.count, isBase64(text[end]) {
                if (0x30...0x39).contains(text[end]) { digits += 1 }
                if (0x41...0x5A).contains(text[end]) { capitals += 1 }
                end += 1
            }
            let isMixed = digits >= 4 && capitals >= 4 || digits * 4 >= end - start
            if end - start >= CatalogueBounds.encodedRun, isMixed { return start..<end }
            start = end
        }
        return nil
    }

    @inline(__always)
    private static func isBase64(_ byte: UInt8) -> Bool {
        byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte >= 0x30 && byte <= 0x39 || byte == UInt8(ascii: "+")
            || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "=")
    }
}

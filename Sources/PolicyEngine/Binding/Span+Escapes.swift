extension Span<UInt8> {
    /// Tells whether a backslash is among the bytes: then a text of JSON is not written as it is meant.
    func hasBackslash(_ range: Range<Int>) -> Bool {
        any(range) { word in
            let other = word ^ 0x5C5C_5C5C_5C5C_5C5C
            return (other &- 0x0101_0101_0101_0101) & ~other & 0x8080_8080_8080_8080
        }
    }

    /// Tells whether all bytes are ASCII and none is a backslash.
    func isPlain(_ range: Range<Int>) -> Bool {
        !any(range) { word in
            let other = word ^ 0x5C5C_5C5C_5C5C_5C5C
            return ((other &- 0x0101_0101_0101_0101) & ~other | word) & 0x8080_8080_8080_8080
        }
    }

    /// Looks at eight bytes at a time; the last are padded with zeros.
    @inline(__always)
    private func any(_ range: Range<Int>, _ marks: (UInt64) -> UInt64) -> Bool {
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "a text lies in its source")
        var position = range.lowerBound
        while position &+ 8 <= range.upperBound {
            if marks(unsafe bytes.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self)) != 0 { return true }
            position &+= 8
        }
        var rest: UInt64 = 0
        while position < range.upperBound {
            rest = rest << 8 | UInt64(self[unchecked: position])
            position &+= 1
        }
        return marks(rest) != 0
    }
}

extension Span<UInt8> {
    /// Tells whether all bytes are ASCII.
    @inline(__always)
    func isASCII(_ range: Range<Int>) -> Bool {
        !any(range) { $0 & 0x8080_8080_8080_8080 }
    }

    /// Looks at eight bytes at a time. What follows the last of them is masked out; only where the text ends sooner
    /// than that are they looked at one by one.
    @inline(__always)
    private func any(_ range: Range<Int>, _ marks: (UInt64) -> UInt64) -> Bool {
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "a text lies in its source")
        var position = range.lowerBound
        while position < range.upperBound {
            guard position &+ 8 <= count else { return anyOfLast(position..<range.upperBound, marks) }
            let word = UInt64(littleEndian: unsafe bytes.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self))
            let left = range.upperBound &- position
            let mask = left >= 8 ? UInt64.max : (1 &<< UInt64(truncatingIfNeeded: left &* 8)) &- 1
            if marks(word & mask) != 0 { return true }
            position &+= 8
        }
        return false
    }

    private func anyOfLast(_ range: Range<Int>, _ marks: (UInt64) -> UInt64) -> Bool {
        var word: UInt64 = 0
        for position in range { word = word << 8 | UInt64(self[position]) }
        return marks(word) != 0
    }
}

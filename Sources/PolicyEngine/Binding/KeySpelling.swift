import WireJSON

/// How a key is written in the call: enough to compare most keys without decoding them.
struct KeySpelling {
    /// Where the key lies, without its quotes.
    let interior: Range<Int>
    /// ASCII without escapes, and so without NUL: what is written is what is meant.
    let isPlain: Bool

    @inline(__always)
    init(_ key: JSONPlace, in source: borrowing Span<UInt8>) {
        interior = Range(uncheckedBounds: (key.range.lowerBound + 1, key.range.upperBound - 1))
        isPlain = !key.hasEscapes && source.isASCII(interior)
    }

    /// Compares a plain key with a step of a path: as bytes, then as a careless reader would.
    ///
    /// A plain key can only be equal to, or taken for, a name that folds to as many bytes of ASCII.
    @inline(__always)
    func relation(
        to name: borrowing Span<UInt8>, folded: borrowing Span<UInt8>, in source: borrowing Span<UInt8>
    ) -> KeyRelation {
        let key = source.extracting(interior)
        if key.isEqual(to: name) { return .same }
        guard folded.count == key.count else { return .other }
        for position in key.indices {
            let byte = key[position]
            guard (byte &- 0x41 < 26 ? byte | 0x20 : byte) == folded[position] else { return .other }
        }
        return .lookAlike
    }
}

/// What a key of the call is to a step of a rule's path.
enum KeyRelation {
    case same
    /// Not the same, but a careless reader may take it for it.
    case lookAlike
    case other
}

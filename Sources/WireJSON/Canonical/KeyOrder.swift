extension Tape {
    /// The indices of an object's keys, ordered by UTF-16 code units as RFC 8785 section 3.2.3 wants it.
    ///
    /// A lone surrogate counts as U+FFFD; no two keys of an object are equal then either.
    func keysInCanonicalOrder(of object: Int) -> [Int] {
        let text = text
        var keys: [Key] = []
        keys.reserveCapacity(nodes[object].count)
        var unescaped: [UInt8] = []
        var index = object + 1
        for _ in 0..<nodes[object].count {
            if nodes[object].mark {
                let start = unescaped.count
                appendUnescaped(text.span, nodes[index].interior, .replaced, to: &unescaped)
                keys.append(Key(index: index, text: start..<unescaped.count))
            } else {
                keys.append(Key(index: index, text: nodes[index].interior))
            }
            index = Int(nodes[index + 1].next)
        }
        let bytes = nodes[object].mark ? unescaped : text
        let span = bytes.span
        keys.sort { precedesInUTF16(span, $0.text, $1.text) }
        return keys.map(\.index)
    }

    private struct Key {
        var index: Int
        /// Where its text lies in the bytes compared.
        var text: Range<Int>
    }
}

/// Compares well-formed UTF-8 by the UTF-16 it stands for.
///
/// The order of UTF-8 bytes is that of code points, and differs in one thing: characters over U+FFFF, whose
/// surrogates start at U+D800, come before U+E000 to U+FFFF, whose first bytes are 0xEE and 0xEF.
private func precedesInUTF16(_ bytes: borrowing Span<UInt8>, _ a: Range<Int>, _ b: Range<Int>) -> Bool {
    for k in 0..<min(a.count, b.count) {
        let (x, y) = (bytes[a.lowerBound + k], bytes[b.lowerBound + k])
        if x == y { continue }
        if x >= 0xEE, y >= 0xEE, (x < 0xF0) != (y < 0xF0) { return y < 0xF0 }
        return x < y
    }
    return a.count < b.count
}

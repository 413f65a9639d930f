extension Tape {
    func string(of index: Int) -> String {
        guard nodes[index].mark else { return String(decoding: text[nodes[index].interior], as: UTF8.self) }
        return String(decoding: utf8(of: index), as: UTF8.self)
    }

    func utf8(of index: Int, _ loneSurrogate: LoneSurrogate = .replaced) -> [UInt8] {
        let interior = nodes[index].interior
        guard nodes[index].mark else { return Array(text[interior]) }
        let text = text
        var unescaped: [UInt8] = []
        unescaped.reserveCapacity(interior.count)
        appendUnescaped(text.span, interior, loneSurrogate, to: &unescaped)
        return unescaped
    }

    /// Whether the string at `index` is `wanted` as bytes of UTF-8.
    func hasText(_ index: Int, _ wanted: String) -> Bool {
        let node = nodes[index]
        let (length, wantedLength) = (Int(node.end - node.start) - 2, wanted.utf8.count)
        if !node.mark {
            return length == wantedLength && hasEqualBytes(text, at: Int(node.start) + 1, wanted)
        }
        // Escapes make text longer, at most sixfold: unescape only what can be equal.
        guard length > wantedLength, length / 6 <= wantedLength else { return false }
        return utf8(of: index).elementsEqual(wanted.utf8)
    }
}

/// Whether the bytes of `wanted` stand in `text` at `start`, where there is room for them.
private func hasEqualBytes(_ text: [UInt8], at start: Int, _ wanted: String) -> Bool {
    let answer = wanted.utf8.withContiguousStorageIfAvailable { wanted in
        text.withUnsafeBytes { text in
            hasEqualBytes(UnsafeRawBufferPointer(rebasing: text[start..<start + wanted.count]), .init(wanted))
        }
    }
    return answer ?? text[start...].starts(with: wanted.utf8)
}

/// Whether two runs of the same length are the same, looked at eight bytes at a time.
private func hasEqualBytes(_ bytes: UnsafeRawBufferPointer, _ others: UnsafeRawBufferPointer) -> Bool {
    precondition(bytes.count == others.count, "runs of different lengths are different")
    var place = 0
    while place &+ 8 <= bytes.count {
        let word = bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)
        guard word == others.loadUnaligned(fromByteOffset: place, as: UInt64.self) else { return false }
        place &+= 8
    }
    while place < bytes.count {
        guard bytes[place] == others[place] else { return false }
        place &+= 1
    }
    return true
}

/// Refuses the object at `object`, just closed, if a key is there twice; keys compare as unescaped bytes.
///
/// - Throws: The duplicate's offset, not the first one's.
func refuseDuplicateKeys(
    _ text: borrowing Span<UInt8>, _ nodes: borrowing NodeBuffer, of object: Int
) throws(JSONError) {
    let node = nodes[object]
    if node.count <= linearAtMost, !node.mark {
        try compareEachWithEach(text, nodes, of: object)
    } else if node.mark {
        // Keys with escapes are compared as what they say: all keys of the object once without their escapes.
        var unescaped: [UInt8] = []
        var keys: [Key] = []
        keys.reserveCapacity(node.count)
        forEachKey(nodes, of: object) { key in
            let start = unescaped.count
            appendUnescaped(text, key.interior, .replaced, to: &unescaped)
            keys.append(Key(start: UInt32(start), end: UInt32(unescaped.count), offset: key.start))
        }
        try compareByHash(unescaped.span, keys)
    } else {
        var keys: [Key] = []
        keys.reserveCapacity(node.count)
        forEachKey(nodes, of: object) { key in
            keys.append(Key(start: key.start + 1, end: key.end - 1, offset: key.start))
        }
        try compareByHash(text, keys)
    }
}

/// Up to here comparing each key with each is quicker than hashing.
private let linearAtMost = 16

private struct Key {
    /// Where the key's text starts and ends in the bytes compared.
    var start: UInt32
    var end: UInt32
    /// Where the key starts in the text read.
    var offset: UInt32
}

@inline(__always)
private func forEachKey(_ nodes: borrowing NodeBuffer, of object: Int, _ body: (Node) -> Void) {
    var index = object + 1
    for _ in 0..<nodes[object].count {
        body(nodes[index])
        index = Int(nodes[index + 1].next)
    }
}

private func compareEachWithEach(
    _ text: borrowing Span<UInt8>, _ nodes: borrowing NodeBuffer, of object: Int
) throws(JSONError) {
    // One bit for each of 64 kinds of key, by length and last character: only a key whose bit is taken is compared
    // with those before it.
    var seen: UInt64 = 0
    var index = object + 1
    for position in 0..<nodes[object].count {
        let key = nodes[index]
        let length = key.end - key.start
        let bit: UInt64 = 1 << UInt64((length &* 7 ^ UInt32(text[Int(key.end) - 2])) & 63)
        if seen & bit != 0 {
            var earlier = object + 1
            for _ in 0..<position {
                let other = nodes[earlier]
                if other.end - other.start == length,
                    hasEqualBytes(text, Int(other.start), Int(key.start), count: Int(length))
                {
                    throw JSONError(.duplicateKey, at: Int(key.start))
                }
                earlier = Int(nodes[earlier + 1].next)
            }
        }
        seen |= bit
        index = Int(nodes[index + 1].next)
    }
}

/// Compares many keys by a table of hashes, seeded for each process so that no one can prepare keys that collide.
private func compareByHash(_ bytes: borrowing Span<UInt8>, _ keys: [Key]) throws(JSONError) {
    // Open addressing over at least twice as many places as keys. A place holds a key's position plus one in its low
    // 25 bits, which are enough for 2²⁴ keys, and 7 bits of the key's hash above; 4 bytes a place, for the time goes
    // into reaching memory.
    let places = 1 << (Int.bitWidth - (keys.count * 2 - 1).leadingZeroBitCount)
    let position: UInt32 = 1 << 25 - 1
    var table = [UInt32](repeating: 0, count: places)
    for (index, key) in keys.enumerated() {
        let hash = seededHash(bytes, Int(key.start)..<Int(key.end))
        let mark = UInt32(truncatingIfNeeded: hash >> 32) & ~position
        var place = hash & (places - 1)
        while table[place] != 0 {
            if table[place] & ~position == mark {
                let other = keys[Int(table[place] & position) - 1]
                if other.end - other.start == key.end - key.start,
                    hasEqualBytes(bytes, Int(other.start), Int(key.start), count: Int(key.end - key.start))
                {
                    throw JSONError(.duplicateKey, at: Int(key.offset))
                }
            }
            place = (place + 1) & (places - 1)
        }
        table[place] = UInt32(index + 1) | mark
    }
}

private func seededHash(_ bytes: borrowing Span<UInt8>, _ range: Range<Int>) -> Int {
    var hasher = Hasher()
    bytes.extracting(range).withUnsafeBytes { hasher.combine(bytes: $0) }
    return hasher.finalize()
}

@inline(__always)
private func hasEqualBytes(_ bytes: borrowing Span<UInt8>, _ a: Int, _ b: Int, count: Int) -> Bool {
    for k in 0..<count where bytes[a + k] != bytes[b + k] { return false }
    return true
}

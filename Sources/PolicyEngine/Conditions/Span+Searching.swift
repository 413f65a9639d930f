extension Span<UInt8> {
    /// Tells whether both are the same bytes.
    @inline(__always)
    func isEqual(to other: borrowing Span<UInt8>) -> Bool {
        guard count == other.count else { return false }
        var position = 0
        while position &+ 8 <= count {
            let mine = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self)
            let theirs = unsafe other.bytes.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self)
            guard mine == theirs else { return false }
            position &+= 8
        }
        while position < count {
            guard self[position] == other[position] else { return false }
            position &+= 1
        }
        return true
    }

    /// Tells whether the bytes wanted are somewhere in these; none at all are in every text. Takes time linear in both.
    func contains(_ wanted: borrowing Span<UInt8>) -> Bool {
        guard wanted.count > 0 else { return true }
        guard count >= wanted.count else { return false }
        if count * wanted.count > Self.smallSearch { return containsByTable(wanted) }
        let first = wanted[0]
        var start = 0
        while start <= count - wanted.count {
            if self[start] == first {
                var matched = 1
                while matched < wanted.count, self[start + matched] == wanted[matched] { matched += 1 }
                if matched == wanted.count { return true }
            }
            start += 1
        }
        return false
    }

    /// Knuth, Morris and Pratt's search: no text makes it slow.
    private func containsByTable(_ wanted: borrowing Span<UInt8>) -> Bool {
        // For each length of a matched start: how much of it is still matched when the next byte does not fit.
        var fallback = [Int](repeating: 0, count: wanted.count + 1)
        var matched = 0
        for position in 1..<wanted.count {
            while matched > 0, wanted[position] != wanted[matched] { matched = fallback[matched] }
            if wanted[position] == wanted[matched] { matched += 1 }
            fallback[position + 1] = matched
        }
        matched = 0
        for position in indices {
            while matched > 0, self[position] != wanted[matched] { matched = fallback[matched] }
            if self[position] == wanted[matched] { matched += 1 }
            if matched == wanted.count { return true }
        }
        return false
    }

    /// Up to this many comparisons, trying every place is quicker than making a table.
    private static var smallSearch: Int { 1 << 14 }
}

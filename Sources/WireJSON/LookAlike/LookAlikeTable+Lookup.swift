extension LookAlikeTable {
    /// What becomes of a character when it is folded.
    enum Folding {
        case itself
        case one(Unicode.Scalar)
        /// Several characters, or none at all, in the pool.
        case text(ArraySlice<UInt32>)
    }

    static func folding(of scalar: Unicode.Scalar) -> Folding {
        // The last row that starts at or before the character.
        var (low, high) = (0, rows.count)
        while low < high {
            let middle = (low + high) / 2
            if rows[middle] >> 43 <= UInt64(scalar.value) { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return .itself }
        let row = rows[low - 1]
        let distance = UInt64(scalar.value) - row >> 43
        guard distance <= row >> 30 & 0x1FFF else { return .itself }
        switch row >> 28 & 3 {
        case 1 where distance & 1 == 1: return .itself
        case 0, 1:
            // The distance has 28 bits and a sign.
            let target = Int64(scalar.value) + Int64(bitPattern: row << 36) >> 36
            guard let folded = UInt32(exactly: target).flatMap(Unicode.Scalar.init) else { return .itself }
            return .one(folded)
        default:
            let start = Int(row >> 5 & 0x7F_FFFF)
            return .text(pool[start..<start + Int(row & 31)])
        }
    }
}

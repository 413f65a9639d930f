extension IPAddress {
    /// Reads an address of either family, as ``init(v4:)`` and ``init(v6:)`` do.
    init?(_ text: borrowing Span<UInt8>) {
        var hasColon = false
        for position in text.indices where text[position] == UInt8(ascii: ":") { hasColon = true }
        guard let address = hasColon ? IPAddress(v6: text) : IPAddress(v4: text) else { return nil }
        self = address
    }

    /// Reads an IPv4 address in every form that C's `inet_aton` and browsers take: one to four numbers, the last of
    /// which fills what is left, decimal or hexadecimal (`127.1`, `0x7f000001`, `2130706433`).
    ///
    /// A number with a zero in front is octal to some readers and decimal to others, so it is no address here.
    init?(v4 text: borrowing Span<UInt8>) {
        var parts: [4 of UInt64] = [0, 0, 0, 0]
        var count = 0
        var start = 0
        while start <= text.count {
            var end = start
            while end < text.count, text[end] != UInt8(ascii: ".") { end += 1 }
            guard count < 4, let number = Self.number(text, start..<end) else { return nil }
            parts[count] = number
            count += 1
            start = end + 1
        }
        var bits: UInt64 = 0
        for position in 0..<count - 1 {
            guard parts[position] <= 0xFF else { return nil }
            bits = bits << 8 | parts[position]
        }
        let left = UInt64(8 * (5 - count))
        guard parts[count - 1] < 1 << left else { return nil }
        self.init(v4: UInt32(bits << left | parts[count - 1]))
    }

    /// Reads an IPv6 address (RFC 4291 section 2.2), without brackets; one with a zone is none.
    init?(v6 text: borrowing Span<UInt8>) {
        var bits: UInt128 = 0
        var groups = 0
        // How many groups stand before `::`.
        var gap: Int?
        var position = 0
        if text.count >= 2, text[0] == UInt8(ascii: ":") {
            guard text[1] == UInt8(ascii: ":") else { return nil }
            gap = 0
            position = 2
        }
        while position < text.count {
            var end = position
            var hasDot = false
            while end < text.count, text[end] != UInt8(ascii: ":") {
                if text[end] == UInt8(ascii: ".") { hasDot = true }
                end += 1
            }
            if hasDot {
                guard end == text.count, groups <= 6, let last = Self.dotted(text.extracting(position..<end)) else {
                    return nil
                }
                bits = bits << 32 | UInt128(last)
                groups += 2
                break
            }
            guard groups < 8, end - position <= 4, let group = Self.hexadecimal(text, position..<end) else {
                return nil
            }
            bits = bits << 16 | UInt128(group)
            groups += 1
            if end == text.count { break }
            position = end + 1
            guard position < text.count else { return nil }
            if text[position] == UInt8(ascii: ":") {
                guard gap == nil else { return nil }
                gap = groups
                position += 1
            }
        }
        if let gap {
            guard groups < 8 else { return nil }
            let after = UInt128(16 * (groups - gap))
            let low = bits & (1 << after - 1)
            self.init(bits: ((bits >> after) << UInt128(16 * (8 - gap))) | low)
        } else {
            guard groups == 8 else { return nil }
            self.init(bits: bits)
        }
    }

    /// Four decimal numbers, as they stand at the end of an IPv6 address.
    private static func dotted(_ text: borrowing Span<UInt8>) -> UInt32? {
        var dots = 0
        for position in text.indices {
            if text[position] == UInt8(ascii: ".") { dots += 1 } else if text[position] &- 0x30 >= 10 { return nil }
        }
        guard dots == 3, let address = IPAddress(v4: text) else { return nil }
        return UInt32(truncatingIfNeeded: address.bits)
    }

    private static func number(_ text: borrowing Span<UInt8>, _ range: Range<Int>) -> UInt64? {
        guard let first = range.first else { return nil }
        if range.count > 2, text[first] == UInt8(ascii: "0"), text[first + 1] | 0x20 == UInt8(ascii: "x") {
            return hexadecimal(text, first + 2..<range.upperBound)
        }
        guard range.count <= 10, range.count == 1 || text[first] != UInt8(ascii: "0") else { return nil }
        var value: UInt64 = 0
        for position in range {
            let digit = text[position] &- 0x30
            guard digit < 10 else { return nil }
            value = value * 10 + UInt64(digit)
        }
        return value
    }

    private static func hexadecimal(_ text: borrowing Span<UInt8>, _ range: Range<Int>) -> UInt64? {
        guard 1...8 ~= range.count else { return nil }
        var value: UInt64 = 0
        for position in range {
            let byte = text[position]
            let letter = (byte | 0x20) &- 0x61
            guard byte &- 0x30 < 10 || letter < 6 else { return nil }
            value = value << 4 | UInt64(byte &- 0x30 < 10 ? byte &- 0x30 : letter + 10)
        }
        return value
    }
}

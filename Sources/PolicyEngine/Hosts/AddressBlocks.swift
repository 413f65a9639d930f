/// The blocks of addresses that `ip_in` takes, in CIDR form (RFC 4632): `10.0.0.0/8`, `fc00::/7`, or one address.
struct AddressBlocks: Sendable {
    private struct Block: Sendable {
        let first: UInt128
        let mask: UInt128
    }

    private let blocks: [Block]

    /// Takes the blocks as written, or says what is wrong with one.
    init(_ written: [[UInt8]]) throws(ComparisonError) {
        var blocks: [Block] = []
        for text in written { blocks.append(try Self.block(text)) }
        self.blocks = blocks
    }

    /// Judges whether a text is an address in one of the blocks; what is no address cannot be judged.
    func judge(_ text: borrowing Span<UInt8>) -> Judgement {
        guard text.count <= PolicyBounds.addressBytes, let address = IPAddress(text) else { return .cannotBeJudged }
        return judge(address)
    }

    /// An address that leads to another where networks translate must come to the same as that.
    func judge(_ address: IPAddress) -> Judgement {
        let isInside = contains(address)
        if let other = address.embedded, contains(other) != isInside { return .cannotBeJudged }
        return Judgement(isInside)
    }

    private func contains(_ address: IPAddress) -> Bool {
        for position in blocks.indices where address.bits & blocks[position].mask == blocks[position].first {
            return true
        }
        return false
    }

    private static func block(_ text: [UInt8]) throws(ComparisonError) -> Block {
        let shown = String(decoding: text, as: UTF8.self)
        let parts = text.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard parts.count <= 2, let base = parts.first.map({ Array($0) }), let address = IPAddress(base.span) else {
            throw ComparisonError("`\(shown)` is no block of addresses; write one like 10.0.0.0/8 or fc00::/7")
        }
        let isShort = !base.contains(UInt8(ascii: ":"))
        let longest = isShort ? 32 : 128
        var length = longest
        if parts.count == 2 {
            guard let written = Int(String(decoding: parts[1], as: UTF8.self)), 0...longest ~= written,
                parts[1].allSatisfy({ $0 &- 0x30 < 10 })
            else { throw ComparisonError("`\(shown)` is no block of addresses: the length is from 0 to \(longest)") }
            length = written
        }
        let free = longest - length
        let mask: UInt128 = free == 128 ? 0 : ~UInt128(0) << UInt128(free)
        guard address.bits & mask == address.bits else {
            throw ComparisonError("`\(shown)` has bits set behind its first \(length); say which block is meant")
        }
        return Block(first: address.bits, mask: mask)
    }
}

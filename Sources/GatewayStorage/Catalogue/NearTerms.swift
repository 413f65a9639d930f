/// The words and names that a catalogue has, to find those that are nearly what somebody typed.
///
/// Every term is looked at: two masks of its letters and pairs of letters, kept side by side, rule out nearly all of them
/// in a few instructions each; only what is left is compared letter by letter.
public struct NearTerms: Sendable {
    /// Terms one after another, by length and then bytes.
    private var bytes: [UInt8] = []
    /// Where each begins; one more than there are terms.
    private var starts: [UInt32] = [0]
    private var masks: [TermMask] = []
    /// The first term of each length.
    private var byLength: [Int]

    /// - Parameter terms: distinct, each not longer than ``StorageBounds/searchWordBytes`` bytes; in any order.
    public init(_ terms: some Sequence<[UInt8]>) {
        byLength = Array(repeating: 0, count: StorageBounds.searchWordBytes + 2)
        let kept = terms.filter { $0.count <= StorageBounds.searchWordBytes }
            .sorted { $0.count != $1.count ? $0.count < $1.count : $0.lexicographicallyPrecedes($1) }
        bytes.reserveCapacity(kept.reduce(0) { $0 + $1.count })
        for term in kept {
            bytes += term
            starts.append(UInt32(bytes.count))
            masks.append(TermMask(term[...]))
            byLength[term.count + 1] += 1
        }
        for length in 1..<byLength.count { byLength[length] += byLength[length - 1] }
    }

    public var count: Int { masks.count }

    /// How far a term may be from a text of so many bytes: short ones must be right, since everything is near them.
    public static func reach(_ length: Int) -> Int {
        switch length {
        case ..<4: 0
        case 4...7: 1
        default: 2
        }
    }

    /// The terms nearest to a text, the nearest first, then the shorter; at most ``StorageBounds/nearTerms``.
    public func near(_ text: String) -> [String] {
        let wanted = Array(text.utf8.prefix(StorageBounds.searchWordBytes))
        let reach = Self.reach(wanted.count)
        guard reach > 0 else { return [] }
        let mask = TermMask(wanted[...])
        var found: [(distance: Int, term: Int)] = []
        let shortest = max(1, wanted.count - reach)
        let longest = min(StorageBounds.searchWordBytes, wanted.count + reach)
        for term in byLength[shortest]..<byLength[longest + 1] where mask.mayBeNear(masks[term], within: reach) {
            let distance = EditDistance.between(wanted[...], self[term], within: reach)
            if let distance { found.append((distance, term)) }
        }
        return found.sorted { ($0.distance, $0.term) < ($1.distance, $1.term) }.prefix(StorageBounds.nearTerms)
            .map { String(decoding: self[$0.term], as: UTF8.self) }
    }

    private subscript(term: Int) -> ArraySlice<UInt8> { bytes[Int(starts[term])..<Int(starts[term + 1])] }
}

/// Which letters a term has, and which pairs of neighbours, as far as 64 bits each tell them apart.
private struct TermMask: Sendable {
    private var letters: UInt64 = 0
    private var pairs: UInt64 = 0

    init(_ term: ArraySlice<UInt8>) {
        var before: UInt8 = 0
        for byte in term {
            letters |= 1 << UInt64(byte & 63)
            pairs |= 1 << UInt64((UInt(before) &* 31 &+ UInt(byte)) & 63)
            before = byte
        }
    }

    /// False only where more than `reach` edits lie between: an edit brings in, or takes away, one letter and at most
    /// three pairs.
    func mayBeNear(_ other: TermMask, within reach: Int) -> Bool {
        (letters & ~other.letters).nonzeroBitCount <= reach && (other.letters & ~letters).nonzeroBitCount <= reach
            && (pairs & ~other.pairs).nonzeroBitCount <= 3 * reach
            && (other.pairs & ~pairs).nonzeroBitCount <= 3 * reach
    }
}

/// The hosts that `host_in` takes: names, addresses, and `*.example.com` for all names under one.
struct HostSet: Sendable {
    private var names: [[UInt8]] = []
    /// Each with its dot in front.
    private var suffixes: [[UInt8]] = []
    private var addresses: [IPAddress] = []

    /// Takes the hosts as written, or says what is wrong with one.
    init(_ written: [[UInt8]]) throws(ComparisonError) {
        for text in written {
            let isSuffix = text.starts(with: "*.".utf8)
            let name = isSuffix ? Array(text.dropFirst(2)) : text
            let host = Self.isBareV6(name) ? IPAddress(v6: name.span).map { .address($0) } : Host(name.span)
            switch host {
            case .address(let address) where !isSuffix:
                addresses.append(address)
            case .name(let range):
                add(name[range].map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }, isSuffix)
            case .spelled(let spelled):
                add(spelled, isSuffix)
            case .address, nil:
                throw ComparisonError(
                    "`\(String(decoding: text, as: UTF8.self))` is no host; write `example.com`, `*.example.com` or an"
                        + " address, without scheme and port")
            }
        }
    }

    /// Judges whether the host of a URL, or a text that is nothing but a host, is one of these.
    ///
    /// Names are not looked up: what address a name has is not known here.
    func judge(_ text: borrowing Span<UInt8>) -> Judgement {
        guard text.count <= PolicyBounds.judgedTextBytes, let range = URLSpelling.host(in: text) else {
            return .cannotBeJudged
        }
        let written = text.extracting(range)
        // With a scheme that browsers do not know, they leave such a host as it is written (URL Standard, "opaque host").
        if !written.isASCII(written.indices), !URLSpelling.isInternational(text, hostAt: range.lowerBound) {
            return .cannotBeJudged
        }
        switch Host(written) {
        case .name(let name): return Judgement(contains(written.extracting(name)))
        case .spelled(let name): return Judgement(contains(name.span))
        case .address(let address): return judge(address)
        case nil: return .cannotBeJudged
        }
    }

    private mutating func add(_ name: [UInt8], _ isSuffix: Bool) {
        if isSuffix { suffixes.append([UInt8(ascii: ".")] + name) } else { names.append(name) }
    }

    private static func isBareV6(_ text: [UInt8]) -> Bool {
        text.contains(UInt8(ascii: ":")) && text.first != UInt8(ascii: "[")
    }

    private func judge(_ address: IPAddress) -> Judgement {
        let isListed = addresses.contains(address)
        if let other = address.embedded, addresses.contains(other) != isListed { return .cannotBeJudged }
        return Judgement(isListed)
    }

    private func contains(_ name: borrowing Span<UInt8>) -> Bool {
        for position in names.indices
        where names[position].count == name.count && name.ends(withLowercase: names[position]) { return true }
        for position in suffixes.indices
        where suffixes[position].count < name.count && name.ends(withLowercase: suffixes[position]) { return true }
        return false
    }
}

extension Span<UInt8> {
    /// Tells whether these bytes, in lower case, end with the others, which are in lower case.
    fileprivate func ends(withLowercase ending: [UInt8]) -> Bool {
        let start = count - ending.count
        for position in ending.indices {
            let byte = self[start + position]
            guard (byte &- 0x41 < 26 ? byte | 0x20 : byte) == ending[position] else { return false }
        }
        return true
    }
}

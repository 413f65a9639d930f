import WireJSON

/// A host as a URL writes it, normalised: a name or an address.
enum Host {
    /// A name that needs nothing but its letters' case not to be regarded; where it lies, without a dot at its end.
    case name(Range<Int>)
    /// A name that is written otherwise than it is meant, in its ASCII form and lower case.
    case spelled([UInt8])
    case address(IPAddress)

    /// Reads a host; `nil` where readers do not all read it alike.
    init?(_ text: borrowing Span<UInt8>) {
        guard text.count > 0 else { return nil }
        if text[0] == UInt8(ascii: "[") {
            guard text[text.count - 1] == UInt8(ascii: "]"),
                let address = IPAddress(v6: text.extracting(1..<text.count - 1))
            else { return nil }
            self = .address(address)
            return
        }
        var isASCII = true
        for position in text.indices where text[position] >= 0x80 { isASCII = false }
        guard isASCII else {
            guard let ascii = Self.ascii(text), let host = Host(ascii.span) else { return nil }
            if case .name(let range) = host { self = .spelled(Array(ascii[range])) } else { self = host }
            return
        }
        guard let shape = Shape(text) else { return nil }
        let name = text.extracting(shape.name)
        if shape.endsWithNumber {
            guard let address = IPAddress(v4: name) else { return nil }
            self = .address(address)
            return
        }
        if shape.mayBeEncoded, !Punycode.isCanonical(name) { return nil }
        self = .name(shape.name)
    }

    /// The ASCII form of an international name, as UTS #46 makes it; `nil` where its versions differ.
    private static func ascii(_ text: borrowing Span<UInt8>) -> [UInt8]? {
        let written = text.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
        if written.unicodeScalars.contains(where: { deviations.contains($0) || $0 == "\u{FFFD}" }) { return nil }
        let folded = LookAlike.fold(written)
        var labels: [[UInt8]] = []
        for label in folded.unicodeScalars.split(
            omittingEmptySubsequences: false, whereSeparator: { dots.contains($0) })
        {
            let scalars = Array(label)
            guard scalars.allSatisfy({ Punycode.isOfNames($0) }) else { return nil }
            if scalars.allSatisfy(\.isASCII) {
                labels.append(scalars.map { UInt8(truncatingIfNeeded: $0.value) })
            } else {
                guard !scalars.starts(with: "xn--".unicodeScalars), let encoded = Punycode.encode(scalars) else {
                    return nil
                }
                labels.append(Array("xn--".utf8) + encoded)
            }
        }
        return Array(labels.joined(separator: [UInt8(ascii: ".")]))
    }

    /// What IDNA 2003 and 2008 map differently (UTS #46 section 4): ß, ẞ, ς and the joiners.
    private static let deviations: Set<Unicode.Scalar> = ["\u{DF}", "\u{1E9E}", "\u{3C2}", "\u{200C}", "\u{200D}"]
    private static let dots: Set<Unicode.Scalar> = [".", "\u{3002}", "\u{FF0E}", "\u{FF61}"]
}

extension Host {
    /// What is found in going once through an ASCII name.
    fileprivate struct Shape {
        /// Without a dot at the end.
        let name: Range<Int>
        /// The last label is one that browsers take for a part of an IPv4 address.
        let endsWithNumber: Bool
        /// A label starts as an encoded one does.
        let mayBeEncoded: Bool

        /// `nil` when it is no name: other characters than letters, digits, `-` and `_`, or empty or overlong labels.
        init?(_ text: borrowing Span<UInt8>) {
            let end = text[text.count - 1] == UInt8(ascii: ".") ? text.count - 1 : text.count
            guard 1...253 ~= end else { return nil }
            var start = 0
            var mayBeEncoded = false
            for position in 0...end {
                if position < end, text[position] != UInt8(ascii: ".") {
                    let byte = text[position]
                    guard (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte == 0x2D || byte == 0x5F else {
                        return nil
                    }
                    continue
                }
                guard 1...63 ~= position - start else { return nil }
                if position - start >= 4, text[start] | 0x20 == UInt8(ascii: "x"), text[start + 2] == 0x2D {
                    mayBeEncoded = true
                }
                if position < end { start = position + 1 }
            }
            self.name = 0..<end
            self.endsWithNumber = Self.isNumber(text, start..<end)
            self.mayBeEncoded = mayBeEncoded
        }

        private static func isNumber(_ text: borrowing Span<UInt8>, _ label: Range<Int>) -> Bool {
            var digits = label
            if label.count >= 2, text[label.lowerBound] == UInt8(ascii: "0"),
                text[label.lowerBound + 1] | 0x20 == UInt8(ascii: "x")
            {
                digits = label.dropFirst(2)
                for position in digits where (text[position] | 0x20) &- 0x61 >= 6 && text[position] &- 0x30 >= 10 {
                    return false
                }
                return true
            }
            for position in digits where text[position] &- 0x30 >= 10 { return false }
            return true
        }
    }
}

import WireJSON

/// The encoding of international names in ASCII (RFC 3492).
enum Punycode {
    /// Tells whether every encoded label of a name is what its characters are encoded as; another reader may take it
    /// for another name.
    static func isCanonical(_ name: borrowing Span<UInt8>) -> Bool {
        let lower = name.withUnsafeBufferPointer { $0.map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 } }
        return lower.split(separator: UInt8(ascii: ".")).allSatisfy { label in
            guard label.starts(with: "xn--".utf8) else { return true }
            let encoded = Array(label.dropFirst(4))
            guard let scalars = decode(encoded), scalars.contains(where: { !$0.isASCII }),
                scalars.allSatisfy({ isOfNames($0) })
            else { return false }
            var text = String.UnicodeScalarView()
            text.append(contentsOf: scalars)
            guard LookAlike.fold(String(text)).unicodeScalars.elementsEqual(scalars) else { return false }
            return encode(scalars) == encoded
        }
    }

    /// Tells whether a character is one of names, and one that is the same composed and decomposed: marks and the parts
    /// of Hangul syllables are not, since not every reader composes them.
    static func isOfNames(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return true }
        if 0x1100...0x11FF ~= scalar.value { return false }
        switch scalar.properties.generalCategory {
        case .lowercaseLetter, .uppercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber:
            return true
        case _:
            return false
        }
    }

    static func encode(_ scalars: [Unicode.Scalar]) -> [UInt8]? {
        guard scalars.count <= longest else { return nil }
        var output = scalars.filter(\.isASCII).map { UInt8(truncatingIfNeeded: $0.value) }
        let basic = output.count
        var handled = basic
        if basic > 0 { output.append(UInt8(ascii: "-")) }
        var (code, delta, bias) = (initialCode, 0, initialBias)
        while handled < scalars.count {
            guard let next = scalars.map({ Int($0.value) }).filter({ $0 >= code }).min() else { return nil }
            delta += (next - code) * (handled + 1)
            code = next
            for scalar in scalars {
                if scalar.value < code { delta += 1 }
                guard scalar.value == code else { continue }
                var rest = delta
                var position = base
                while true {
                    let threshold = threshold(at: position, bias)
                    if rest < threshold { break }
                    output.append(letter(threshold + (rest - threshold) % (base - threshold)))
                    rest = (rest - threshold) / (base - threshold)
                    position += base
                }
                output.append(letter(rest))
                bias = adapted(delta, handled + 1, isFirst: handled == basic)
                delta = 0
                handled += 1
            }
            delta += 1
            code += 1
        }
        return output
    }

    static func decode(_ text: [UInt8]) -> [Unicode.Scalar]? {
        guard text.count <= longest else { return nil }
        let dash = text.lastIndex(of: UInt8(ascii: "-")) ?? 0
        var output = text[..<dash].map { Unicode.Scalar($0) }
        var position = dash > 0 ? dash + 1 : 0
        var (code, index, bias) = (initialCode, 0, initialBias)
        while position < text.count {
            let start = index
            var weight = 1
            var place = base
            while true {
                guard position < text.count, let digit = digit(text[position]), weight < 1 << 30, index < 1 << 40 else {
                    return nil
                }
                position += 1
                index += digit * weight
                let threshold = threshold(at: place, bias)
                if digit < threshold { break }
                weight *= base - threshold
                place += base
            }
            bias = adapted(index - start, output.count + 1, isFirst: start == 0)
            code += index / (output.count + 1)
            index %= output.count + 1
            guard code <= 0x10_FFFF, let scalar = Unicode.Scalar(UInt32(code)) else { return nil }
            output.insert(scalar, at: index)
            index += 1
        }
        return output
    }

    private static let base = 36
    private static let initialCode = 128
    private static let initialBias = 72
    /// A label has no more bytes than this.
    private static let longest = 63

    private static func threshold(at position: Int, _ bias: Int) -> Int {
        position <= bias ? 1 : min(position - bias, 26)
    }

    private static func adapted(_ delta: Int, _ points: Int, isFirst: Bool) -> Int {
        var delta = isFirst ? delta / 700 : delta / 2
        delta += delta / points
        var steps = 0
        while delta > 455 {
            delta /= base - 1
            steps += base
        }
        return steps + 36 * delta / (delta + 38)
    }

    private static func letter(_ digit: Int) -> UInt8 {
        UInt8(digit < 26 ? 0x61 + digit : 0x30 + digit - 26)
    }

    private static func digit(_ byte: UInt8) -> Int? {
        if byte &- 0x61 < 26 { return Int(byte) - 0x61 }
        return byte &- 0x30 < 10 ? Int(byte) - 0x30 + 26 : nil
    }
}

extension ExactDecimal {
    /// Appends ``normalised``: ECMA-262's Number::toString with radix 10, where `magnitude` is the standard's n.
    func append(to text: inout [UInt8]) {
        if isZero { return text.append(UInt8(ascii: "0")) }
        if isNegative { text.append(UInt8(ascii: "-")) }
        let digits = digits
        let characters = digits.lazy.map { $0 + 0x30 }
        switch magnitude {
        case 1...21 where digits.count <= magnitude:
            text.append(contentsOf: characters)
            text.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: magnitude - digits.count))
        case 1...21:
            text.append(contentsOf: characters.prefix(magnitude))
            text.append(UInt8(ascii: "."))
            text.append(contentsOf: characters.dropFirst(magnitude))
        case -5...0:
            text.append(contentsOf: "0.".utf8)
            text.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: -magnitude))
            text.append(contentsOf: characters)
        default:
            text.append(contentsOf: characters.prefix(1))
            if digits.count > 1 { text.append(UInt8(ascii: ".")) }
            text.append(contentsOf: characters.dropFirst())
            text.append(contentsOf: magnitude > 0 ? "e+".utf8 : "e-".utf8)
            text.append(contentsOf: String((magnitude - 1).magnitude).utf8)
        }
    }
}

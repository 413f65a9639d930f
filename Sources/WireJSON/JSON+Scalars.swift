extension JSON {
    public var isNull: Bool { node.tag == .null }

    /// `true` or `false`; nil for any other kind.
    public var bool: Bool? {
        switch node.tag {
        case .yes: true
        case .no: false
        case .object, .array, .string, .number, .null: nil
        }
    }

    /// A string's text without escapes; nil for any other kind. A lone surrogate, if the reader let it through, is
    /// U+FFFD.
    public var string: String? {
        node.tag == .string ? tape.string(of: index) : nil
    }

    /// The UTF-8 bytes of ``string``.
    public var utf8: [UInt8]? {
        node.tag == .string ? tape.utf8(of: index) : nil
    }

    /// Whether this is a string with exactly these bytes of UTF-8. Allocates nothing unless the string has escapes.
    public func hasText(_ text: String) -> Bool {
        node.tag == .string && tape.hasText(index, text)
    }

    /// A number's exact value; nil for any other kind, and for a number whose exponent is beyond ``ExactDecimal``'s.
    public var number: ExactDecimal? {
        node.tag == .number ? ExactDecimal(utf8: bytes) : nil
    }

    /// A number written as an integer, with no fraction and no exponent, that fits: `10`, but neither `10.0` nor `1e1`.
    public var int: Int? {
        guard node.tag == .number, !node.mark else { return nil }
        var value = 0
        let isNegative = tape.text[range.lowerBound] == UInt8(ascii: "-")
        for i in range.dropFirst(isNegative ? 1 : 0) {
            let digit = Int(tape.text[i] &- 0x30)
            let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) =
                isNegative ? tens.subtractingReportingOverflow(digit) : tens.addingReportingOverflow(digit)
            guard !overflow, !carry else { return nil }
            value = sum
        }
        return value
    }
}

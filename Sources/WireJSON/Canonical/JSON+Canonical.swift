extension JSON {
    /// This value in the canonical form of RFC 8785, where numbers are doubles.
    ///
    /// 9007199254740993 and 9007199254740992 have one canonical form here; use ``canonicalExact()`` where that matters.
    ///
    /// - Throws: ``JSONError/Reason/numberOutOfRange`` for a number beyond every double,
    ///   ``JSONError/Reason/loneSurrogate`` for a lone surrogate that the lenient reader let through (RFC 8785
    ///   section 3.2.2.2).
    public func canonical() throws(JSONError) -> [UInt8] {
        var form: [UInt8] = []
        form.reserveCapacity(range.count)
        try appendCanonical(to: &form) { (number, form) throws(JSONError) in
            guard let shortest = number.asDouble else {
                throw JSONError(.numberOutOfRange, at: number.range.lowerBound)
            }
            shortest.append(to: &form)
        } string: { (string, form) throws(JSONError) in
            guard appendCanonicalString(string, to: &form) else {
                throw JSONError(.loneSurrogate, at: string.range.lowerBound)
            }
        }
        return form
    }

    /// This value in the canonical form of RFC 8785, except that numbers are exact: see ``ExactDecimal/normalised``.
    ///
    /// For digests: two values have the same bytes exactly when ``isEqual(to:)`` says they are the same. A number
    /// beyond ``ExactDecimal`` stays as received; a lone surrogate stays an escape, in lower case.
    public func canonicalExact() -> [UInt8] {
        var form: [UInt8] = []
        form.reserveCapacity(range.count)
        appendCanonicalExact(to: &form)
        return form
    }

    /// Appends what ``canonicalExact()`` returns.
    public func appendCanonicalExact(to form: inout [UInt8]) {
        appendCanonical(to: &form) { number, form in
            number.appendExactNumber(to: &form)
        } string: { string, form in
            _ = appendCanonicalString(string, to: &form)
        }
    }

    /// Appends the canonical form, with numbers, strings and keys as the closures write them.
    ///
    /// Goes as deep by recursion as the value is nested, which ``JSONLimits`` bounds.
    private func appendCanonical<Failure: Error>(
        to form: inout [UInt8],
        number: (JSON, inout [UInt8]) throws(Failure) -> Void,
        string: (JSON, inout [UInt8]) throws(Failure) -> Void
    ) throws(Failure) {
        switch node.tag {
        case .null, .yes, .no:
            form.append(contentsOf: bytes)
        case .number:
            try number(self, &form)
        case .string:
            try string(self, &form)
        case .array:
            form.append(UInt8(ascii: "["))
            var isFirst = true
            for element in elements {
                if !isFirst { form.append(UInt8(ascii: ",")) }
                isFirst = false
                try element.appendCanonical(to: &form, number: number, string: string)
            }
            form.append(UInt8(ascii: "]"))
        case .object:
            form.append(UInt8(ascii: "{"))
            var isFirst = true
            for key in tape.keysInCanonicalOrder(of: index) {
                if !isFirst { form.append(UInt8(ascii: ",")) }
                isFirst = false
                try string(JSON(tape, key), &form)
                form.append(UInt8(ascii: ":"))
                try JSON(tape, key + 1).appendCanonical(to: &form, number: number, string: string)
            }
            form.append(UInt8(ascii: "}"))
        }
    }

    /// A number as a double, in the shortest decimal that reads back as it; nil if that is infinite.
    private var asDouble: ExactDecimal? {
        // What no exact decimal can hold for its exponent is next to zero, or far beyond every double.
        guard let number else { return bytes.dropFirst().contains(UInt8(ascii: "-")) ? .zero : nil }
        return Double(nearest: number).flatMap(ExactDecimal.init)
    }

    private func appendExactNumber(to form: inout [UInt8]) {
        // An integer of up to 21 digits is normalised as it is written, except -0.
        if !node.mark, range.count <= 21, tape.text[range.lowerBound] != UInt8(ascii: "-") || range.count > 2 {
            form.append(contentsOf: bytes)
        } else if let number {
            number.append(to: &form)
        } else {
            form.append(contentsOf: bytes)
        }
    }
}

/// Appends a string with the escapes it must have and no others.
///
/// - Returns: Whether it is text, without lone surrogates. Those are appended as escapes.
private func appendCanonicalString(_ string: JSON, to form: inout [UInt8]) -> Bool {
    // What needs an escape had one, so a string without escapes needs none.
    if !string.node.mark {
        form.append(contentsOf: string.bytes)
        return true
    }
    let text = string.tape.utf8(of: string.index, .kept)
    if isUTF8(text) {
        appendQuoted(text, to: &form)
        return true
    }
    form.append(UInt8(ascii: "\""))
    var start = 0
    // 0xED begins what UTF-8 would have for U+D000 to U+DFFF; from 0xA0 on those are surrogates.
    for i in text.indices where text[i] == 0xED && text[i + 1] >= 0xA0 {
        appendEscaped(text.span.extracting(start..<i), to: &form)
        appendUnit(0xD000 | UInt16(text[i + 1] & 0x3F) << 6 | UInt16(text[i + 2] & 0x3F), to: &form)
        start = i + 3
    }
    appendEscaped(text.span.extracting(start...), to: &form)
    form.append(UInt8(ascii: "\""))
    return false
}

/// Characters that people do not see and models do.
enum HiddenScalars {
    enum Class {
        /// U+E0000–E007F: a whole alphabet that nothing shows.
        case tag
        /// Zero-width spaces, joiners, fillers, invisible operators.
        case zeroWidth
        /// U+FE00–FE0F and U+E0100–E01EF: one after a character is spelling, many are a code.
        case selector
        case bidirectional
        case control
        case joiner
    }

    static func classify(_ scalar: Unicode.Scalar) -> Class? {
        switch scalar.value {
        case 0x00...0x08, 0x0B, 0x0C, 0x0E...0x1F, 0x7F...0x84, 0x86...0x9F: .control
        case 0x200D, 0x200C: .joiner
        case 0x00AD, 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B...0x180F, 0x200B, 0x2060...0x2064, 0x206A...0x206F,
            0x3164, 0xFEFF, 0xFFA0, 0xFFF9...0xFFFB, 0x1BCA0...0x1BCA3, 0x1D173...0x1D17A:
            .zeroWidth
        case 0x200E, 0x200F, 0x061C, 0x202A...0x202E, 0x2066...0x2069: .bidirectional
        case 0xFE00...0xFE0F, 0xE0100...0xE01EF: .selector
        case 0xE0000...0xE007F: .tag
        default: nil
        }
    }

    /// The findings in one text: at most one of each kind.
    static func findings(in text: [UInt8], at pointer: String, isKey: Bool) -> [PoisoningFinding] {
        guard text.contains(where: { $0 >= 0x7F || $0 < 0x20 }) else { return [] }
        var counts: [(name: Class, count: Int, first: [UInt8])] = []
        var before: Unicode.Scalar?
        var emphasised = 0
        for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
            defer { before = scalar }
            guard let found = classify(scalar) else {
                emphasised = scalar.properties.isEmoji ? 16 : max(emphasised - 1, 0)
                continue
            }
            // Emoji are made with joiners, selectors and, for flags, tags.
            if emphasised > 0, found == .joiner || found == .tag { continue }
            // Persian, Urdu and the scripts of India are spelled with joiners.
            if found == .joiner, let before, before.value >= 0x600 { continue }
            if found == .selector, before.flatMap(classify) != .selector { continue }
            if let known = counts.firstIndex(where: { $0.name == found }) {
                counts[known].count += 1
            } else {
                counts.append((found, 1, Array(String(scalar).utf8)))
            }
        }
        return counts.compactMap { finding($0.name, $0.count, $0.first, pointer, isKey) }
    }

    private static func finding(
        _ found: Class, _ count: Int, _ first: [UInt8], _ pointer: String, _ isKey: Bool
    ) -> PoisoningFinding? {
        let shown = ShownText.of(first) + (count > 1 ? "and \(count - 1) more" : "")
        switch found {
        case .tag:
            return PoisoningFinding(.hiddenCharacters, .danger, at: pointer, found: shown, isKey: isKey)
        case .zeroWidth, .joiner:
            let severity: PoisoningFinding.Severity = isKey || count > 8 ? .danger : .warning
            return PoisoningFinding(.hiddenCharacters, severity, at: pointer, found: shown, isKey: isKey)
        case .selector:
            guard count > 3 else { return nil }
            return PoisoningFinding(.hiddenCharacters, .danger, at: pointer, found: shown, isKey: isKey)
        case .bidirectional:
            return PoisoningFinding(.bidirectional, isKey ? .danger : .warning, at: pointer, found: shown, isKey: isKey)
        case .control:
            return PoisoningFinding(.controlCharacters, .warning, at: pointer, found: shown, isKey: isKey)
        }
    }

    /// The text without what is not seen, so that a hidden character cannot cut a word in two.
    static func stripped(_ text: [UInt8]) -> [UInt8] {
        guard text.contains(where: { $0 >= 0xC2 }) else { return text }
        var kept: [UInt8] = []
        kept.reserveCapacity(text.count)
        for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
            switch classify(scalar) {
            // A tag says what the ASCII character it stands for says.
            case .tag: if scalar.value >= 0xE0020 { kept.append(UInt8(truncatingIfNeeded: scalar.value & 0x7F)) }
            case .zeroWidth, .selector, .bidirectional, .joiner: break
            case .control, nil: kept += Array(String(scalar).utf8)
            }
        }
        return kept
    }
}

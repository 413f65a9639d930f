// Names in policies and schemas are nearly always ASCII. What resembles such a name is found out character by
// character, up to the first that differs, instead of folding keys of whatever length a client sent.
extension LookAlike {
    /// Whether two texts are equal when folded.
    static func foldsEqual(_ text: String, _ name: String) -> Bool {
        guard isASCII(name.utf8) else { return fold(text) == fold(name) }
        let name = Array(name.utf8)
        let end = endWithoutNULs(name.span)
        var position = 0
        for scalar in text.unicodeScalars {
            var isEqual = true
            fold(scalar) { isEqual = isEqual && isNext($0.value, name.span, &position, end) }
            if !isEqual { return false }
        }
        return position == end
    }

    /// The answer to ``resembles(_:_:)`` where both are ASCII or an ASCII character decides; else nil.
    static func resembles(ascii text: borrowing Span<UInt8>, _ name: borrowing Span<UInt8>) -> Bool? {
        let end = endWithoutNULs(name)
        var position = 0
        var isSame = text.count == name.count
        for i in 0..<text.count {
            guard text[i] < 0x80 else { return nil }
            if isSame, text[i] != name[i] { isSame = false }
            if !isNext(UInt32(lowercased(text[i])), name, &position, end) { return false }
        }
        return position == end && !isSame
    }

    /// Whether a folded character is what comes next in an ASCII name, or one of the NULs that may follow it.
    @inline(__always)
    private static func isNext(
        _ folded: UInt32, _ name: borrowing Span<UInt8>, _ position: inout Int, _ end: Int
    ) -> Bool {
        guard position < end else { return folded == 0 }
        position += 1
        return folded == UInt32(lowercased(name[position - 1]))
    }

    private static func endWithoutNULs(_ name: borrowing Span<UInt8>) -> Int {
        var end = name.count
        while end > 0, name[end - 1] == 0 { end -= 1 }
        return end
    }

    static func isASCII(_ utf8: some Sequence<UInt8>) -> Bool { utf8.allSatisfy { $0 < 0x80 } }
}

/// Tells whether a reader that is careless about Unicode could take one name for another.
///
/// Two names look alike when they are different bytes but equal after full case folding, compatibility normalisation
/// (NFKC) and dropping default-ignorable characters – together `toNFKC_Casefold` of the Unicode Standard, section
/// 3.13 – and after dropping trailing NULs, at which a reader written in C stops. `Path`, `ｐａｔｈ`, `pa\u{200B}th` and
/// `path\0` all look like `path`. Letters of other scripts that merely have the same shape do not: no reader takes
/// one for the other.
public enum LookAlike {
    /// What is left of a text when nothing is regarded that names could be confused by.
    ///
    /// - Returns: Text to be compared by Swift's `==`, which adds canonical equivalence. It is for comparing, not for
    ///   showing.
    public static func fold(_ text: String) -> String {
        var folded = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { fold(scalar) { folded.append($0) } }
        while folded.last == "\0" { folded.removeLast() }
        return String(folded)
    }

    /// Whether two texts are different as bytes but equal when folded.
    public static func resembles(_ a: String, _ b: String) -> Bool {
        if a.utf8.elementsEqual(b.utf8) { return false }
        return foldsEqual(a, b)
    }

    /// Calls `body` with each character that `scalar` becomes.
    @inline(__always)
    static func fold(_ scalar: Unicode.Scalar, _ body: (Unicode.Scalar) -> Void) {
        if scalar.isASCII { return body(Unicode.Scalar(lowercased(UInt8(truncatingIfNeeded: scalar.value)))) }
        switch LookAlikeTable.folding(of: scalar) {
        case .itself: body(scalar)
        case .one(let folded): body(folded)
        case .text(let text): text.forEach { body(Unicode.Scalar($0) ?? scalar) }
        }
    }

    static func lowercased(_ byte: UInt8) -> UInt8 {
        byte &- 0x41 < 26 ? byte | 0x20 : byte
    }
}

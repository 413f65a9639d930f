import Foundation
import Testing
import WireJSON

@Suite("Look-alike names")
struct LookAlikeTests {
    // policy.md section 2, "Look-alike key"; hostile A3, A4, A6.
    @Test(
        "a name looks like another that a careless reader takes it for",
        arguments: [
            ("Path", "path", "case"),
            ("PATH", "path", "case"),
            ("path\u{200B}", "path", "zero-width space"),
            ("pa\u{200D}th", "path", "zero-width joiner"),
            ("\u{FEFF}path", "path", "byte order mark"),
            ("pa\u{AD}th", "path", "soft hyphen"),
            ("path\u{FE0F}", "path", "variation selector"),
            ("path\u{E0041}", "path", "tag character"),
            ("path\u{202E}", "path", "right-to-left override"),
            ("path\u{34F}", "path", "grapheme joiner"),
            ("path\u{3164}", "path", "Hangul filler"),
            ("path\0", "path", "trailing NUL"),
            ("path\0\0\0", "path", "trailing NULs"),
            ("Path\0\u{200B}\0", "path", "trailing NULs around an ignorable"),
            ("path", "path\0", "the name's own trailing NUL"),
            ("ｐａｔｈ", "path", "full-width letters"),
            ("𝐩𝐚𝐭𝐡", "path", "mathematical letters"),
            ("ⓟⓐⓣⓗ", "path", "circled letters"),
            ("param\u{17F}", "params", "long s"),
            ("to\u{212A}", "tok", "Kelvin sign"),
            ("ﬁle", "file", "ligature"),
            ("\u{FB06}ate", "state", "ligature of two"),
            ("x\u{B2}", "x2", "superscript"),
            ("Ⅳ", "iv", "Roman numeral"),
            ("№", "no", "numero sign"),
            ("℡", "tel", "telephone sign"),
            ("a\u{A0}b", "a b", "no-break space"),
            ("a\u{2024}b", "a.b", "one dot leader"),
            ("a\u{FE4F}b", "a_b", "wavy low line"),
            ("Straße", "STRASSE", "sharp s"),
            ("straẞe", "strasse", "capital sharp s"),
            ("café", "cafe\u{301}", "composed and decomposed"),
            ("CAFÉ", "cafe\u{301}", "the same with case"),
            ("\u{1E9B}\u{323}", "\u{1E69}", "a mark out of order"),
            ("ΣΊΣΥΦΟΣ", "σίσυφοσ", "sigma"),
            ("ς", "σ", "final sigma"),
            ("\u{13A0}", "\u{AB70}", "Cherokee, which folds upwards"),
            ("\u{2126}", "ω", "Ohm sign"),
            ("\u{37E}", ";", "Greek question mark"),
            ("\u{1FEF}", "`", "Greek varia"),
            ("\u{FA10}", "塚", "compatibility ideograph"),
            ("ﾃﾞ", "デ", "half-width kana with its mark"),
            ("ㅎ", "ᄒ", "compatibility jamo"),
            ("\u{AC01}", "\u{1100}\u{1161}\u{11A8}", "syllable and jamo"),
            ("ĳ", "IJ", "Dutch digraph"),
            ("\u{200B}", "", "nothing but an ignorable"),
            ("\0", "", "nothing but a NUL"),
        ])
    func resembling(_ a: String, _ b: String, _ why: String) throws {
        #expect(LookAlike.resembles(a, b), "\(why)")
        #expect(LookAlike.resembles(b, a), "\(why), the other way round")
        #expect(LookAlike.fold(a) == LookAlike.fold(b), "\(why)")
        #expect(!LookAlike.resembles(a, a) && !LookAlike.resembles(b, b), "a name does not look like itself")
        try asKey(a, b) { $0.resembles(b) }
        try asKey(b, a) { $0.resembles(a) }
    }

    @Test(
        "a name does not look like another no reader takes it for",
        arguments: [
            ("path", "path", "the same"),
            ("café", "café", "the same, not ASCII"),
            ("path", "paths", "longer"),
            ("path", "pat", "shorter"),
            ("path ", "path", "a space"),
            ("pa\0th", "path", "a NUL inside"),
            ("path\0x", "path", "a NUL, then more"),
            ("\0path", "path", "a NUL first"),
            ("path_", "path-", "another sign"),
            ("рath", "path", "Cyrillic er, which folds to itself"),
            ("cafe", "café", "an accent"),
            ("e\u{301}", "e", "a mark after an ASCII letter"),
            ("ı", "i", "dotless i"),
            ("file", "fiie", "l and i"),
            ("0", "O", "nought and O"),
            ("", "a", "nothing"),
            ("[", "{", "signs that differ in the bit that letters differ in by case"),
            ("@", "`", "the same"),
            ("\u{1}", "!", "the same"),
        ])
    func different(_ a: String, _ b: String, _ why: String) throws {
        #expect(!LookAlike.resembles(a, b), "\(why)")
        #expect(!LookAlike.resembles(b, a), "\(why), the other way round")
        try asKey(a, b) { !$0.resembles(b) }
    }

    /// Asks a key, written as it is and with every character escaped.
    private func asKey(_ key: String, _ name: String, _ isRight: (JSONKey) -> Bool) throws {
        var plain = JSONWriter()
        plain.object { $0.member(key, 1) }
        let escaped =
            "{\"" + key.utf16.map { "\\u" + String(0x10000 + UInt32($0), radix: 16).dropFirst() }.joined() + "\":1}"
        for text in [plain.bytes, Array(escaped.utf8)] {
            let object = try JSON(text)
            let member = try #require(object.members.first { _ in true })
            #expect(member.key.string.utf8.elementsEqual(key.utf8))
            #expect(isRight(member.key), "\(escaped) beside \(name)")
        }
    }

    @Test("every character folds as the Unicode data of Python say, for those it knows")
    func againstPython() throws {
        let answer = try Python("foldings.py").ask([])
        var (compared, wrong) = (0, [String]())
        for line in answer.split(separator: UInt8(ascii: "\n")) {
            let characters = line.split(separator: UInt8(ascii: " ")).compactMap {
                UInt32(text($0), radix: 16).flatMap(Unicode.Scalar.init)
            }
            var expected = String(String.UnicodeScalarView(characters.dropFirst()))
            if expected == "\0" { expected = "" }
            compared += 1
            if LookAlike.fold(String(characters[0])) != expected { wrong.append(text(line)) }
        }
        #expect(compared > 280_000)
        #expect(wrong.isEmpty)
    }

    @Test("a character folds to something else exactly when Swift's own Unicode data say so")
    func againstSwift() {
        var wrong: [String] = []
        for value in 1...UInt32(0x10FFFF) {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let name = String(value, radix: 16)
            let folded = LookAlike.fold(String(scalar))
            let changes = folded != String(scalar)
            // What only becomes its canonical equivalent needs no row: `==` sees it.
            if scalar.properties.changesWhenNFKCCaseFolded != changes,
                changes || Array(String(scalar).decomposed) == [scalar]
            {
                wrong.append(name + " changes")
            }
            if scalar.properties.isDefaultIgnorableCodePoint != folded.isEmpty { wrong.append(name + " ignorable") }
            if LookAlike.fold(folded) != folded { wrong.append(name + " folds further") }
        }
        #expect(wrong.isEmpty)
    }

    @Test("a text folds to the same whether its characters are composed or not")
    func canonicalEquivalence() {
        var random = Dice("texts to fold")
        let pool: [Unicode.Scalar] = [
            "a", "E", "É", "\u{301}", "\u{323}", "Ω", "ﬁ", "ß", "\u{345}", "ᾳ", "\u{FB1D}", "각", "\u{200B}", "ſ",
        ]
        for _ in 0..<2000 {
            let scalars = (0..<random.number(1...6)).map { _ in random.pick(pool) }
            let text = String(String.UnicodeScalarView(scalars))
            let other = String(String.UnicodeScalarView(scalars.flatMap { Array(String($0).decomposed) }))
            #expect(LookAlike.fold(text) == LookAlike.fold(other), "\(scalars)")
        }
    }
}

extension String {
    fileprivate var decomposed: String.UnicodeScalarView { decomposedStringWithCanonicalMapping.unicodeScalars }
}

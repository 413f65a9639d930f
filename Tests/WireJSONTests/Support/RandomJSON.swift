/// Writes random JSON texts, with whatever spelling JSON leaves open: white space, escapes, forms of numbers.
struct RandomJSON {
    var dice: Dice
    /// Whether a key may be there twice and a surrogate alone: texts that must be refused.
    var makesAmbiguous = false

    init(_ dice: Dice) { self.dice = dice }

    mutating func document() -> [UInt8] {
        var out: [UInt8] = []
        var left = dice.number(1...40)
        space(&out)
        value(&out, depth: 0, &left)
        space(&out)
        return out
    }

    private mutating func value(_ out: inout [UInt8], depth: Int, _ left: inout Int) {
        left -= 1
        switch dice.number(0...(depth < 12 && left > 0 ? 9 : 5)) {
        case 0: out += dice.pick(["null", "true", "false"]).utf8
        case 1, 2: out += number().utf8
        case 3, 4, 5: string(&out)
        case 6, 7:
            out += "[".utf8
            space(&out)
            for position in 0..<dice.number(0...5) {
                if position > 0 { comma(&out) }
                value(&out, depth: depth + 1, &left)
            }
            space(&out)
            out += "]".utf8
        default:
            out += "{".utf8
            space(&out)
            // Mostly few keys; sometimes more than are compared one by one.
            let count = dice.throwsOne(of: 8) ? dice.number(14...24) : dice.number(0...6)
            for position in 0..<count {
                if position > 0 { comma(&out) }
                key(&out, unique: position)
                space(&out)
                out += ":".utf8
                space(&out)
                value(&out, depth: depth + 1, &left)
            }
            space(&out)
            out += "}".utf8
        }
    }

    private mutating func key(_ out: inout [UInt8], unique: Int) {
        if makesAmbiguous, dice.throwsOne(of: 3) {
            return out += dice.pick([#""a""#, #""\u0061""#, #""A""#, #""b""#]).utf8
        }
        string(&out)
        out.removeLast()
        // Digits make keys of one object different, written out or as escapes; there are none in them otherwise.
        let character = UInt8(0x30 + unique % 10)
        for _ in 0...unique / 10 {
            if dice.throwsOne(of: 6) { out += "\\u003\(unique % 10)".utf8 } else { out.append(character) }
        }
        out += "\"".utf8
    }

    private mutating func string(_ out: inout [UInt8]) {
        out += "\"".utf8
        for _ in 0..<(dice.throwsOne(of: 10) ? dice.number(0...60) : dice.number(0...8)) {
            switch dice.number(0...13) {
            case 0: out += dice.pick([#"\""#, #"\\"#, #"\/"#, #"\b"#, #"\f"#, #"\n"#, #"\r"#, #"\t"#]).utf8
            case 1: out += dice.pick([#"\u0041"#, #"\u00E9"#, #"\u0000"#, #"\uffff"#, #"\u001f"#, #"\u20AC"#]).utf8
            case 2: out += dice.pick([#"\ud83d\ude00"#, #"\uDBFF\uDFFF"#, #"\ud800\udc00"#]).utf8
            case 3:
                out +=
                    dice.pick(["é", "e\u{301}", "日", "😀", "\u{FFFF}", "\u{10FFFF}", "\u{E000}", "\u{7F}", "\u{2028}"])
                    .utf8
            case 4 where makesAmbiguous && dice.throwsOne(of: 10):
                out += dice.pick([#"\ud800"#, #"\udc00"#, #"\uDBFFx"#]).utf8
            default: out.append(UInt8(dice.pick(Array(" !#$%&'()*+,-./:;<=>?@AZ[]^_`az{|}~".utf8))))
            }
        }
        out += "\"".utf8
    }

    private mutating func number() -> String {
        var text = dice.throwsOne(of: 3) ? "-" : ""
        text += dice.throwsOne(of: 4) ? "0" : "\(dice.number(1...9))" + digits(0...(dice.throwsOne(of: 6) ? 30 : 4))
        if dice.throwsOne(of: 2) { text += "." + digits(1...(dice.throwsOne(of: 6) ? 30 : 3)) }
        if dice.throwsOne(of: 3) {
            text += dice.pick(["e", "E", "e+", "E-", "e-"])
            text += dice.throwsOne(of: 6) ? digits(1...22) : digits(1...2)
        }
        return text
    }

    private mutating func digits(_ count: ClosedRange<Int>) -> String {
        String(
            decoding: (0..<dice.number(count)).map { _ in
                UInt8(dice.throwsOne(of: 3) ? 0x30 : 0x30 + dice.number(0...9))
            }, as: UTF8.self)
    }

    private mutating func comma(_ out: inout [UInt8]) {
        space(&out)
        out += ",".utf8
        space(&out)
    }

    private mutating func space(_ out: inout [UInt8]) {
        if dice.throwsOne(of: 8) { out += dice.pick([" ", "\n", "\r\n", "\t", "   "]).utf8 }
    }

    /// A text with a byte or two changed, left out, doubled or added: mostly no JSON any more, sometimes another.
    mutating func mutant(of document: [UInt8]) -> [UInt8] {
        var mutant = document
        for _ in 0..<dice.number(1...2) where !mutant.isEmpty {
            let at = dice.number(0...mutant.count - 1)
            switch dice.number(0...4) {
            case 0: mutant.remove(at: at)
            case 1: mutant.insert(dice.pick(Array(#"{}[]",:\u0eE-+.d tfn/#"#.utf8)), at: at)
            case 2: mutant[at] = dice.pick(Array(#"{}[]",:\u0eE-+.d tfn8"#.utf8))
            case 3: mutant[at] = UInt8(dice.number(0...255))
            default:
                let end = min(mutant.count, at + dice.number(1...6))
                mutant.insert(contentsOf: mutant[at..<end], at: end)
            }
        }
        return mutant
    }
}

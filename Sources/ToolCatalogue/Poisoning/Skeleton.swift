import WireJSON

/// What a name looks like: case and compatibility forms folded, and letters of other scripts that look Latin made so.
enum Skeleton {
    /// The letters of Unicode Technical Standard 39 that are drawn as a Latin one in common typefaces. This is data.
    private static let alike: [Unicode.Scalar: Unicode.Scalar] = {
        let pairs = """
            аa еe оo рp сc уy хx ѕs іi јj ԁd һh ԛq ԝw вb кk мm нh тt гr пn ьb αa οo ρp υu νv ιi κk τt εe ηn ωw χx γy \
            ɑa ɡg ıi ʟl օo ոn սu Ɩl ӏl
            """
        var table: [Unicode.Scalar: Unicode.Scalar] = [:]
        for pair in pairs.split(separator: " ") {
            let scalars = Array(String(pair).unicodeScalars)
            guard let from = scalars.first, let to = scalars.last else { continue }
            table[from] = LookAlike.fold(String(to)).unicodeScalars.first ?? to
        }
        return table
    }()

    static func of(_ name: [UInt8]) -> [UInt8] {
        let folded = LookAlike.fold(String(decoding: HiddenScalars.stripped(name), as: UTF8.self))
        var skeleton: [UInt8] = []
        for scalar in folded.unicodeScalars {
            let drawn = alike[scalar] ?? scalar
            // `get-user`, `get_user` and `getUser` are read as one; `l`, `1` and `I` are drawn as one.
            switch drawn {
            case "_", "-", ".", " ": break
            case "1", "|", "i", "l": skeleton.append(UInt8(ascii: "l"))
            case "0": skeleton.append(UInt8(ascii: "o"))
            default: skeleton += Array(String(drawn).utf8)
            }
        }
        return skeleton
    }

    /// Whether a word mixes Latin letters with Cyrillic or Greek ones that look Latin.
    static func mixesScripts(_ word: ArraySlice<UInt8>) -> Bool {
        var latin = false
        var other = false
        for scalar in String(decoding: word, as: UTF8.self).unicodeScalars {
            switch scalar.value {
            case 0x41...0x5A, 0x61...0x7A: latin = true
            // `Δt` and `μs` are no disguise: nothing in them looks Latin.
            case 0x0370...0x03FF, 0x0400...0x052F: other = other || alike[scalar] != nil
            default: break
            }
        }
        return latin && other
    }
}

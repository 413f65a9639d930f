/// Tells whether a regular expression can only match a whole text.
enum Anchors {
    /// Starts with `^` or `\A`, ends with `$` or `\z`, and no `|` outside of groups lets one of them go.
    ///
    /// What it does not understand it takes for unanchored.
    static func hold(in pattern: [UInt8]) -> Bool {
        var rest = pattern[...]
        // Flags of the whole pattern; in `m`, `^` and `$` are those of a line.
        if rest.starts(with: "(?".utf8), let end = rest.firstIndex(of: UInt8(ascii: ")")) {
            let flags = rest[(rest.startIndex + 2)..<end]
            guard flags.allSatisfy({ "isU".utf8.contains($0) }) else { return false }
            rest = rest[(end + 1)...]
        }
        if rest.first == UInt8(ascii: "^") {
            rest.removeFirst()
        } else if rest.starts(with: "\\A".utf8) {
            rest.removeFirst(2)
        } else {
            return false
        }
        var depth = 0
        var isInClass = false
        var isEscaped = false
        var ending: [UInt8] = []
        for byte in rest {
            if isEscaped {
                isEscaped = false
                ending = [UInt8(ascii: "\\"), byte]
                continue
            }
            ending = [byte]
            switch byte {
            case UInt8(ascii: "\\"): isEscaped = true
            case UInt8(ascii: "["): isInClass = true
            case UInt8(ascii: "]"): isInClass = false
            case UInt8(ascii: "(") where !isInClass: depth += 1
            case UInt8(ascii: ")") where !isInClass: depth -= 1
            case UInt8(ascii: "|") where !isInClass && depth == 0: return false
            default: break
            }
        }
        guard depth == 0, !isInClass, !isEscaped else { return false }
        return ending == [UInt8(ascii: "$")] || ending == [UInt8(ascii: "\\"), UInt8(ascii: "z")]
    }
}

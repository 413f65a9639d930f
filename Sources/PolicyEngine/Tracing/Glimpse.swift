import WireJSON

/// What was seen or wanted, as a short text that is safe to print: cut, and with nothing in it that a terminal obeys or
/// that changes the direction of what follows.
enum Glimpse {
    /// The longest text shown, in characters.
    static let longest = 120

    /// A value of the policy or of the call, as JSON.
    static func shown(_ json: JSON) -> String {
        // Cut before it is decoded: an argument may be megabytes long. A character cut in two shows as U+FFFD.
        shown(String(decoding: json.bytes.prefix(longest * 4), as: UTF8.self))
    }

    static func shown(_ text: String) -> String {
        var shown = ""
        for (position, scalar) in text.unicodeScalars.enumerated() {
            guard position < longest else { return shown + "…" }
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned, .surrogate:
                shown += "\\u{\(String(scalar.value, radix: 16))}"
            case _:
                shown.unicodeScalars.append(scalar)
            }
        }
        return shown
    }

    /// A text of the call's context or arguments, quoted as JSON.
    static func quoted(_ text: borrowing Span<UInt8>) -> String {
        var writer = JSONWriter()
        let bytes = text.withUnsafeBufferPointer { Array($0.prefix(longest * 4)) }
        writer.string(utf8: bytes)
        return shown(String(decoding: writer.bytes, as: UTF8.self))
    }

    /// What a path showed.
    static func shown(_ sight: borrowing Sight, in source: borrowing Span<UInt8>) -> String {
        let isDefault = sight.origin == .schema ? ", the default" : ""
        switch sight.kind {
        case .absent: return "nothing"
        case .obscured: return shown(sight.obscurity)
        case .null: return "null"
        case .truth: return (sight.number == 1 ? "true" : "false") + isDefault
        case .number: return Quantity.millionths(sight.number).description + isDefault
        case .text, .spelledText: return sight.withText(in: source) { quoted($0) } + isDefault
        case .largeNumber, .list, .object: return (sight.json.map { shown($0) } ?? "") + isDefault
        }
    }

    private static func shown(_ why: Obscurity) -> String {
        switch why {
        case .lookAlike: "a key that could be taken for it"
        case .notCarried: "no JSON that can be read in one way only where the path goes on in it"
        case .notAContainer: "no object or list where the path goes on"
        case .againstSchema: "another type than the accepted definition has"
        case .unrepresentable: "a number too large to compare"
        }
    }
}

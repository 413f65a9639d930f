import PolicyEngine
import PolicyFiles
import WireJSON

/// A policy document as text to be read and pasted.
struct PolicyText: Sendable {
    /// JSON, with what would hide itself as escapes.
    let text: String

    init(_ document: PolicyDocument) {
        text = HiddenText.escaped(inJSON: PolicyWriter.json(document))
    }

    /// The text with one tool's rule marked: its name under `hide`, or its entry under `tools`.
    func marked(_ tool: String) -> HTML {
        guard let rule = rule(of: tool) else { return HTML.verbatim(text) }
        return HTML {
            HTML.verbatim(String(text[..<rule.lowerBound]))
            Tag.mark { HTML.verbatim(String(text[rule])) }
            HTML.verbatim(String(text[rule.upperBound...]))
        }
    }

    /// Where the rule stands. Tools come first in their section where they are to be marked, so the first key, or element,
    /// of that name is it.
    private func rule(of tool: String) -> Range<String.Index>? {
        let quoted = HiddenText.escaped(inJSON: Self.quoted(tool))
        for (section, isEntry) in [("\"hide\": [", false), ("\"tools\": {", true)] {
            guard let opening = text.firstRange(of: section) else { continue }
            var start = opening.upperBound
            while start < text.endIndex, text[start].isWhitespace { start = text.index(after: start) }
            guard text[start...].utf8.starts(with: quoted.utf8) else { continue }
            let end = text.utf8.index(start, offsetBy: quoted.utf8.count)
            return start..<(isEntry ? valueEnd(from: end) : end)
        }
        return nil
    }

    private static func quoted(_ name: String) -> String {
        var writer = JSONWriter()
        writer.string(name)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// The end of the value behind a key: where its brackets are closed and the next member, or the section's end, begins.
    private func valueEnd(from key: String.Index) -> String.Index {
        var (depth, isQuoted, isEscaped) = (0, false, false)
        for place in text[key...].utf8.indices {
            let byte = text.utf8[place]
            if isQuoted {
                isQuoted = isEscaped || byte != UInt8(ascii: "\"")
                isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isQuoted = true
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                if depth == 0 { return text.utf8.index(after: place) }
                if depth < 0 { return place }
            case UInt8(ascii: ",") where depth == 0: return place
            default: break
            }
        }
        return text.endIndex
    }
}

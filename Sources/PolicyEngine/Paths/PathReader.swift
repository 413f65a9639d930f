import WireJSON

/// Reads the text of a ``PolicyPath``.
struct PathReader {
    private let text: [UInt8]
    private var offset = 0

    init(_ text: String) {
        self.text = Array(text.utf8)
    }

    mutating func read() throws(PolicyPathError) -> PolicyPath.Root {
        guard !text.isEmpty else { throw .empty }
        let root = word()
        guard root == Array("args".utf8) else { return .context(try contextField()) }
        var steps: [PolicyPath.Step] = []
        while offset < text.count {
            guard steps.count < PolicyBounds.pathSteps else { throw .tooManySteps }
            let step = try step()
            // The arguments themselves, and what JSON came to, are no text.
            if step == .carried, steps.isEmpty || steps.last == .carried {
                throw .malformed(at: offset - ".json()".utf8.count, expected: "a name before `.json()`")
            }
            steps.append(step)
        }
        guard !steps.isEmpty else { throw .namesNoArgument }
        return .arguments(steps)
    }

    private func contextField() throws(PolicyPathError) -> ContextField {
        let path = String(decoding: text, as: UTF8.self)
        if let known = ContextField.allButTags.first(where: { $0.spelling.utf8.elementsEqual(text) }) { return known }
        if path.utf8.starts(with: ContextField.tagPrefix.utf8), text.count > ContextField.tagPrefix.utf8.count {
            return .grantTag(String(decoding: text.dropFirst(ContextField.tagPrefix.utf8.count), as: UTF8.self))
        }
        throw .unknownRoot(path)
    }

    private mutating func step() throws(PolicyPathError) -> PolicyPath.Step {
        switch text[offset] {
        case UInt8(ascii: "."):
            offset += 1
            let name = word()
            guard !name.isEmpty else { throw .malformed(at: offset, expected: "a name") }
            guard offset < text.count, text[offset] == UInt8(ascii: "(") else { return .key(name) }
            guard name.elementsEqual("json".utf8) else {
                throw .malformed(at: offset - name.count, expected: "`json()`, the one word with parentheses")
            }
            guard offset + 1 < text.count, text[offset + 1] == UInt8(ascii: ")") else {
                throw .malformed(at: offset + 1, expected: "`)`")
            }
            offset += 2
            return .carried
        case UInt8(ascii: "["):
            offset += 1
            let step = try bracketed()
            guard offset < text.count, text[offset] == UInt8(ascii: "]") else {
                throw .malformed(at: offset, expected: "`]`")
            }
            offset += 1
            return step
        default:
            throw .malformed(at: offset, expected: "`.` or `[`")
        }
    }

    private mutating func bracketed() throws(PolicyPathError) -> PolicyPath.Step {
        guard offset < text.count else { throw .malformed(at: offset, expected: "an index, `*` or a quoted key") }
        switch text[offset] {
        case UInt8(ascii: "*"):
            offset += 1
            return .anyElement
        case UInt8(ascii: "\""):
            return .key(try quotedKey())
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
            let digits = text[offset...].prefix { $0 &- 0x30 < 10 }
            guard digits.count <= 9, digits.count == 1 || digits.first != UInt8(ascii: "0") else {
                throw .malformed(at: offset, expected: "an index from 0 to 999999999")
            }
            offset += digits.count
            return .index(digits.reduce(0) { $0 * 10 + Int($1 &- 0x30) })
        default:
            throw .malformed(at: offset, expected: "an index, `*` or a quoted key")
        }
    }

    // The quoted key is a JSON string, so JSON's reader says what it means.
    private mutating func quotedKey() throws(PolicyPathError) -> [UInt8] {
        let start = offset
        var end = offset + 1
        while end < text.count, text[end] != UInt8(ascii: "\"") {
            end += text[end] == UInt8(ascii: "\\") ? 2 : 1
        }
        guard end < text.count else { throw .malformed(at: text.count, expected: "`\"`") }
        guard let key = (try? JSON(Array(text[start...end])))?.utf8 else {
            throw .malformed(at: start, expected: "a JSON string")
        }
        offset = end + 1
        return key
    }

    private mutating func word() -> [UInt8] {
        let word = text[offset...].prefix { !Self.ends($0) }
        offset += word.count
        return Array(word)
    }

    private static func ends(_ byte: UInt8) -> Bool {
        byte <= UInt8(ascii: " ") || byte == 0x7F || ".[]()\"".utf8.contains(byte)
    }
}

/// Reads a whole text into a tape's nodes, or refuses it.
///
/// One pass with no recursion: an open container's node remembers its parent. The grammar is RFC 8259's and nothing
/// else; what two readers could take differently is refused.
func readNodes(_ text: borrowing Span<UInt8>, limits: JSONLimits, lenient: Bool) throws(JSONError) -> [Node] {
    guard text.count <= limits.bytes else { throw JSONError(.bytes, at: limits.bytes) }
    try refuseOtherEncodings(text)
    // One value or key in eight bytes is usual; a denser text makes the buffer grow.
    var nodes = NodeBuffer(capacity: text.count / 8 + 8)
    var left = limits.values
    var depth = 0
    // The innermost open container: its index, whether it is an object, and how many members or elements have ended.
    var parent = -1
    var isObject = false
    var count = 0
    var i = 0
    skipSpace(text, &i)
    guard i < text.count else { throw JSONError(.empty, at: i) }

    reading: while true {
        // Here a value must start.
        guard i < text.count else { throw JSONError(.unfinished, at: i) }
        guard left > 0 else { throw JSONError(.values, at: i) }
        left -= 1
        let start = i
        let byte = text[i]
        switch byte {
        case UInt8(ascii: "\""):
            let escaped = try skipString(text, &i, lenient: lenient)
            nodes.append(Node(.string, start, i, next: nodes.count + 1, mark: escaped))
            count += 1
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            guard depth < limits.depth else { throw JSONError(.depth, at: i) }
            depth += 1
            if parent >= 0 { nodes[parent].count = count }
            count = 0
            isObject = byte == UInt8(ascii: "{")
            nodes.append(.open(isObject ? .object : .array, start, parent: parent))
            parent = nodes.count - 1
            i += 1
            skipSpace(text, &i)
            guard i < text.count else { throw JSONError(.unfinished, at: i) }
            // `{` and `}` are two apart, as are `[` and `]`.
            if text[i] == byte + 2 { break }
            if isObject { try readKey(text, &i, &nodes, of: parent, lenient: lenient) }
            continue reading
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            let pointed = try skipNumber(text, &i)
            nodes.append(Node(.number, start, i, next: nodes.count + 1, mark: pointed))
            count += 1
        case UInt8(ascii: "t"):
            try skipLiteral(text, &i, "true")
            nodes.append(Node(.yes, start, i, next: nodes.count + 1))
            count += 1
        case UInt8(ascii: "f"):
            try skipLiteral(text, &i, "false")
            nodes.append(Node(.no, start, i, next: nodes.count + 1))
            count += 1
        case UInt8(ascii: "n"):
            try skipLiteral(text, &i, "null")
            nodes.append(Node(.null, start, i, next: nodes.count + 1))
            count += 1
        default:
            throw JSONError(reason(unexpected: text, i), at: i)
        }

        // Here a value has ended, or a container is empty.
        while true {
            skipSpace(text, &i)
            guard parent >= 0 else {
                guard i == text.count else { throw JSONError(reason(trailing: text[i]), at: i) }
                return nodes.array()
            }
            guard i < text.count else { throw JSONError(.unfinished, at: i) }
            let byte = text[i]
            if byte == UInt8(ascii: ",") {
                i += 1
                skipSpace(text, &i)
                guard i < text.count else { throw JSONError(.unfinished, at: i) }
                if text[i] == UInt8(ascii: "]") || text[i] == UInt8(ascii: "}") {
                    throw JSONError(.trailingComma, at: i)
                }
                if isObject { try readKey(text, &i, &nodes, of: parent, lenient: lenient) }
                continue reading
            }
            guard byte == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
                throw JSONError(reason(unexpected: text, i), at: i)
            }
            i += 1
            let closed = parent
            parent = nodes[closed].parent
            nodes[closed].end = UInt32(truncatingIfNeeded: i)
            nodes[closed].next = UInt32(truncatingIfNeeded: nodes.count)
            nodes[closed].count = count
            if isObject, count > 1 { try refuseDuplicateKeys(text, nodes, of: closed) }
            depth -= 1
            guard parent >= 0 else { continue }
            isObject = nodes[parent].tag == .object
            count = nodes[parent].count + 1
        }
    }
}

/// Reads a member's key and its colon, up to where the value must start.
private func readKey(
    _ text: borrowing Span<UInt8>, _ i: inout Int, _ nodes: inout NodeBuffer, of object: Int, lenient: Bool
) throws(JSONError) {
    guard text[i] == UInt8(ascii: "\"") else {
        throw JSONError(reason(unexpected: text, i), at: i)
    }
    let start = i
    let escaped = try skipString(text, &i, lenient: lenient)
    nodes.append(Node(.string, start, i, next: nodes.count + 1, mark: escaped))
    if escaped { nodes[object].setMark() }
    skipSpace(text, &i)
    guard i < text.count else { throw JSONError(.unfinished, at: i) }
    guard text[i] == UInt8(ascii: ":") else { throw JSONError(reason(unexpected: text, i), at: i) }
    i += 1
    skipSpace(text, &i)
}

/// Says what a text in another encoding is, rather than that its first byte is unexpected.
private func refuseOtherEncodings(_ text: borrowing Span<UInt8>) throws(JSONError) {
    guard text.count >= 2 else { return }
    if text.count >= 3, text[0] == 0xEF, text[1] == 0xBB, text[2] == 0xBF { throw JSONError(.byteOrderMark, at: 0) }
    // UTF-16 and UTF-32, with a mark or without: the first two characters of what is worth sending are ASCII.
    let isWide = text[0] >= 0xFE || text[0] == 0 || text.count >= 4 && text[1] == 0 && text[3] == 0
    if isWide { throw JSONError(.notUTF8, at: 0) }
}

/// Names what stands where it must not, for the messages people see.
private func reason(unexpected text: borrowing Span<UInt8>, _ i: Int) -> JSONError.Reason {
    switch text[i] {
    case UInt8(ascii: "/"), UInt8(ascii: "#"): .comment
    case UInt8(ascii: "+"), UInt8(ascii: "."): .number
    case UInt8(ascii: "N") where i + 1 < text.count && text[i + 1] == UInt8(ascii: "a"): .number
    case UInt8(ascii: "I") where i + 1 < text.count && text[i + 1] == UInt8(ascii: "n"): .number
    default: .unexpected
    }
}

private func reason(trailing byte: UInt8) -> JSONError.Reason {
    byte == UInt8(ascii: "/") || byte == UInt8(ascii: "#") ? .comment : .trailing
}

import Yams

extension LocatedDocument {
    static func parseYAML(_ bytes: [UInt8], _ name: String) -> (document: Located?, problems: [Diagnostic]) {
        var cursor = LineCursor(bytes)
        guard !bytes.starts(with: [0xEF, 0xBB, 0xBF]) else { return (nil, [problem(name, 1, 1, "byte order mark")]) }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            let (line, column) = cursor.place(of: firstInvalidByte(bytes))
            return (nil, [problem(name, line, column, "not UTF-8")])
        }
        if let offset = firstByteOrderMark(bytes) {
            let (line, column) = cursor.place(of: offset)
            return (nil, [problem(name, line, column, "U+FEFF is not accepted in YAML; write the document as JSON")])
        }
        if let offset = AliasScan.aliasedAnchor(in: bytes) {
            let (line, column) = cursor.place(of: offset)
            return (nil, [problem(name, line, column, YAMLReader.noAnchors)])
        }
        do {
            // Without rules the reader leaves scalars alone; what they mean is decided by PlainScalar.
            let parser = try Parser(yaml: text, resolver: .basic, encoding: .utf8)
            // Nodes hold their anchors weakly; the parser keeps them alive while they are looked at.
            return try withExtendedLifetime(parser) {
                guard let root = try parser.singleRoot() else {
                    return (nil, [problem(name, 1, 1, "an empty document")])
                }
                var reader = YAMLReader(file: name)
                return (try reader.located(root, .document, depth: 0), [])
            }
        } catch let refusal as YAMLRefusal {
            return (nil, [refusal.diagnostic])
        } catch let error as YamlError {
            let (line, column, message) = error.told
            return (nil, [problem(name, line, column, message)])
        } catch {
            return (nil, [problem(name, 1, 1, "not YAML")])
        }
    }

    /// Where U+FEFF stands, as itself or as an escape: the reader drops it at the start of a text, which would then be
    /// another text.
    private static func firstByteOrderMark(_ bytes: [UInt8]) -> Int? {
        let spellings = ["\u{feff}", "\\ufeff", "\\u0000feff"].map { Array($0.utf8) }
        return bytes.indices.first { start in
            guard bytes[start] == 0xEF || bytes[start] == UInt8(ascii: "\\") else { return false }
            return spellings.contains { spelling in
                let written = bytes[start...].prefix(spelling.count)
                return written.elementsEqual(spelling) { $0 == $1 || $0 | 0x20 == $1 && $0 < 0x80 }
            }
        }
    }

    private static func firstInvalidByte(_ bytes: [UInt8]) -> Int {
        var end = 0
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            // A replacement that is not written there stands for the first wrong byte.
            if scalar == "\u{FFFD}", !bytes[end...].starts(with: [0xEF, 0xBF, 0xBD]) { return end }
            end += UTF8.width(scalar)
        }
        return end
    }
}

/// Something YAML allows and policies do not.
private struct YAMLRefusal: Error {
    let diagnostic: Diagnostic
}

/// Turns nodes into located values, refusing what has two readings or grows without bound: anchors and aliases, tags,
/// keys that are no texts.
struct YAMLReader {
    static let noAnchors = "anchors and aliases are not accepted; quote text that starts with `&` or `*`"

    let file: String
    private var values = 0

    init(file: String) { self.file = file }

    mutating func located(_ node: Node, _ trail: Trail, depth: Int) throws -> Located {
        values += 1
        guard values <= DocumentBounds.values else { throw refusal(node, trail, "too many values") }
        guard !node.hasAnchor else { throw refusal(node, trail, Self.noAnchors) }
        var isDoubtful = false
        let content: Located.Content
        switch node {
        case .alias:
            throw refusal(node, trail, Self.noAnchors)
        case .scalar(let scalar):
            let isPlain = scalar.style == .plain
            // The reader gives what is quoted the tag of text.
            guard scalar.tag.isImplicit || !isPlain && scalar.tag.isText else {
                throw refusal(node, trail, "tags are not accepted")
            }
            content = isPlain ? PlainScalar.content(of: scalar.string) : .text(scalar.string)
            if isPlain, case .text = content { isDoubtful = PlainScalar.isDoubtful(scalar.string) }
        case .sequence(let sequence):
            guard depth < DocumentBounds.depth else { throw refusal(node, trail, "nested too deeply") }
            guard sequence.tag.isImplicit else { throw refusal(node, trail, "tags are not accepted") }
            var elements: [Located] = []
            for (index, element) in sequence.enumerated() {
                elements.append(try located(element, trail.element(index), depth: depth + 1))
            }
            content = .sequence(elements)
        case .mapping(let mapping):
            guard depth < DocumentBounds.depth else { throw refusal(node, trail, "nested too deeply") }
            guard mapping.tag.isImplicit else { throw refusal(node, trail, "tags are not accepted") }
            content = .mapping(try mapping.map { try member($0.key, $0.value, of: trail, depth: depth + 1) })
        }
        let (line, column) = Self.place(of: node)
        return Located(line: line, column: column, trail: trail, content: content, isDoubtful: isDoubtful)
    }

    private mutating func member(_ key: Node, _ value: Node, of parent: Trail, depth: Int) throws -> Located.Member {
        guard case .scalar(let scalar) = key else { throw refusal(key, parent, "a key is text") }
        guard !key.hasAnchor else { throw refusal(key, parent, Self.noAnchors) }
        // The reader has compared the keys, which gives those without a tag that of text.
        guard scalar.tag.isImplicit || scalar.tag.isText else {
            throw refusal(key, parent, "tags are not accepted")
        }
        let name = scalar.string
        let trail = parent.member(name)
        let (line, column) = Self.place(of: key)
        let at = Located(line: line, column: column, trail: trail, content: .text(name))
        return Located.Member(key: name, at: at, value: try located(value, trail, depth: depth))
    }

    private func refusal(_ node: Node, _ trail: Trail, _ message: String) -> YAMLRefusal {
        let (line, column) = Self.place(of: node)
        return YAMLRefusal(
            diagnostic: LocatedDocument.problem(file, line, column, message, pointer: trail.pointer))
    }

    private static func place(of node: Node) -> (line: Int, column: Int) {
        (node.mark?.line ?? 1, node.mark?.column ?? 1)
    }
}

extension Tag {
    /// Nobody wrote a tag.
    fileprivate var isImplicit: Bool { description.isEmpty }

    fileprivate var isText: Bool { description == "tag:yaml.org,2002:str" }
}

extension Node {
    fileprivate var hasAnchor: Bool {
        switch self {
        case .scalar(let scalar): scalar.anchor != nil
        case .sequence(let sequence): sequence.anchor != nil
        case .mapping(let mapping): mapping.anchor != nil
        case .alias: true
        }
    }
}

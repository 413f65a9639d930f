import WireJSON

/// A value of a document with its place: what JSON and YAML both become before anything is made of it.
public struct Located: Sendable {
    /// From 1.
    public let line: Int
    /// From 1, in Unicode scalars.
    public let column: Int
    public let content: Content
    /// Written without quotes, and text only here: other readers of YAML take it for something else.
    let isDoubtful: Bool
    private let trail: Trail

    public enum Content: Sendable {
        case mapping([Member])
        case sequence([Located])
        case text(String)
        /// A number as written, in JSON's grammar.
        case number(String)
        case bool(Bool)
        case null
    }

    /// A member of a mapping, with the place of its key.
    public struct Member: Sendable {
        public let key: String
        /// The key as a text value.
        public let at: Located
        public let value: Located
    }

    init(line: Int, column: Int, trail: Trail, content: Content, isDoubtful: Bool = false) {
        self.line = line
        self.column = column
        self.trail = trail
        self.content = content
        self.isDoubtful = isDoubtful
    }

    /// The place as a JSON Pointer (RFC 6901).
    public var pointer: String { trail.pointer }

    /// The members of a mapping, in order; nil for anything else.
    public var members: [Member]? {
        if case .mapping(let members) = content { members } else { nil }
    }

    /// The elements of a sequence; nil for anything else.
    public var elements: [Located]? {
        if case .sequence(let elements) = content { elements } else { nil }
    }

    public var bool: Bool? {
        if case .bool(let bool) = content { bool } else { nil }
    }

    /// A text, or a number as written: where only a text makes sense, `window: 60` and `port: 8420` need no quotes.
    public var scalarText: String? {
        switch content {
        case .text(let text), .number(let text): text
        case .mapping, .sequence, .bool, .null: nil
        }
    }

    /// The value of a member, its key compared as UTF-8 bytes.
    public subscript(key: String) -> Located? {
        members?.first { $0.key.utf8.elementsEqual(key.utf8) }?.value
    }

    /// What it is, for messages.
    public var noun: String {
        switch content {
        case .mapping: "an object"
        case .sequence: "a list"
        case .text: "text"
        case .number: "a number"
        case .bool: "true or false"
        case .null: "null"
        }
    }
}

extension Located {
    /// The value as JSON, numbers as written.
    var json: JSON {
        var writer = JSONWriter()
        write(to: &writer)
        do {
            return try JSON(writer.bytes, limits: JSONLimits(depth: DocumentBounds.depth, bytes: 64 << 20))
        } catch {
            preconditionFailure("what was read strictly is written as strict JSON: \(error)")
        }
    }

    private func write(to writer: inout JSONWriter) {
        switch content {
        case .mapping(let members):
            writer.beginObject()
            for member in members {
                writer.key(member.key)
                member.value.write(to: &writer)
            }
            writer.endObject()
        case .sequence(let elements):
            writer.beginArray()
            for element in elements { element.write(to: &writer) }
            writer.endArray()
        case .text(let text): writer.string(text)
        case .number(let number): writer.raw(number.utf8)
        case .bool(let bool): writer.bool(bool)
        case .null: writer.null()
        }
    }
}

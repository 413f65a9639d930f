import WireJSON

/// What one list says of a tool that the list before did not.
struct DefinitionNews: Sendable, Hashable {
    /// How a definition differs from the one before.
    enum Kind: String, Sendable, CaseIterable {
        case new, changed, gone
        /// Only in what has no order: the same definition, written otherwise.
        case reordered
        case same
    }

    /// Tools that one event tells of, and places in each.
    static let most = 50
    static let mostPlaces = 20

    let tool: [UInt8]
    let kind: Kind
    /// JSON Pointers to where the two differ.
    let places: [String]

    /// What a list says that was not known; nil where it says nothing new of the tool.
    init?(_ old: SeenDefinition?, _ new: SeenDefinition) {
        tool = new.tool
        kind = Kind(old?.seenHash, old?.seen, new.seenHash, new.seen)
        guard kind != .same else { return nil }
        guard kind == .changed || kind == .reordered, let old else {
            places = []
            return
        }
        places = Difference.between(try? JSON(lenient: old.seen), try? JSON(lenient: new.seen)).map(\.pointer)
    }

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.key("tool")
            writer.string(utf8: tool)
            writer.member("kind", kind.rawValue)
            guard !places.isEmpty else { return }
            writer.key("places")
            writer.array { writer in for place in places.prefix(Self.mostPlaces) { writer.string(place) } }
        }
    }
}

extension DefinitionNews.Kind {
    /// Between two definitions; nil hashes are of tools that are not listed.
    init(_ oldHash: String?, _ old: [UInt8]?, _ newHash: String?, _ new: [UInt8]?) {
        switch (oldHash, newHash) {
        case (nil, nil): self = .same
        case (nil, _): self = .new
        case (_, nil): self = .gone
        case (let one?, let other?) where one != other: self = .changed
        default: self = old == new ? .same : .reordered
        }
    }
}

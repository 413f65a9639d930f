/// One thing in a definition that a verdict rests on.
public struct Evidence: Sendable, Hashable {
    /// Where it was found.
    public enum Place: Sendable, Hashable {
        case name
        case title
        case description
        /// A JSON Pointer into the input schema (RFC 6901).
        case schema(String)
        case annotation
        case siblings
    }

    /// What it speaks for.
    public enum Claim: Sendable, Hashable {
        case category(Category)
        case raises(Concern)
        case lowers(Concern)
    }

    public let place: Place
    /// The words found: words of the definition, never a sentence of it. Attacker's text; escape it.
    public let found: String
    public let claim: Claim

    public init(_ place: Place, _ found: String, _ claim: Claim) {
        self.place = place
        self.found = found
        self.claim = claim
    }
}

extension Evidence.Place {
    /// The place in words, for reports: `name`, `schema /properties/force`.
    public var words: String {
        switch self {
        case .name: "name"
        case .title: "title"
        case .description: "description"
        case .schema(let pointer): pointer.isEmpty ? "schema" : "schema \(pointer)"
        case .annotation: "annotation"
        case .siblings: "siblings"
        }
    }
}

extension Evidence.Claim {
    /// The claim in words, for reports: `Destructive`, `raises: no undo`.
    public var words: String {
        switch self {
        case .category(let category): category.rawValue
        case .raises(let concern): "raises: \(concern.rawValue)"
        case .lowers(let concern): "lowers: \(concern.rawValue)"
        }
    }
}

import PolicyEngine

/// The way from a document to a value in it.
///
/// Written out only when asked for: a document of many values under a long key would else hold the key as many times.
final class Trail: Sendable {
    private let parent: Trail?
    private let token: String

    private init(parent: Trail?, token: String) {
        self.parent = parent
        self.token = token
    }

    /// The document itself.
    static let document = Trail(parent: nil, token: "")

    func member(_ key: String) -> Trail { Trail(parent: self, token: key) }

    func element(_ index: Int) -> Trail { Trail(parent: self, token: String(index)) }

    /// The way as a JSON Pointer.
    var pointer: String {
        guard let parent else { return "" }
        return "\(parent.pointer)/\(RuleID.token(for: token))"
    }
}

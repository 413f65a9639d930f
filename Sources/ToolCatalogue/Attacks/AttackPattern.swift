/// A way in which agents with tools are made to do harm, told in our own words.
public struct AttackPattern: Sendable, Hashable {
    /// The address of its page: lower case, with hyphens.
    public let slug: String
    public let title: String
    /// One sentence: what happens.
    public let summary: String
    /// How it goes, step by step.
    public let steps: [String]
    /// What stops it, or keeps the damage small.
    public let defences: [String]
    /// Where it is documented, by name; nothing is quoted.
    public let references: [String]

    /// All of them, in the order in which pages list them.
    public static let all: [AttackPattern] = definitionAttacks + contentAttacks + rightsAttacks + effectAttacks

    /// The pattern at an address.
    public static func named(_ slug: String) -> AttackPattern? { all.first { $0.slug == slug } }
}

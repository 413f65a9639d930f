/// The verdict on one tool, with what it rests on.
public struct Classification: Sendable, Hashable {
    public let category: Category
    public let risk: Risk
    /// How sure the verdict is, from 0 to 1: how well the definition's parts agree, not a probability.
    public let confidence: Double
    /// What the verdict rests on, the category's first.
    public let evidence: [Evidence]

    public init(category: Category, risk: Risk, confidence: Double, evidence: [Evidence]) {
        self.category = category
        self.risk = risk
        self.confidence = confidence
        self.evidence = evidence
    }

    /// Whether some evidence raises this concern.
    public func raises(_ concern: Concern) -> Bool { evidence.contains { $0.claim == .raises(concern) } }
}

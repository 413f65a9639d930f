/// What a tool does to the world, by its worst act. The raw text is the word that policies and pages use.
public enum Category: String, Sendable, Hashable, CaseIterable {
    /// Looks at something, or computes; nothing is changed.
    case read = "Read"
    /// Makes or changes something.
    case write = "Write"
    /// Runs something whose effect the call does not spell out: code, a query, a job, a deployment.
    case execute = "Execute"
    /// Takes away what was there.
    case destructive = "Destructive"
    /// Moves money or makes somebody owe it.
    case financial = "Financial"

    /// Which of two acts names the tool: Financial and Destructive outrank Execute, then Write, then Read.
    public var rank: Int {
        switch self {
        case .read: 0
        case .write: 1
        case .execute: 2
        case .destructive: 3
        case .financial: 4
        }
    }
}

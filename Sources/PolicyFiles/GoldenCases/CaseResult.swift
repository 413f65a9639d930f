/// What came of a golden case.
public struct CaseResult: Sendable {
    public var name: String
    public var file: String
    public var line: Int
    /// What was expected and what came instead, one line each; empty when the case holds.
    public var differences: [String]
    /// How the decision came about, for a case that does not hold.
    public var trace: [String]

    /// The policy decided as the case says.
    public var holds: Bool { differences.isEmpty }
}

extension CaseResult: CustomStringConvertible {
    public var description: String {
        let place = "\(file):\(line): \(name)"
        return holds ? "\(place): ok" : ([place] + (differences + trace).map { "    \($0)" }).joined(separator: "\n")
    }
}

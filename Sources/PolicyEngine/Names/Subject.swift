/// One thing that a policy governs by its name: a tool, a resource (by its URI) or a prompt.
struct Subject: Sendable {
    enum Kind: String, Sendable {
        case tool
        case resource
        case prompt
    }

    let kind: Kind
    let name: String

    /// What is done with it, in the middle of a sentence that an agent is told.
    var use: String {
        switch kind {
        case .tool: "calls to `\(name)`"
        case .resource: "reads of `\(name)`"
        case .prompt: "uses of `\(name)`"
        }
    }

    /// The same, at the start of a sentence.
    var capitalisedUse: String { use.prefix(1).uppercased() + use.dropFirst() }

    /// The counter that the shorthand `rate_limit` stands for. Tools keep the name that the published language gives
    /// them; a prompt of the same name has a counter of its own.
    static func rateCounter(_ kind: Kind, _ name: String) -> String {
        switch kind {
        case .tool: "\(name)_rate"
        case .resource, .prompt: "\(kind.rawValue):\(name)_rate"
        }
    }
}

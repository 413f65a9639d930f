import PolicyEngine

/// What a comparison of two policies is about.
enum Subject: Sendable {
    enum Kind: String, Sendable {
        case tool
        case resource
        case prompt
    }

    case named([UInt8], Kind)
    /// Whatever a pattern lists, where the tools are not known.
    case pattern(NamePattern, Kind)
    /// What neither document names.
    case others(Kind)

    var words: String {
        switch self {
        case .named(let name, let kind): prefix(kind) + Wording.shown(String(decoding: name, as: UTF8.self))
        case .pattern(let names, let kind): prefix(kind) + Wording.shown(names.description)
        case .others(let kind): "any other \(kind.rawValue)"
        }
    }

    private func prefix(_ kind: Kind) -> String { kind == .tool ? "" : kind.rawValue + " " }
}

/// What a server may ask of a client: in the legacy era as requests of its own, in the modern one as `inputRequests`.
///
/// Revision 2025-11-25, "Client Features"; revision 2026-07-28, "Multi round-trip requests".
public enum ClientRequestKind: String, Sendable, CaseIterable {
    case elicitation
    case sampling
    case roots

    public init?(method: String) {
        switch method {
        case "elicitation/create": self = .elicitation
        case "sampling/createMessage": self = .sampling
        case "roots/list": self = .roots
        default: return nil
        }
    }

    /// What a server is told that asks it of a client which has not declared it: as that client itself would say.
    public var unsupported: String {
        switch self {
        case .elicitation: "Elicitation not supported"
        case .sampling: "Sampling not supported"
        case .roots: "List roots not supported"
        }
    }
}

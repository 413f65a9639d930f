import Gateway
import MCPMessages

/// Under which agreement a request is sent.
enum Route: Sendable {
    /// Every request for itself, with its envelope and mirrored headers.
    case modern
    /// Within a legacy session.
    case legacy(Session)
    /// Before any agreement: `initialize` itself.
    case opening

    var era: Era {
        switch self {
        case .modern: .modern
        case .legacy, .opening: .legacy
        }
    }

    var session: Session? {
        guard case .legacy(let session) = self else { return nil }
        return session
    }
}

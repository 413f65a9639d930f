public import PolicyEngine

/// How one inbound request ended, or how it was let through. Closed: a new ending finds its readers.
public enum Outcome: Sendable {
    /// Let through to the upstream.
    case allowed
    /// A rule denies it.
    case denied(Denial)
    /// No such tool for this grant.
    case notVisible(Invisibility)
    /// A limit is used up.
    case limited(Charge, retryAfter: Duration?)
    /// It owes an approval that cannot be had.
    case approvalOwed(ApprovalRequirement)
    /// The house itself could not do its part; nothing was sent.
    case unavailable(Unavailability)
    /// The request was not one that can be judged; nothing was sent.
    case refused(RefusalReason)

    public enum Unavailability: String, Sendable {
        case audit = "audit unavailable"
        case limits = "limits unavailable"
        case overloaded = "overloaded"
        case definitions = "definitions unavailable"
    }

    /// The word the audit uses.
    public var word: String {
        switch self {
        case .allowed: "allowed"
        case .denied: "denied"
        case .notVisible: "not_visible"
        case .limited: "limited"
        case .approvalOwed: "approval_owed"
        case .unavailable: "unavailable"
        case .refused: "refused"
        }
    }
}

/// Why a request was turned away before there was anything to judge.
public enum RefusalReason: String, Sendable, CaseIterable {
    case malformed = "malformed JSON"
    case ambiguous = "ambiguous message"
    case wrongEra = "wrong era"
    case headerMismatch = "headers do not repeat the body"
    case invalidParams = "invalid parameters"
    case unknownMethod = "unknown method"
    case notificationCall = "call without an id"
    case unauthenticated = "unknown token"
    case invalidToken = "invalid token"
    case insufficientScope = "insufficient scope"
    case noGrant = "no grant for this identity"
    case identityUnavailable = "identity provider unavailable"
    case unknownServer = "unknown server"
    case unknownSession = "unknown session"
    case missingSession = "no session"
    case foreignOrigin = "foreign origin"
    case foreignHost = "foreign host"
    case contentType = "content type"
    case notAcceptable = "accept header"
    case tooLarge = "body too large"
    case badHTTP = "malformed HTTP"
    case tooSlow = "request too slow"
    case incomplete = "request not complete"
    case duplicateID = "id already in use"
    case invalidState = "invalid request state"
    case tooManyOpen = "too many open requests"
}

/// Why an act was not done. Nothing was changed.
public enum Refusal: Error, Sendable, Hashable {
    /// Nobody is signed in, or the token is none.
    case notSignedIn
    /// The actor's role does not reach.
    case notAllowed(needs: Requirement)
    /// There is nothing with this id in the actor's organisation.
    case unknown(String)
    /// What was given cannot be used; `field` names the member.
    case invalid(field: String, reason: String)
    /// It does not fit with what is there.
    case conflict(String)
    /// Files own it: it is changed there.
    case declared(String)
    /// A policy with errors.
    case policyErrors([PolicyProblem])
    /// Something needed is not there now; the text is for people.
    case unavailable(String)

    /// A record that is not what was written.
    public static let unreadableRecord = Refusal.unavailable("a record of the directory cannot be read")
}

extension Refusal: CustomStringConvertible {
    public var description: String {
        switch self {
        case .notSignedIn: "sign in first"
        case .notAllowed(.role(let role)): "this needs the role `\(role.rawValue)`"
        case .notAllowed(.operator): "only the operator of this instance may do this"
        case .unknown(let what): "there is no such \(what)"
        case .invalid(let field, let reason): "`\(field)` \(reason)"
        case .conflict(let reason), .unavailable(let reason): reason
        case .declared(let what): "\(what) is owned by the configuration file – change it there"
        case .policyErrors(let problems): problems.map(\.description).joined(separator: "\n")
        }
    }
}

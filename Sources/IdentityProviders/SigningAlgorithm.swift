/// How a provider may sign (RFC 7518 section 3.1, RFC 8037): with a private key, always. `none` and the HMAC family, whose
/// verifier could also sign, are no cases of this.
public enum SigningAlgorithm: String, Sendable, CaseIterable {
    case rs256 = "RS256"
    case rs384 = "RS384"
    case rs512 = "RS512"
    case ps256 = "PS256"
    case ps384 = "PS384"
    case ps512 = "PS512"
    case es256 = "ES256"
    case es384 = "ES384"
    case es512 = "ES512"
    case edDSA = "EdDSA"

    /// What kind of key it takes: a key of another kind is never tried with it.
    enum Family: Sendable, Equatable {
        case rsa
        case curve(String)
        case edwards
    }

    var family: Family {
        switch self {
        case .rs256, .rs384, .rs512, .ps256, .ps384, .ps512: .rsa
        case .es256: .curve("P-256")
        case .es384: .curve("P-384")
        case .es512: .curve("P-521")
        case .edDSA: .edwards
        }
    }
}

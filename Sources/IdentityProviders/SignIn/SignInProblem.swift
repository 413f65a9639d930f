/// Why nobody is signed in. For operators; a stranger is told which of the cases it is and no more.
public enum SignInProblem: Error, Sendable, Equatable {
    /// The provider cannot be asked.
    case unreachable(String)
    /// What the provider says of itself does not do.
    case badMetadata(String)
    /// The answer is another issuer's (RFC 9207).
    case foreignAnswer
    /// The provider signs nobody in; in its own words, which are a stranger's.
    case refused(error: String, description: String?)
    /// The token endpoint turned the code down.
    case codeRefused(String)
    case unreadable
    /// The identity token is not one, or not for this question.
    case badToken(String)
}

extension SignInProblem: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unreachable(let why): why
        case .badMetadata(let why): "the provider's metadata does not do: \(why)"
        case .foreignAnswer: "the answer is not the provider's that was asked"
        case .refused(let error, _): "the provider refused: \(SignInWords.bounded(error))"
        case .codeRefused(let error): "the provider did not take the code: \(SignInWords.bounded(error))"
        case .unreadable: "the provider's answer cannot be read"
        case .badToken(let why): "the identity token is refused: \(why)"
        }
    }
}

/// A provider's own words, for logs and pages.
public enum SignInWords {
    /// Visible ASCII and spaces of a bearable length (RFC 6749 section 4.1.2.1); anything else is left out.
    public static func bounded(_ text: String) -> String {
        let kept = text.utf8.prefix(4 * IdentityBounds.words).filter { (0x20...0x7E).contains($0) }
        return String(decoding: kept.prefix(IdentityBounds.words), as: UTF8.self)
    }
}

import Gateway

/// Why the gateway is not authorised at an upstream. For operators; nothing of it reaches a client.
public enum OAuthProblem: Error, Sendable, Equatable {
    /// A person has to sign in.
    case needsPerson
    case unreachable(String)
    /// The server does not say who issues tokens for it.
    case noMetadata
    /// The server's metadata is another's.
    case foreignResource(String)
    /// Whom a client's secret may be shown to was not typed: the server's own word does not settle it.
    case unknownIssuer
    /// The authorisation server is not the one that was typed.
    case otherIssuer
    case badMetadata(String)
    /// Its codes are not bound to who asked for them: what is stolen on the way could be used.
    case noProofKeys
    case noRegistration
    case refused(String)
    case unreadable
    /// The answer is of another issuer, to another question, or too late.
    case foreignAnswer
}

extension OAuthProblem: CustomStringConvertible {
    public var description: String {
        switch self {
        case .needsPerson: "a person has to sign in at the server"
        case .unreachable(let why): why
        case .noMetadata: "the server does not say who issues tokens for it; type the `issuer`"
        case .foreignResource(let resource): "the server's metadata is that of another, `\(plain(resource))`"
        case .unknownIssuer: "a `client_secret` is shown to no issuer that was not typed; type the `issuer`"
        case .otherIssuer: "the server names other issuers than the one that is configured"
        case .badMetadata(let why): why
        case .noProofKeys: "the authorisation server does not promise PKCE with S256"
        case .noRegistration: "the authorisation server registers no client; type a `client_id`"
        case .refused(let error): "the authorisation server refuses: `\(plain(error))`"
        case .unreadable: "the authorisation server's answer cannot be read"
        case .foreignAnswer: "that answers no question that was asked"
        }
    }

    /// A stranger's words, short and visible.
    private func plain(_ text: String) -> String {
        String(
            decoding: text.utf8.prefix(200).map { (0x20...0x7E).contains($0) ? $0 : UInt8(ascii: "?") }, as: UTF8.self)
    }

    var failure: UpstreamFailure { UpstreamFailure(.refused, "not authorised: \(self)", wroteNothing: true) }
}

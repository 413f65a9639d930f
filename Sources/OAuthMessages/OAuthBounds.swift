public import WireJSON

/// Bounds of the documents and messages, named in one place.
public enum OAuthBounds {
    /// What a metadata document, a registration or a token answer may be.
    public static let document = JSONLimits(depth: 16, bytes: 256 * 1024, values: 10_000)
    /// Names in one list of a document; the rest of a longer one is not read.
    static let names = 256
    /// One address in a document, bytes.
    static let addressBytes = 2048
    /// A query or a form, bytes.
    static let formBytes = 16 * 1024
    /// An access or refresh token, bytes.
    static let tokenBytes = 16 * 1024
    /// One `WWW-Authenticate` line that is read, bytes.
    static let challengeBytes = 8 * 1024
    /// What a client's own document or registration may be.
    public static let client = JSONLimits(depth: 16, bytes: 16 * 1024, values: 1000)
    /// A client's name that is kept, bytes.
    static let clientNameBytes = 100
    /// One redirect address, bytes.
    static let redirectBytes = 512
    /// Redirect addresses of a client that registers, and all of them, bytes: its id holds them.
    static let registeredRedirects = 8
    static let registeredRedirectBytes = 1024
    /// Redirect addresses of a client that has a document.
    static let documentRedirects = 32
}

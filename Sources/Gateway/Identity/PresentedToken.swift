/// A bearer token as presented. Never logged, never sent on.
public struct PresentedToken: Sendable {
    let bytes: [UInt8]
    let digest: TokenDigest
    /// Tokens that begin so are grants' and nothing else is; any other is a provider's and no grant's.
    private static let grantPrefix = Array("ghs_".utf8)

    public init(_ bytes: [UInt8]) {
        self.bytes = bytes
        digest = TokenDigest(of: bytes)
    }

    var isGrants: Bool { bytes.starts(with: Self.grantPrefix) }
}

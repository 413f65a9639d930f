internal import Crypto
import WireJSON

/// A bearer token: a prefix that says what it is for, 64 hexadecimal digits of randomness, and 8 of a checksum.
///
/// The checksum lets a secret scanner tell a real token from a look-alike without asking anybody. Only its SHA-256 is kept.
public struct BearerToken: Sendable {
    public enum Purpose: String, Sendable, CaseIterable {
        /// An agent's grant.
        case grant = "ghs_"
        /// The administration interface.
        case administration = "gha_"
        /// A browser's sign-in.
        case session = "ghc_"
        /// An invitation's link.
        case invitation = "ghi_"
    }

    /// The token itself: shown once, never stored.
    public let secret: String

    public init(_ purpose: Purpose) {
        let body = purpose.rawValue + Hexadecimal.text(RandomBytes.make(32))
        secret = body + Self.checksum(body)
    }

    /// What is kept of it.
    public var digest: [UInt8] { Self.digest(of: secret) }

    /// The SHA-256 of a token as presented.
    public static func digest(of token: String) -> [UInt8] { Array(SHA256.hash(data: Array(token.utf8))) }

    /// Whether a text has the form and checksum of a token for this purpose. One that has not needs no looking up.
    public static func isFormed(_ text: String, for purpose: Purpose) -> Bool {
        guard text.utf8.count == purpose.rawValue.utf8.count + 72, text.hasPrefix(purpose.rawValue) else {
            return false
        }
        let body = String(decoding: text.utf8.dropLast(8), as: UTF8.self)
        return text.utf8.suffix(8).elementsEqual(checksum(body).utf8)
    }

    private static func checksum(_ body: String) -> String {
        Hexadecimal.text(Array(SHA256.hash(data: Array(body.utf8)).prefix(4)))
    }
}

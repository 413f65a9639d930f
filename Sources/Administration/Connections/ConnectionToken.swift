import WireJSON

/// A code or a refresh token: a prefix, 256 bits that all tokens of one connection hold, and 256 bits of its own.
///
/// Whoever shows the first part has seen a token of the connection; whoever shows another second part than the present one
/// has one that was used.
struct ConnectionToken: Sendable {
    enum Purpose: String, Sendable {
        case code = "ghk_"
        case refresh = "ghr_"
    }

    /// Given once, never stored.
    let secret: String
    private let common: String

    /// The first token of a new connection.
    init(_ purpose: Purpose) { self.init(purpose, common: Hexadecimal.text(RandomBytes.make(32))) }

    private init(_ purpose: Purpose, common: String) {
        self.common = common
        secret = purpose.rawValue + common + Hexadecimal.text(RandomBytes.make(32))
    }

    /// Reads a token; nil for a text that is none.
    init?(_ text: String, for purpose: Purpose) {
        let prefix = purpose.rawValue
        guard text.utf8.count == prefix.utf8.count + 128, text.utf8.starts(with: prefix.utf8),
            text.utf8.dropFirst(prefix.utf8.count).allSatisfy({
                (0x30...0x39).contains($0) || (0x61...0x66).contains($0)
            })
        else { return nil }
        secret = text
        common = String(decoding: text.utf8.dropFirst(prefix.utf8.count).prefix(64), as: UTF8.self)
    }

    /// The next refresh token of the same connection.
    var next: ConnectionToken { ConnectionToken(.refresh, common: common) }

    /// By which the connection is found.
    var family: [UInt8] { BearerToken.digest(of: "gatehouse-connection-1\n" + common) }

    /// What is kept of the token.
    var digest: [UInt8] { BearerToken.digest(of: secret) }
}

import Crypto
import WireJSON

/// A grant's bearer token: `ghs_`, 64 hexadecimal digits of randomness, and 8 of a checksum.
///
/// The checksum lets a secret scanner tell a real token from a look-alike without asking anybody.
enum GrantToken {
    static func random() -> String {
        var generator = SystemRandomNumberGenerator()
        let secret = Hexadecimal.text((0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
        let checksum = Hexadecimal.text(SHA256.hash(data: Array("ghs_\(secret)".utf8)).prefix(4))
        return "ghs_\(secret)\(checksum)"
    }
}

internal import Crypto
internal import CryptoExtras
import WireJSON

/// A password as it is kept: scrypt (RFC 7914) with its parameters and salt.
public struct PasswordHash: Sendable, Hashable {
    /// How much work one derivation is.
    public struct Cost: Sendable, Hashable {
        /// N, a power of two; r; p.
        public let rounds: Int, blockSize: Int, parallelism: Int

        public init(rounds: Int, blockSize: Int, parallelism: Int) {
            self.rounds = rounds
            self.blockSize = blockSize
            self.parallelism = parallelism
        }

        /// 32 MiB a derivation: N = 2¹⁵, r = 8, p = 3 (OWASP, "Password Storage").
        public static let standard = Cost(rounds: 1 << 15, blockSize: 8, parallelism: 3)
    }

    private let cost: Cost
    private let salt: [UInt8]
    private let key: [UInt8]

    init?(of password: String, cost: Cost) {
        let salt = RandomBytes.make(16)
        guard let key = Self.derive(password, salt, cost) else { return nil }
        self.cost = cost
        self.salt = salt
        self.key = key
    }

    /// Of no password that anybody knows: random bytes stand for the key, so that nothing is derived to make it.
    init(ofNobodyAt cost: Cost) {
        self.cost = cost
        salt = RandomBytes.make(16)
        key = RandomBytes.make(32)
    }

    /// Whether it is this password's.
    func matches(_ password: String) -> Bool {
        guard let derived = Self.derive(password, salt, cost), derived.count == key.count else { return false }
        // All bytes are compared, whatever the first ones say.
        return zip(derived, key).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }

    /// `scrypt$N$r$p$SALT$KEY`, the last two hexadecimal.
    public var text: String {
        "scrypt$\(cost.rounds)$\(cost.blockSize)$\(cost.parallelism)$\(Hexadecimal.text(salt))$\(Hexadecimal.text(key))"
    }

    public init?(text: String) {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "scrypt", let rounds = Int(parts[1]), let blockSize = Int(parts[2]),
            let parallelism = Int(parts[3]), let salt = Hexadecimal.bytes(String(parts[4])),
            let key = Hexadecimal.bytes(String(parts[5])), key.count == 32
        else { return nil }
        cost = Cost(rounds: rounds, blockSize: blockSize, parallelism: parallelism)
        self.salt = salt
        self.key = key
    }

    private static func derive(_ password: String, _ salt: [UInt8], _ cost: Cost) -> [UInt8]? {
        let key = try? KDF.Scrypt.deriveKey(
            from: Array(password.utf8), salt: salt, outputByteCount: 32, rounds: cost.rounds,
            blockSize: cost.blockSize, parallelism: cost.parallelism)
        return key.map { key in key.withUnsafeBytes { Array($0) } }
    }
}

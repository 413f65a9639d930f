internal import Crypto
import WireJSON

/// A key that secrets are sealed with, and the name by which records remember it.
public struct SecretKey: Sendable {
    public let id: String
    private let key: SymmetricKey

    /// Why a key will not do.
    public enum Weakness: Error, Sendable, Hashable, CustomStringConvertible {
        case notHexadecimal
        case wrongLength(bytes: Int)
        case guessable

        public var description: String {
            switch self {
            case .notHexadecimal: "a secret key is 64 hexadecimal digits – `openssl rand -hex 32` makes one"
            case .wrongLength(let bytes):
                "a secret key is 32 bytes, this is \(bytes) – `openssl rand -hex 32` makes one"
            case .guessable: "this secret key could be guessed – `openssl rand -hex 32` makes one"
            }
        }
    }

    /// Reads 64 hexadecimal digits. Keys that a person made up are refused.
    public init(hex: String) throws(Weakness) {
        guard let bytes = Hexadecimal.bytes(hex) else { throw .notHexadecimal }
        guard bytes.count == 32 else { throw .wrongLength(bytes: bytes.count) }
        // 32 random bytes hold fewer than 16 different ones in no lifetime; nor do they count up or repeat themselves.
        guard Set(bytes).count >= 16, Set(zip(bytes, bytes.dropFirst()).map { $1 &- $0 }).count >= 8 else {
            throw .guessable
        }
        self.init(bytes: bytes)
    }

    private init(bytes: [UInt8]) {
        key = SymmetricKey(data: bytes)
        // Tells keys apart and nothing of the key.
        id = Hexadecimal.text(Array(SHA256.hash(data: Array("gatehouse-key-id-1".utf8) + bytes).prefix(8)))
    }

    /// A new random one, and its hexadecimal text for the file.
    public static func make() -> (key: SecretKey, hex: String) {
        let bytes = RandomBytes.make(32)
        return (SecretKey(bytes: bytes), Hexadecimal.text(bytes))
    }

    /// 32 bytes that only this key leads to, others for each purpose (HKDF-SHA-256).
    func derived(for purpose: String) -> [UInt8] {
        let made = HKDF<SHA256>.deriveKey(inputKeyMaterial: key, info: Array(purpose.utf8), outputByteCount: 32)
        return made.withUnsafeBytes { Array($0) }
    }

    /// Nonce, ciphertext, tag. `context` must be given again to open it.
    func seal(_ plain: [UInt8], context: [UInt8]) throws(Refusal) -> [UInt8] {
        guard let box = try? AES.GCM.seal(plain, using: key, authenticating: context), let combined = box.combined
        else {
            throw .unavailable("a secret cannot be sealed")
        }
        return Array(combined)
    }

    func open(_ sealed: [UInt8], context: [UInt8]) throws(Refusal) -> [UInt8] {
        guard let box = try? AES.GCM.SealedBox(combined: sealed),
            let plain = try? AES.GCM.open(box, using: key, authenticating: context)
        else { throw .unavailable("a sealed secret cannot be opened") }
        return Array(plain)
    }
}

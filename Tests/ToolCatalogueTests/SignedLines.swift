import Crypto
import Testing
import ToolCatalogue
import WireJSON

/// A catalogue file with any lines under a true signature.
enum SignedLines {
    static func file(_ text: String, with key: CatalogueKey) throws -> [UInt8] {
        let bytes = try #require(Hexadecimal.bytes(key.secretHex))
        let signer = try Curve25519.Signing.PrivateKey(rawRepresentation: bytes)
        let signature = try signer.signature(for: Array(SHA256.hash(data: Array(text.utf8))))
        let last = "{\"key\":\"\(key.publicKey)\",\"signature\":\"\(Hexadecimal.text(Array(signature)))\"}\n"
        return Array((text + last).utf8)
    }
}

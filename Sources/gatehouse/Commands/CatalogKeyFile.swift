import Foundation
import ToolCatalogue

/// A signing key as a file: 64 hexadecimal digits, for its owner alone.
enum CatalogKeyFile {
    static func read(_ path: String) throws -> CatalogueKey {
        let data = try ReadFile.bytes(path, atMost: 4096, "the key file")
        let text = String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        guard let key = CatalogueKey(hex: text) else {
            throw CommandFailure("`\(path)` holds no key: 64 hexadecimal digits", .checkFailed)
        }
        return key
    }

    /// Keeps a new key; refuses to replace a file.
    static func create(_ path: String, _ key: CatalogueKey) throws {
        guard !FileManager.default.fileExists(atPath: path) else {
            throw CommandFailure("`\(path)` is there already", .checkFailed)
        }
        let made = FileManager.default.createFile(
            atPath: path, contents: Data((key.secretHex + "\n").utf8), attributes: [.posixPermissions: 0o600])
        guard made else { throw CommandFailure("the key file `\(path)` cannot be written") }
    }
}

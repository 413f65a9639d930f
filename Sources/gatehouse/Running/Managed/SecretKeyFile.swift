import Administration
import Foundation

/// The keys that secrets are sealed with: from the environment, or a file that only its owner can read.
enum SecretKeyFile {
    static let variable = "GATEHOUSE_SECRET_KEY"
    static let name = "secret.key"

    /// Reads them, making the file with a new key where there is none. Each line is a key; the first one seals.
    static func keyring(in folder: String, environment: [String: String]) throws -> Keyring {
        if let given = environment[variable] {
            return try keyring(given.split(separator: ",").map(String.init), from: "`\(variable)`")
        }
        let path = folder + "/" + name
        guard FileManager.default.fileExists(atPath: path) else {
            let made = SecretKey.make()
            try write(Array((made.hex + "\n").utf8), new: path)
            return Keyring(made.key)
        }
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        guard let mode = (attributes?[.posixPermissions] as? NSNumber)?.intValue, mode & 0o077 == 0 else {
            throw CommandFailure(
                "others may read `\(path)` – `chmod 600` it, and change the key if others did", .checkFailed)
        }
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw CommandFailure("`\(path)` cannot be read")
        }
        return try keyring(text.split(separator: "\n").map(String.init), from: "`\(path)`")
    }

    /// Puts a new key first; the others stay to open what they sealed.
    static func addKey(in folder: String) throws -> String {
        let path = folder + "/" + name
        let earlier = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
        let made = SecretKey.make()
        let beside = path + ".new"
        try? FileManager.default.removeItem(atPath: beside)
        try write(Array((made.hex + "\n" + earlier).utf8), new: beside)
        guard rename(beside, path) == 0 else { throw CommandFailure("`\(path)` cannot be written") }
        return made.key.id
    }

    private static func keyring(_ texts: [String], from source: String) throws -> Keyring {
        do {
            let keys = try texts.map { try SecretKey(hex: $0.trimmingCharacters(in: .whitespaces)) }
            guard let first = keys.first else { throw CommandFailure("\(source) holds no key", .checkFailed) }
            return Keyring(first, earlier: Array(keys.dropFirst()))
        } catch let weakness as SecretKey.Weakness {
            throw CommandFailure("\(source): \(weakness)", .checkFailed)
        }
    }

    /// A file that only its owner can read and that was not there.
    static func write(_ bytes: [UInt8], new path: String) throws {
        let descriptor = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else {
            throw CommandFailure("`\(path)` cannot be made: \(String(cString: strerror(errno)))")
        }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do { try file.write(contentsOf: Data(bytes)) } catch { throw CommandFailure("`\(path)` cannot be written") }
    }
}

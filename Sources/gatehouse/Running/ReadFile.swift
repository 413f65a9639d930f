import Foundation

/// A file that somebody named, whole, up to a bound: also a pipe (`/dev/stdin`, `<(…)`), but not one without an end.
enum ReadFile {
    /// - Parameter what: what the file is in messages, `the policy file`.
    static func bytes(_ path: String, atMost limit: Int, _ what: String) throws -> [UInt8] {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw CommandFailure("\(what) `\(path)` cannot be read")
        }
        defer { try? handle.close() }
        let data: Data
        do { data = try handle.read(upToCount: limit + 1) ?? Data() } catch {
            throw CommandFailure("\(what) `\(path)` cannot be read")
        }
        guard data.count <= limit else { throw CommandFailure("\(what) `\(path)` is larger than \(size(limit))") }
        return Array(data)
    }

    private static func size(_ bytes: Int) -> String { bytes >= 1 << 20 ? "\(bytes >> 20) MiB" : "\(bytes >> 10) KiB" }
}

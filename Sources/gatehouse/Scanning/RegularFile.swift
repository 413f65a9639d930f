import Foundation

/// A file that ends: a pipe or a device named as a configuration would be waited for without an end.
enum RegularFile {
    /// Its first bytes; nil where it cannot be read, or is no regular file.
    static func bytes(_ path: String, atMost limit: Int) -> [UInt8]? {
        let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        let attributes = try? FileManager.default.attributesOfItem(atPath: target)
        guard attributes?[.type] as? FileAttributeType == .typeRegular,
            let handle = FileHandle(forReadingAtPath: target), let data = try? handle.read(upToCount: limit) ?? Data()
        else { return nil }
        return Array(data)
    }
}

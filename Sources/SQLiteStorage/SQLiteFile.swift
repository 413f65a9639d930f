import Foundation
import GatewayStorage

/// The file itself, before SQLite sees it: who may read it.
enum SQLiteFile {
    /// Makes sure there is a file: a new one is readable and writable by its owner only, folders made for it by nobody
    /// else either. What exists keeps the mode its operator gave it. SQLite's companions (`-wal`, `-shm`) take after
    /// the file.
    static func prepare(_ path: String) throws(StorageError) {
        try makeFolder((path as NSString).deletingLastPathComponent, for: path)
        // O_EXCL: a file that exists is not opened, since closing a descriptor of it would drop the locks that another
        // connection of this process holds.
        let descriptor = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
        if descriptor >= 0 {
            close(descriptor)
            return
        }
        guard errno == EEXIST else { throw failure(errno, path: path) }
        var status = stat()
        // Fails for a link to nothing, which SQLite would follow and make a file that all may read.
        guard stat(path, &status) == 0 else { throw failure(errno, path: path) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw .cannotOpen(path: path, detail: "not a regular file")
        }
    }

    /// Puts a finished file where another was: whoever has that one open goes on reading it. Durable when this returns.
    static func put(_ finished: String, inPlaceOf path: String) throws(StorageError) {
        let folder = (path as NSString).deletingLastPathComponent
        try flush(finished, for: path)
        guard rename(finished, path) == 0 else { throw failure(errno, path: path) }
        try flush(folder.isEmpty ? "." : folder, for: path)
    }

    private static func flush(_ file: String, for path: String) throws(StorageError) {
        let descriptor = open(file, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(errno, path: path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure(errno, path: path) }
    }

    private static func makeFolder(_ folder: String, for path: String) throws(StorageError) {
        var isFolder: ObjCBool = false
        if folder.isEmpty || FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder) { return }
        try makeFolder((folder as NSString).deletingLastPathComponent, for: path)
        guard mkdir(folder, 0o700) == 0 || errno == EEXIST else { throw failure(errno, path: path) }
    }

    private static func failure(_ code: Int32, path: String) -> StorageError {
        switch code {
        case ENOSPC, EDQUOT: .diskFull(path: path)
        case EROFS, EACCES, EPERM: .readOnly(path: path)
        default: .cannotOpen(path: path, detail: String(cString: strerror(code)).lowercased())
        }
    }
}

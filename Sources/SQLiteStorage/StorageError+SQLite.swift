import GRDB
import GatewayStorage

extension StorageError {
    /// Says in the port's words what SQLite found wrong with the file at `path`.
    init(_ error: any Error, path: String) {
        switch error {
        case let error as StorageError:
            self = error
        case let error as DatabaseError:
            let detail = "\(error.message ?? "no message") (SQLite \(error.extendedResultCode.rawValue))"
            switch error.resultCode {
            case .SQLITE_FULL: self = .diskFull(path: path)
            case .SQLITE_READONLY, .SQLITE_PERM: self = .readOnly(path: path)
            case .SQLITE_CORRUPT, .SQLITE_NOTADB: self = .corrupt(path: path, detail: detail)
            case .SQLITE_BUSY, .SQLITE_LOCKED: self = .locked(path: path)
            case .SQLITE_CANTOPEN: self = .cannotOpen(path: path, detail: detail)
            default: self = .failed(detail: detail)
            }
        default:
            self = .failed(detail: "\(error)")
        }
    }
}

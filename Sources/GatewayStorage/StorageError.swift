/// Why a store could not do what it was asked. Whatever the case, what was asked for has not been promised: the call
/// that needed it is denied.
public enum StorageError: Error, Sendable, Equatable {
    /// No space is left for the file at `path`.
    case diskFull(path: String)
    /// The file at `path`, or its directory, may only be read.
    case readOnly(path: String)
    /// The file at `path` is not what this program wrote; `detail` is the library's finding.
    case corrupt(path: String, detail: String)
    /// Another process held the file at `path` for longer than the busy timeout.
    case locked(path: String)
    /// The file at `path` was written by a newer version of this program.
    case newerSchema(path: String)
    /// The file at `path` cannot be opened or made: `detail` says why.
    case cannotOpen(path: String, detail: String)
    /// An audit record does not continue the chain; `head` is the chain's last record, nil when it is empty.
    /// Nothing of the batch was stored. A second writer on the same chain takes its next links from `head`.
    case auditOutOfStep(head: AuditHead?)
    /// More calls than ``StorageBounds/waitingCalls`` were waiting for the store.
    case overloaded
    /// The store failed in a way that has no case of its own; `detail` is for the operator.
    case failed(detail: String)
}

extension StorageError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .diskFull(let path): "no space left for `\(path)`"
        case .readOnly(let path): "`\(path)` cannot be written – is its directory writable for this user?"
        case .corrupt(let path, let detail): "`\(path)` is damaged or not a gatehouse file: \(detail)"
        case .locked(let path): "`\(path)` is held by another process"
        case .newerSchema(let path): "`\(path)` was written by a newer gatehouse – upgrade this one to open it"
        case .cannotOpen(let path, let detail): "cannot open `\(path)`: \(detail)"
        case .auditOutOfStep(.some(let head)): "audit record does not follow record \(head.sequence)"
        case .auditOutOfStep(nil): "audit record does not start the chain"
        case .overloaded: "too many calls are waiting for the counter store"
        case .failed(let detail): "the store failed: \(detail)"
        }
    }
}

/// Keeps the directory: organisations and everything that they own.
public protocol DirectoryStore: Sendable {
    /// The rows that match, in the order of their ids' bytes.
    func rows(_ query: DirectoryQuery) async throws(StorageError) -> [DirectoryRow]

    /// Makes the changes in their order, all or none, durably.
    func apply(_ changes: [DirectoryChange]) async throws(StorageError) -> DirectoryVerdict
}

/// One step of a change.
public enum DirectoryChange: Sendable, Hashable {
    case insert(DirectoryRow)
    /// Puts a row in the place of one that must still be exactly as it was read; kind, organisation and id stay.
    case replace(DirectoryRow, with: DirectoryRow)
    /// Removes a row that must still be exactly as it was read, and what its removal takes along.
    case remove(DirectoryRow)
}

/// How a change ended.
public enum DirectoryVerdict: Sendable, Hashable {
    case applied
    /// Nothing was changed.
    case refused(DirectoryConflict)
}

/// Why a change was not made.
public struct DirectoryConflict: Sendable, Hashable {
    /// Which step could not be made.
    public let step: Int
    public let reason: Reason

    public enum Reason: Sendable, Hashable {
        /// There is a row with this id.
        case idTaken
        /// There is a row with this name in the organisation.
        case nameTaken
        /// There is a row with this handle, perhaps in another organisation.
        case handleTaken
        /// What the row belongs to does not exist in its organisation.
        case parentMissing(DirectoryKind)
        /// Rows of this kind need what was to be removed.
        case inUse(by: DirectoryKind)
        /// The row is not, or no longer, as it was read.
        case changed
    }

    public init(step: Int, reason: Reason) {
        self.step = step
        self.reason = reason
    }
}

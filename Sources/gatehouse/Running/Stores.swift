import GatewayStorage
import SQLiteStorage

extension SQLiteStore {
    /// The store in a gateway's data folder.
    static func opened(in folder: String) throws -> SQLiteStore { try opened(at: DataFolder.store(in: folder)) }

    static func opened(at path: String) throws -> SQLiteStore {
        do throws(StorageError) {
            return try SQLiteStore(path: path, clock: WallTime.system)
        } catch {
            throw CommandFailure("\(error)")
        }
    }
}

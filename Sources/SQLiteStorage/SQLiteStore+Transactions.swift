import GRDB
import GatewayStorage

// Not GRDB's own async methods: those give up when the calling task is cancelled, and leave open whether the
// transaction took place. A transaction once begun is brought to its end, and its caller hears how it ended.
extension SQLiteStore {
    /// Runs a transaction that writes, from its beginning the only one.
    func write<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(StorageError) -> Value {
        let result: Result<Value, StorageError> = await withCheckedContinuation { continuation in
            pool.asyncWriteWithoutTransaction { [path] database in
                continuation.resume(returning: database.committing(path: path, body))
            }
        }
        return try result.get()
    }

    func read<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(StorageError) -> Value {
        try await pool.reading(path: path, body)
    }
}

extension Database {
    /// The outcome of `body` in a transaction that is committed if it returns.
    func committing<Value>(path: String, _ body: (Database) throws -> Value) -> Result<Value, StorageError> {
        Result {
            var value: Value?
            try inTransaction(.immediate) {
                value = try body(self)
                return .commit
            }
            guard let value else { throw StorageError.failed(detail: "a transaction had no outcome") }
            return value
        }.mapError { StorageError($0, path: path) }
    }
}

extension DatabaseReader {
    /// The outcome of `body` on one consistent state of the file.
    func reading<Value: Sendable>(
        path: String, _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(StorageError) -> Value {
        let result: Result<Value, StorageError> = await withCheckedContinuation { continuation in
            asyncRead { database in
                continuation.resume(
                    returning: Result { try body(try database.get()) }.mapError { StorageError($0, path: path) })
            }
        }
        return try result.get()
    }
}

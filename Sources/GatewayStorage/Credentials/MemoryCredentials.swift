import Synchronization

/// Credentials of this process only, gone when it ends.
public final class MemoryCredentials: CredentialStore {
    /// By the server's name as bytes.
    private let kept = Mutex<[[UInt8]: [UInt8]]>([:])

    public init() {}

    public func credential(server: String) async throws(StorageError) -> [UInt8]? {
        kept.withLock { $0[Array(server.utf8)] }
    }

    public func keep(_ credential: [UInt8]?, server: String) async throws(StorageError) {
        kept.withLock { $0[Array(server.utf8)] = credential }
    }

    public func rewrite(
        _ body: @escaping @Sendable (_ server: String, _ credential: [UInt8]) -> [UInt8]?
    ) async throws(StorageError) -> Int {
        kept.withLock { kept in
            var count = 0
            for (server, credential) in kept {
                guard let new = body(String(decoding: server, as: UTF8.self), credential) else { continue }
                kept[server] = new
                count += 1
            }
            return count
        }
    }
}

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
}

/// Keeps, for each server, what the gateway was given to reach it as itself: tokens, and the client it was registered as.
///
/// What is kept is a secret. A store that outlives the process is given it sealed. Names compare as bytes.
public protocol CredentialStore: Sendable {
    /// What was last kept for a server; nil where nothing is.
    func credential(server: String) async throws(StorageError) -> [UInt8]?

    /// Keeps this in place of what was kept, durably; nil keeps nothing any more.
    func keep(_ credential: [UInt8]?, server: String) async throws(StorageError)

    /// Puts something else in the place of everything that is kept, in one step with nothing kept in between.
    ///
    /// - Parameter body: what is kept for a server to what shall be; nil leaves it.
    /// - Returns: how many were replaced.
    func rewrite(
        _ body: @escaping @Sendable (_ server: String, _ credential: [UInt8]) -> [UInt8]?
    ) async throws(StorageError) -> Int
}

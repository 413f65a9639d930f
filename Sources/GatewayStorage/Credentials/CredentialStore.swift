/// Keeps, for each server, what the gateway was given to reach it as itself: tokens, and the client it was registered as.
///
/// What is kept is a secret. A store that outlives the process seals it.
public protocol CredentialStore: Sendable {
    /// What was last kept for a server; nil where nothing is.
    func credential(server: String) async throws(StorageError) -> [UInt8]?

    /// Keeps this in place of what was kept, durably; nil keeps nothing any more.
    func keep(_ credential: [UInt8]?, server: String) async throws(StorageError)
}

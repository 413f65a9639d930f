/// Bounds of one conversation with a server, over whatever it is held.
enum ConversationLimits {
    /// Names of requests that were given up and are never given out again, ids and progress tokens together; beyond, the
    /// conversation keeps no client's names.
    static let burntNames = 1024
}

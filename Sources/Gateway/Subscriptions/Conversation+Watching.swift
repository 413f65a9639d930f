import Synchronization

/// What is watched at a server for one conversation, and what ends it.
extension Conversation {
    /// Notes that a resource is watched for this client; the earlier watching of it, if any, is ended.
    ///
    /// - Returns: false where too many are watched; nothing is noted then.
    func watch(_ uri: [UInt8], _ cancellation: Cancellation) -> Bool {
        let (isTaken, earlier) = state.withLock { state in
            guard state.watched[uri] != nil || state.watched.count < GatewayLimits.watchedResources else {
                return (false, Cancellation.none)
            }
            return (true, state.watched.updateValue(cancellation, forKey: uri) ?? Cancellation.none)
        }
        earlier.cancel()
        return isTaken
    }

    /// Notes what ends the watching of the server's lists, for a connection that is told of them as long as it stands.
    func hear(_ cancellation: Cancellation) { _ = watch([], cancellation) }  // no resource has an empty address

    /// Ends the watching of a resource.
    func unwatch(_ uri: [UInt8]) { state.withLock { $0.watched.removeValue(forKey: uri) }?.cancel() }

    func watches(_ uri: [UInt8]) -> Bool { state.withLock { $0.watched[uri] != nil } }
}

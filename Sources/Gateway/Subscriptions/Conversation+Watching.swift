import Synchronization

/// What is watched at a server for one conversation, and what ends it.
extension Conversation {
    /// Notes that a resource is watched for this client; the earlier watching of it, if any, is ended.
    ///
    /// - Returns: false where too many are watched; nothing is noted then.
    func watch(_ uri: [UInt8], of server: String, _ cancellation: Cancellation) -> Bool {
        keep(cancellation, as: key(uri, server))
    }

    private func keep(_ cancellation: Cancellation, as uri: [UInt8]) -> Bool {
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
    func hear(_ cancellation: Cancellation) { _ = keep(cancellation, as: []) }  // no resource has an empty address

    /// Ends the watching of a resource.
    func unwatch(_ uri: [UInt8], of server: String) {
        let key = key(uri, server)
        state.withLock { $0.watched.removeValue(forKey: key) }?.cancel()
    }

    func watches(_ uri: [UInt8], of server: String) -> Bool {
        let key = key(uri, server)
        return state.withLock { $0.watched[key] != nil }
    }

    /// Whether what this server says outside any request may concern the client.
    func hears(_ server: String) -> Bool { self.server == server || self.server == Stack.address }

    /// A resource as this conversation's client calls it.
    private func key(_ uri: [UInt8], _ server: String) -> [UInt8] {
        self.server == Stack.address ? Stack.uri(uri, of: server) : uri
    }
}

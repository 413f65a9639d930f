import MCPMessages
import WireJSON

extension CallLine {
    /// Takes what a server says outside any request.
    ///
    /// A change of its tools is told to every client that listens, and its list is compared with what was accepted.
    /// Anything else is relayed only to a client that hears everything.
    public func heard(_ event: UpstreamEvent, from server: String) {
        switch event {
        case .changed(.prompts), .changed(.resources), .changed(.resourceTemplates), .told: break
        case .changed(.tools):
            tellToolsChanged(of: server)
            guard let changed = configuration.current.servers[server] else { return }
            _ = slowLane.submit { [acceptance] in
                await acceptance.review(changed, for: UpstreamScope.house)
            }
        case .notification(let notification):
            let message = MessageWriter.notification(
                notification.method, params: notification.params.map { Array($0.bytes) } ?? [])
            conversations.tell(message) { $0.server == server && $0.hearsEverything }
        }
    }

    /// Tells listening clients that what they may see of a server has changed: its tools, or the policy before them.
    public func tellToolsChanged(of server: String) {
        let message = MessageWriter.notification("notifications/tools/list_changed", params: [UInt8]())
        conversations.tell(message) { $0.server == server }
    }
}

extension UpstreamScope {
    /// The house itself: scans and reviews.
    public static let house = UpstreamScope(principal: "gatehouse", clientEra: .modern)
}

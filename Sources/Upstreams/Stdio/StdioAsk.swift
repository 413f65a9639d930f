import Gateway
import MCPMessages
import WireJSON

/// One thing asked of a stdio server, from the moment it is asked until it is answered.
struct StdioAsk: Sendable {
    enum Want: Sendable {
        case description(@Sendable (Result<UpstreamDescription, UpstreamFailure>) -> Void)
        case answer(OutgoingCall, any UpstreamReceiver)
        case watch(StdioWatch)
    }

    /// Names the ask here, and its request and progress on the wire.
    let id: Int
    let scope: UpstreamScope
    let want: Want

    /// What it occupies while it waits, bytes.
    var size: Int {
        switch want {
        case .description: 0
        case .answer(let call, _): call.params.params?.range.count ?? 0
        case .watch(let watch): watch.size
        }
    }

    /// Whether a client stands behind it; a list may be the house's.
    var isClients: Bool {
        switch want {
        case .description, .watch: true
        case .answer(let call, _): call.isClients
        }
    }

    func fail(_ failure: UpstreamFailure) {
        switch want {
        case .description(let answer): answer(.failure(failure))
        case .answer(_, let receiver): receiver.failed(failure)
        case .watch(let watch): watch.settle(failure)
        }
    }

    /// For an ask of which nothing has been written.
    func failUnwritten(_ failure: UpstreamFailure) {
        var failure = failure
        failure.wroteNothing = true
        fail(failure)
    }
}

/// A request as it goes out, but for its id.
struct OutgoingCall: Sendable {
    let method: String
    let params: UpstreamParams
    let wantsProgress: Bool
    /// What the client calls it; nil for a question of the house's.
    var names: RequestNames?
    let timeout: Duration
    /// Sent for a client, which can be asked something meanwhile; else the house's own.
    let isClients: Bool
}

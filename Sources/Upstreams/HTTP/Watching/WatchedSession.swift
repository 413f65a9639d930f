import Gateway
import MCPMessages
import NIOCore

/// What one scope watches in its legacy session, and the stream on which that session's server speaks outside requests.
final class WatchedSession {
    enum Stream {
        case closed
        case opening(Int)
        case open(Int)
        /// To be asked for again in a while.
        case waiting
        /// The server has none.
        case none
    }

    struct Subscription {
        var watchers: Set<Int>
        var isAsked = false
        var isTaken = false
        /// Whether a session ended over it, and no other has taken it since.
        var hasMetLoss = false
    }

    let scope: UpstreamScope
    var session: Session
    var watchers: Set<Int> = []
    var resources: [[UInt8]: Subscription] = [:]
    var stream = Stream.closed
    /// Whether it is known what becomes of the stream, or has been waited for long enough.
    var isStreamDecided = false
    /// Who waits for that before it asks the server anything.
    var hearers: [() -> Void] = []
    /// Whether something may have been said that was not heard.
    var hasMissed = false
    /// Whether it is to be looked at again whether anybody needs it.
    var isLingering = false
    var lastEventID: [UInt8]?
    var retry: Int?
    /// Of its stream.
    var comeback = Comeback()
    /// Of sessions.
    var successions = Comeback()
    /// Whether the session is over and the next is not there yet.
    var awaitsNext = false
    /// Whether a session ended over the asking for its stream, and no other has begun one since.
    var hasMetLoss = false

    init(scope: UpstreamScope, session: Session) {
        self.scope = scope
        self.session = session
    }

    var exchange: Int? {
        switch stream {
        case .opening(let id), .open(let id): id
        case .closed, .waiting, .none: nil
        }
    }

    /// Begins again with another session.
    func startOver(with session: Session) {
        self.session = session
        awaitsNext = false
        for address in resources.keys {
            resources[address]?.isAsked = false
            resources[address]?.isTaken = false
        }
        stream = .closed
        isStreamDecided = false
        hasMissed = true
        lastEventID = nil
    }
}

import Gateway
import MCPMessages
import NIOCore
import Synchronization

/// The stream on which a legacy server speaks outside any request (revision 2025-11-25, "Listening for Messages from the
/// Server").
extension WatchDesk {
    func openStream(_ watched: WatchedSession) {
        if watched.session.isEventStream {
            // All it says comes on the one stream that is open as long as the session.
            watched.stream = .none
            return decided(watched)
        }
        let id = core.nextID()
        let session = watched.session
        watched.stream = .opening(id)
        let sink = StreamSink(
            opened: { if watched.exchange == id { self.opened(watched, id) } },
            heard: { message, eventID in
                guard watched.exchange == id else { return }
                watched.lastEventID = eventID ?? watched.lastEventID
                self.owner.heard(message, in: session, of: watched.scope)
            },
            ended: { ending, eventID, retry in
                guard watched.exchange == id else { return }
                watched.lastEventID = eventID ?? watched.lastEventID
                watched.retry = retry ?? watched.retry
                self.ended(watched, ending)
            })
        owner.post(
            .stream(session, after: watched.lastEventID), id: id, on: .legacy(session), within: .zero,
            to: .stream(sink))
        later(HTTPLimits.streamOpening) { if watched.exchange == id { self.decided(watched) } }
    }

    func closeStream(_ watched: WatchedSession) {
        guard let exchange = watched.exchange else { return }
        watched.stream = .closed
        owner.cancel(exchange)
    }

    private func opened(_ watched: WatchedSession, _ id: Int) {
        watched.stream = .open(id)
        watched.comeback.stands(since: .now())
        watched.hasMetLoss = false
        core.answersGET.store(true, ordering: .relaxed)
        if watched.hasMissed {
            watched.hasMissed = false
            let lists = watched.watchers.reduce(into: Set<ListKind>()) { $0.formUnion(watches[$1]?.lists ?? []) }
            for kind in lists { core.onEvent(.changed(kind)) }
        }
        decided(watched)
    }

    private func decided(_ watched: WatchedSession) {
        guard !watched.isStreamDecided else { return }
        watched.isStreamDecided = true
        for id in watched.watchers { watches[id]?.came(.stream) }
        let hearers = watched.hearers
        watched.hearers = []
        for hearer in hearers { hearer() }
        subscribe(watched)
    }

    private func ended(_ watched: WatchedSession, _ ending: Ending) {
        let wait = watched.comeback.ended(at: .now(), retry: watched.retry, pace: core.pace)
        watched.stream = .waiting
        if case .status(let head, _) = ending {
            // That the session is gone, or that there is no such stream: what a new session says of it tells which.
            if head.status == 404, watched.session.id != nil, !watched.hasMetLoss {
                watched.hasMetLoss = true
                return owner.lost(watched.session, of: watched.scope)
            }
            if Self.saysThereIsNone(head.status) {
                watched.stream = .none
                watched.session.hasNoStream.store(true, ordering: .relaxed)
                return decided(watched)
            }
        }
        // What cannot be gone on with has been missed.
        if watched.lastEventID == nil { watched.hasMissed = true }
        decided(watched)
        later(wait) {
            guard self.sessions[SessionKey(watched.scope)] === watched, case .waiting = watched.stream else { return }
            self.openStream(watched)
        }
    }

    /// 405 is the word; servers are met that say it otherwise. What is about access or load passes.
    private static func saysThereIsNone(_ status: Int) -> Bool {
        switch status {
        case 401, 403, 407, 408, 409, 425, 429: false
        case 400..<500, 501: true
        default: false
        }
    }

    /// Keeps the stream of a session for as long as calls are open in it.
    ///
    /// - Parameter whenHeard: called once it is known what becomes of the stream; not at all where the session ends before.
    func keepStream(of session: Session, for scope: UpstreamScope, whenHeard: (() -> Void)? = nil) {
        guard !isClosed else { return }
        let watched = watched(session, of: scope)
        closeIfUnneeded(watched)
        guard let whenHeard else { return }
        watched.isStreamDecided ? whenHeard() : watched.hearers.append(whenHeard)
    }

    /// Ends the stream that nobody watches, at once or when no call has been open for a while.
    func closeIfUnneeded(_ watched: WatchedSession) {
        guard watched.watchers.isEmpty, sessions[SessionKey(watched.scope)] === watched, !watched.isLingering else {
            return
        }
        guard watched.session.openCalls.load(ordering: .relaxed) > 0 else { return drop(watched) }
        watched.isLingering = true
        later(HTTPLimits.streamLinger) {
            watched.isLingering = false
            self.closeIfUnneeded(watched)
        }
    }

    private func drop(_ watched: WatchedSession) {
        sessions[SessionKey(watched.scope)] = nil
        watched.session.isWatched.store(false, ordering: .relaxed)
        closeStream(watched)
    }
}

import Gateway
import MCPMessages
import NIOCore
import Synchronization
import WireJSON

/// Watching in a legacy session (revision 2025-11-25, "Resources", "Subscriptions").
extension WatchDesk {
    func join(_ watch: Watch, in session: Session) {
        let watched = watched(session, of: watch.scope)
        watched.watchers.insert(watch.id)
        for address in watch.resources {
            watched.resources[address, default: WatchedSession.Subscription(watchers: [])].watchers.insert(watch.id)
            if watched.resources[address]?.isTaken != true { watch.pending.insert(.resource(address)) }
        }
        if !watched.isStreamDecided { watch.pending.insert(.stream) }
        if watch.pending.isEmpty { watch.settle(nil) }
        subscribe(watched)
    }

    /// The scope's watched session, with its stream on the way.
    func watched(_ session: Session, of scope: UpstreamScope) -> WatchedSession {
        let key = SessionKey(scope)
        let watched = sessions[key] ?? WatchedSession(scope: scope, session: session)
        if sessions[key] == nil {
            sessions[key] = watched
            session.isWatched.store(true, ordering: .relaxed)
        } else if watched.session !== session {
            takeUp(session, in: watched)
        }
        if case .closed = watched.stream { openStream(watched) }
        return watched
    }

    func leaveSession(_ watch: Watch) {
        let key = SessionKey(watch.scope)
        guard let watched = sessions[key], watched.watchers.remove(watch.id) != nil else { return }
        for address in watch.resources {
            watched.resources[address]?.watchers.remove(watch.id)
            guard let left = watched.resources[address], left.watchers.isEmpty else { continue }
            watched.resources[address] = nil
            if left.isAsked { ask("resources/unsubscribe", address, in: watched.session) { _ in } }
        }
        closeIfUnneeded(watched)
    }

    /// Asks for everything that has not been asked for, once the stream is there to hear of it.
    func subscribe(_ watched: WatchedSession) {
        guard watched.isStreamDecided else { return }
        for (address, subscription) in watched.resources where !subscription.isAsked {
            watched.resources[address]?.isAsked = true
            let session = watched.session
            ask("resources/subscribe", address, in: session) { ending in
                guard self.sessions[SessionKey(watched.scope)] === watched, watched.session === session else { return }
                self.subscribed(address, in: watched, ending)
            }
        }
    }

    private func subscribed(_ address: [UInt8], in watched: WatchedSession, _ ending: Ending) {
        guard let subscription = watched.resources[address] else { return }
        if case .answered(.result, _) = ending {
            watched.resources[address]?.isTaken = true
            watched.resources[address]?.hasMetLoss = false
            for id in subscription.watchers { watches[id]?.came(.resource(address)) }
        } else if watched.session.id != nil, UpstreamLoop.saysSessionIsGone(ending), !subscription.hasMetLoss {
            watched.resources[address]?.hasMetLoss = true
            owner.lost(watched.session, of: watched.scope)
        } else {
            // Those that were served before keep the rest of what they watch.
            for id in subscription.watchers {
                guard let watch = watches[id], !watch.isSettled else { continue }
                end(watch, Self.refusal(ending))
            }
        }
    }

    private func ask(_ method: String, _ address: [UInt8], in session: Session, _ then: @escaping (Ending) -> Void) {
        let id = core.nextID()
        var params = JSONWriter()
        params.beginObject()
        params.key("uri")
        params.string(utf8: address)
        params.endObject()
        let body = MessageWriter.request(method, params: params.bytes, id: .integer(id))
        owner.post(
            .message(body, method: method), id: id, on: .legacy(session), within: TimeAmount(core.timeouts.list),
            expectsAnswer: true, to: .house(then))
    }

    /// A session is over, as somebody has met: what was watched in it is watched in the next.
    func lost(_ session: Session, of scope: UpstreamScope) {
        guard let watched = sessions[SessionKey(scope)], watched.session === session, !watched.awaitsNext else {
            return
        }
        closeStream(watched)
        guard !watched.watchers.isEmpty else {
            sessions[SessionKey(scope)] = nil
            return
        }
        watched.stream = .waiting
        watched.awaitsNext = true
        let wait = watched.successions.ended(at: .now(), pace: core.pace)
        // One session's end is nothing out of the ordinary; those that end as soon as they began are.
        guard watched.successions.failures > 1 else { return takeUpNext(watched) }
        later(wait) { self.takeUpNext(watched) }
    }

    private func takeUpNext(_ watched: WatchedSession) {
        let key = SessionKey(watched.scope)
        guard sessions[key] === watched else { return }
        agree(on: watched.scope) { desk, route in
            guard let watched = desk.sessions[key] else { return }
            switch route {
            case .success(.legacy(let session)):
                if watched.session !== session { desk.takeUp(session, in: watched) }
                if case .waiting = watched.stream { watched.stream = .closed }
                if case .closed = watched.stream { desk.openStream(watched) }
            case .success(.modern), .success(.opening): desk.move(watched.watchers)
            case .failure(let failure):
                for id in watched.watchers {
                    if let watch = desk.watches[id], !watch.isSettled { desk.end(watch, failure) }
                }
                let wait = watched.successions.ended(at: .now(), pace: desk.core.pace)
                desk.later(wait) { desk.takeUpNext(watched) }
            }
        }
    }

    private func takeUp(_ session: Session, in watched: WatchedSession) {
        closeStream(watched)
        watched.startOver(with: session)
        watched.successions.stands(since: .now())
        session.isWatched.store(true, ordering: .relaxed)
    }
}

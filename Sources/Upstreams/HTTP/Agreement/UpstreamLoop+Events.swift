import Gateway
import MCPMessages
import NIOCore
import WireJSON

/// Sessions with servers of 2024-11-05 ("HTTP with SSE"): a stream that says where messages are to be sent, and on which
/// everything the server says comes. The session lasts as long as the stream.
extension UpstreamLoop {
    /// Opens one; where the server does not speak this either, the handshake failed as it had.
    func openEvents(_ scope: UpstreamScope, otherwise failure: UpstreamFailure, _ refusal: HandshakeRefusal) {
        let opening = EventSession(scope: scope, stream: core.nextID())
        let id = opening.stream
        let sink = StreamSink(
            opened: {}, heard: { message, _ in self.heard(message, in: opening) },
            endpoint: { self.found($0, opening) },
            ended: { ending, _, _ in
                if opening.hasFailed { return }
                if opening.endpoint == nil {
                    opening.hasFailed = true
                    self.couldNotOpen(scope, failure, refusal)
                } else {
                    self.ended(opening, ending)
                }
            })
        post(.stream(nil, after: nil), id: id, on: .opening, within: .zero, to: .stream(sink))
        loop.assumeIsolated().scheduleTask(in: TimeAmount(core.timeouts.start)) {
            if opening.session == nil {
                self.giveUp(id, UpstreamFailure(.timedOut, "the stream of events does not begin a session"))
            }
        }
    }

    /// The server has said where messages go; a second word on it is none.
    private func found(_ text: [UInt8], _ opening: EventSession) {
        guard opening.endpoint == nil else { return }
        do throws(UpstreamFailure) {
            opening.endpoint = try MessageEndpoint(
                text, at: core.address, headers: core.headers, stream: opening.stream)
        } catch {
            return endBeforeSession(opening, error)
        }
        guard let endpoint = opening.endpoint else { return }
        let id = core.nextID()
        opening.greeting = id
        // Its answer comes on the stream, so that only the sending of it is this exchange's.
        let route = Session.provisional(endpoint).map(Route.legacy) ?? .opening
        post(
            .message(greeting(opening.scope, id: id), method: "initialize"), id: id, on: route,
            within: TimeAmount(core.timeouts.start), expectsAnswer: true,
            to: .house { ending in self.initialized(opening, InitializeVerdict(ending, endpoint: endpoint)) })
    }

    private func initialized(_ opening: EventSession, _ verdict: InitializeVerdict) {
        switch verdict {
        case .failed(let failure, _): endBeforeSession(opening, failure)
        case .opened(let session):
            opening.session = session
            initialized(verdict, opening.scope)
        }
    }

    private func endBeforeSession(_ opening: EventSession, _ failure: UpstreamFailure) {
        guard !opening.hasFailed else { return }
        opening.hasFailed = true
        couldNotOpen(opening.scope, failure, .none)
        giveUp(opening.stream, failure)
    }

    private func heard(_ message: Message, in opening: EventSession) {
        if let session = opening.session { return heard(message, in: session, of: opening.scope) }
        guard case .response(let response) = message, let id = opening.greeting, response.id == .integer(id) else {
            return
        }
        exchanges[id]?.answered(response)
    }

    /// The stream is over, and the session with it: what is open has no answer to come.
    private func ended(_ opening: EventSession, _ ending: Ending) {
        let failure = UpstreamFailure(.closed, "the server's stream of events ended: \(ending.failure?.detail ?? "")")
        guard let session = opening.session else { return endBeforeSession(opening, failure) }
        lost(session, of: opening.scope)
        everywhere { home in
            for exchange in Array(home.exchanges.values) where exchange.route?.session === session {
                if case .ended = exchange.stage { continue }
                home.giveUp(exchange.id, failure)
            }
        }
    }
}

extension Session {
    /// What `initialize` is sent in, before there is a session.
    fileprivate static func provisional(_ endpoint: MessageEndpoint) -> Session? {
        guard let nothing = try? JSON(Array("{}".utf8)) else { return nil }
        let description = UpstreamDescription(version: .v2024_11_05, result: nothing)
        return Session(version: .v2024_11_05, description: description, id: nil, endpoint: endpoint)
    }
}

/// A session of that kind, from the opening of its stream on.
private final class EventSession {
    let scope: UpstreamScope
    let stream: Int
    var endpoint: MessageEndpoint?
    /// The id `initialize` went out with.
    var greeting: Int?
    var session: Session?
    var hasFailed = false

    init(scope: UpstreamScope, stream: Int) {
        self.scope = scope
        self.stream = stream
    }
}

import Gateway
import NIOCore
import Synchronization

/// One request's way back to its client: hands what the line says to the connection, on the connection's own loop.
///
/// A connection is used for one request after another; what comes late for an earlier one finds another number and is
/// dropped. Once a legacy request's stream has begun it belongs to the session: what is said goes there, whatever becomes
/// of the connection, which is then its reader.
final class ClientStream: Answering, EventReader {
    private let loop: any EventLoop
    private let connection: NIOLoopBound<MCPEndpointHandler>
    private let number: Int

    private enum Route {
        case connection(Conversation?)
        case session(EventStream)
    }

    private let route = Mutex(Route.connection(nil))

    init(_ connection: MCPEndpointHandler, number: Int, on loop: any EventLoop) {
        self.loop = loop
        self.connection = NIOLoopBound(connection, eventLoop: loop)
        self.number = number
    }

    /// The session's stream on which the request is answered; nil where its connection is all there is.
    var events: EventStream? {
        route.withLock { if case .session(let events) = $0 { events } else { nil } }
    }

    /// Hands the request's stream, which is about to begin, to its session.
    ///
    /// - Returns: the reading of it, and whether it begins by naming itself; nil where no session keeps streams of it.
    func openEvents() -> (reading: Reading, isPrimed: Bool)? {
        route.withLock { route in
            guard case .connection(let conversation?) = route, let events = conversation.streams?.open(),
                let reading = events.read(by: self)
            else { return nil }
            route = .session(events)
            return (reading, conversation.isPriming)
        }
    }

    func belongs(to conversation: Conversation) {
        guard conversation.streams != nil else { return }
        route.withLock { $0 = .connection(conversation) }
    }

    func begin(session: String) {
        onLoop { $0.begin(session: session, request: $1) }
    }

    func notify(_ message: [UInt8]) {
        onLoop { [self] in
            if let events { events.notify(message) } else { $0.notify(message, request: $1) }
        }
    }

    func finish(_ answer: Answer) {
        onLoop { [self] in
            if let events { events.finish(answer) } else { $0.finish(answer, request: $1) }
        }
    }

    func eventsAreWaiting() {
        onLoop { $0.takeEvents(request: $1) }
    }

    /// At once where the caller is on the loop already, which is every plain call.
    private func onLoop(_ perform: @escaping @Sendable (MCPEndpointHandler, Int) -> Void) {
        guard !loop.inEventLoop else { return perform(connection.value, number) }
        loop.execute { [connection, number] in perform(connection.value, number) }
    }
}

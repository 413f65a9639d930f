import Gateway
import NIOCore

/// One request's way back to its client: hands what the line says to the connection, on the connection's own loop.
///
/// A connection is used for one request after another; what comes late for an earlier one finds another number and is
/// dropped.
final class ClientStream: Answering {
    private let loop: any EventLoop
    private let connection: NIOLoopBound<MCPEndpointHandler>
    private let number: Int

    init(_ connection: MCPEndpointHandler, number: Int, on loop: any EventLoop) {
        self.loop = loop
        self.connection = NIOLoopBound(connection, eventLoop: loop)
        self.number = number
    }

    func begin(session: String) {
        onLoop { $0.begin(session: session, request: $1) }
    }

    func notify(_ message: [UInt8]) {
        onLoop { $0.notify(message, request: $1) }
    }

    func finish(_ answer: Answer) {
        onLoop { $0.finish(answer, request: $1) }
    }

    /// At once where the caller is on the loop already, which is every plain call.
    private func onLoop(_ perform: @escaping @Sendable (MCPEndpointHandler, Int) -> Void) {
        guard !loop.inEventLoop else { return perform(connection.value, number) }
        loop.execute { [connection, number] in perform(connection.value, number) }
    }
}

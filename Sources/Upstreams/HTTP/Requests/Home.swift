import Fetching
import Gateway
import NIOCore
import NIOSSL

/// An upstream's part on one event loop, as seen from anywhere.
struct Home: Sendable {
    let loop: any EventLoop
    private let bound: NIOLoopBoundBox<UpstreamLoop>

    init(core: UpstreamCore, address: UpstreamAddress, tls: NIOSSLContext?, loop: any EventLoop) {
        self.loop = loop
        let connector = Connector(address: address, tls: tls, timeout: TimeAmount(core.timeouts.connect), loop: loop)
        bound = .makeBoxSendingValue(UpstreamLoop(core: core, connector: connector, loop: loop), eventLoop: loop)
    }

    /// The part itself; on its own loop only.
    var value: UpstreamLoop { bound.value }

    /// Runs `body` at the loop's next turn, after everything that was given to it before.
    func execute(_ body: @escaping @Sendable (UpstreamLoop) -> Void) {
        loop.execute { body(bound.value) }
    }

    func run<Value: Sendable>(_ body: @escaping @Sendable (UpstreamLoop) -> Value) async throws -> Value {
        try await loop.submit { body(bound.value) }.get()
    }
}

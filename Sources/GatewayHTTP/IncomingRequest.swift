import NIOCore

/// A request that is being received: what its head came to, and its body so far.
struct IncomingRequest {
    let head: Result<RequestHead, HeadRefusal>
    let isHead: Bool
    /// Whether the client wants the connection kept after the answer.
    let keepsAlive: Bool
    private(set) var body: [UInt8] = []
    /// How much of a body came in, bytes.
    private(set) var size = 0

    /// - Parameter length: how long the body is to be, where that was said.
    init(_ head: Result<RequestHead, HeadRefusal>, isHead: Bool, length: Int?, keepsAlive: Bool) {
        self.head = head
        self.isHead = isHead
        self.keepsAlive = keepsAlive
        if case .success = head { body.reserveCapacity(min(length ?? 0, 64 * 1024)) }
    }

    /// The exchange in which it is answered.
    var exchange: Exchange {
        var exchange = Exchange(keepsAlive: keepsAlive, isHead: isHead)
        if case .failure(let refusal) = head {
            exchange.allowedMethods = refusal.allowedMethods
            exchange.challenge = refusal.challenge
        }
        return exchange
    }

    /// Takes a part of the body. Of a request that is refused already, only the size is kept.
    mutating func take(_ bytes: ByteBuffer) {
        size += bytes.readableBytes
        if case .success = head { body.append(contentsOf: bytes.readableBytesView) }
    }
}

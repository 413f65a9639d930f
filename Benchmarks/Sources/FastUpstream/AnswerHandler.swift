import NIOCore

/// Answers every whole request in what one connection received, with one write for all of them.
final class AnswerHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let served: ServedCalls
    /// The beginning of a request whose rest has not arrived.
    private var pending = ByteBuffer()
    /// Reused for every answer: once written to the socket nobody else holds its storage.
    private var output = ByteBuffer()

    init(counting served: ServedCalls) {
        self.served = served
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var input = unwrapInboundIn(data)
        if pending.readableBytes > 0 {
            pending.writeBuffer(&input)
            swap(&input, &pending)
            pending.clear()
        }
        output.clear()
        while input.readableBytes > 0, let end = answerFirst(in: input) {
            input.moveReaderIndex(forwardBy: end)
        }
        if input.readableBytes > 0 { pending = input }
        if output.readableBytes > 0 { context.writeAndFlush(wrapOutboundOut(output), promise: nil) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    /// Answers the first request in `input` and returns where it ends; nil when it is not whole yet.
    private func answerFirst(in input: ByteBuffer) -> Int? {
        let bytes = input.readableBytesUInt8Span
        switch frame(bytes) {
        case .incomplete:
            return nil
        case .unreadable:
            write(.unreadable, to: 0..<0, of: bytes)
            return bytes.count
        case .request(isPost: false, let body):
            writeCount()
            return body.upperBound
        case .request(isPost: true, let body):
            let message = envelope(of: bytes, in: body)
            if isEqual(bytes, message.method, "tools/call") {
                served.add()
                write(.call, to: message.id, of: bytes)
            } else {
                write(.to(bytes, message.method), to: message.id, of: bytes)
            }
            return body.upperBound
        }
    }

    private func write(_ answer: Answer, to id: Range<Int>, of bytes: Span<UInt8>) {
        let length = answer.member.isEmpty ? 0 : Self.beforeID.count + id.count + answer.member.count + 2
        output.writeStaticString("HTTP/1.1 ")
        output.writeBytes(answer.status)
        output.writeStaticString("\r\nContent-Type: application/json\r\nContent-Length: ")
        output.writeDecimal(length)
        output.writeStaticString("\r\n\r\n")
        guard length > 0 else { return }
        output.writeBytes(Self.beforeID)
        output.writeBytes(bytes.extracting(id).bytes)
        output.writeInteger(UInt8(ascii: ","))
        output.writeBytes(answer.member)
        output.writeInteger(UInt8(ascii: "}"))
    }

    private func writeCount() {
        let count = String(served.total)
        output.writeString("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: \(count.utf8.count)\r\n\r\n")
        output.writeString(count)
    }

    private static let beforeID = Array(#"{"jsonrpc":"2.0","id":"#.utf8)
}

extension ByteBuffer {
    /// Writes a length below 10,000 as decimal text, without making a string of it.
    fileprivate mutating func writeDecimal(_ value: Int) {
        precondition(value < 10_000, "an answer of this server is shorter than 10,000 bytes")
        var divisor = 1000
        while divisor > 1, value < divisor { divisor /= 10 }
        while divisor > 0 {
            writeInteger(UInt8(ascii: "0") + UInt8(value / divisor % 10))
            divisor /= 10
        }
    }
}

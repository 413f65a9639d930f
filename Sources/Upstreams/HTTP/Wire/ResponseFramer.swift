import NIOCore

/// Tells HTTP/1.1 responses apart in a stream of bytes, in any division of the bytes.
///
/// Small and strict: a server is no browser's peer, and what two readers could frame differently is refused with a
/// ``FramingError``, after which nothing more may be read. RFC 9112. Chunk extensions are skipped when they are
/// tokens (section 7.1.1 has a recipient ignore them); trailers are checked and dropped; interim responses are skipped.
struct ResponseFramer {
    enum Event: Equatable {
        case head(ResponseHead)
        case body(ByteBuffer)
        case end
    }

    private enum Stage {
        case statusLine
        case fields
        case length(Int)
        case untilClose
        case chunkSize
        case chunk(Int)
        case chunkEnd
        case trailers
    }

    private var stage = Stage.statusLine
    /// The head whose fields are being read.
    private var head: ResponseHead?
    /// Bytes of the unfinished line that are known to hold no line feed.
    private var searched = 0
    /// Bytes and fields of this response's head, or of its trailers.
    private var lineBytes = 0
    private var fields = 0
    private var interim = 0

    /// Whether nothing of a response has been read.
    var isBetweenResponses: Bool {
        guard case .statusLine = stage else { return false }
        return interim == 0
    }

    /// The next event in `buffer`, which keeps what is not used yet; nil when more bytes are needed.
    mutating func next(_ buffer: inout ByteBuffer) throws(FramingError) -> Event? {
        while true {
            switch stage {
            case .statusLine:
                guard let count = try line(in: buffer, limit: HTTPLimits.headBytes) else { return nil }
                head = try ResponseHead(statusLine: buffer.readableBytesUInt8Span.extracting(first: count))
                skipLine(count, in: &buffer)
                stage = .fields
            case .fields:
                guard let count = try line(in: buffer, limit: HTTPLimits.headBytes) else { return nil }
                if count > 0 {
                    try countField()
                    try head?.take(buffer.readableBytesUInt8Span.extracting(first: count))
                    skipLine(count, in: &buffer)
                    continue
                }
                skipLine(count, in: &buffer)
                if let head = try finishHead() { return .head(head) }
            case .length(let left):
                if left == 0 { return end() }
                guard let slice = buffer.readSlice(length: min(left, buffer.readableBytes)), slice.readableBytes > 0
                else {
                    return nil
                }
                stage = .length(left - slice.readableBytes)
                return .body(slice)
            case .untilClose:
                guard buffer.readableBytes > 0, let slice = buffer.readSlice(length: buffer.readableBytes) else {
                    return nil
                }
                return .body(slice)
            case .chunkSize:
                guard let count = try line(in: buffer, limit: HTTPLimits.chunkLineBytes) else { return nil }
                let size = try ChunkSize.read(buffer.readableBytesUInt8Span.extracting(first: count))
                skipLine(count, in: &buffer)
                lineBytes = 0
                fields = 0
                stage = size == 0 ? .trailers : .chunk(size)
            case .chunk(let left):
                guard let slice = buffer.readSlice(length: min(left, buffer.readableBytes)), slice.readableBytes > 0
                else {
                    return nil
                }
                stage = slice.readableBytes == left ? .chunkEnd : .chunk(left - slice.readableBytes)
                return .body(slice)
            case .chunkEnd:
                guard let first = buffer.getInteger(at: buffer.readerIndex, as: UInt8.self) else { return nil }
                guard first == 0x0D else { throw .chunkEnd }
                guard buffer.readableBytes >= 2 else { return nil }
                guard buffer.readInteger(as: UInt16.self) == 0x0D0A else { throw .chunkEnd }
                stage = .chunkSize
            case .trailers:
                guard let count = try line(in: buffer, limit: HTTPLimits.headBytes) else { return nil }
                if count > 0 {
                    try countField()
                    try Self.checkTrailer(buffer.readableBytesUInt8Span.extracting(first: count))
                }
                skipLine(count, in: &buffer)
                if count == 0 { return end() }
            }
        }
    }

    /// The connection ended: the end of a body that only this could end, nothing between responses, else an error.
    mutating func closed() throws(FramingError) -> Event? {
        if case .untilClose = stage { return end() }
        guard isBetweenResponses, searched == 0 else { throw .endedEarly }
        return nil
    }
}

extension ResponseFramer {
    /// The head whose last field has been read; nil for an interim one, which is skipped.
    private mutating func finishHead() throws(FramingError) -> ResponseHead? {
        guard var head else { return nil }
        try head.close()
        self.head = nil
        lineBytes = 0
        fields = 0
        if head.status < 200 {
            guard head.status != 101, !head.closes else { throw .protocolSwitch }
            interim += 1
            guard interim <= HTTPLimits.interimResponses else { throw .tooManyInterimResponses }
            stage = .statusLine
            return nil
        }
        begin(head.body)
        return head
    }

    private mutating func begin(_ body: ResponseHead.Body) {
        switch body {
        case .none: stage = .length(0)
        case .length(let length): stage = .length(length)
        case .chunked: stage = .chunkSize
        case .untilClose: stage = .untilClose
        }
    }

    private mutating func end() -> Event {
        self = ResponseFramer()
        return .end
    }

    private mutating func countField() throws(FramingError) {
        fields += 1
        guard fields <= HTTPLimits.headFields else { throw .tooManyFields }
    }

    /// The length of the next line without its CR LF; nil when its end has not come. Every byte is looked at once.
    private mutating func line(in buffer: ByteBuffer, limit: Int) throws(FramingError) -> Int? {
        let bytes = buffer.readableBytesUInt8Span
        var index = searched
        while index < bytes.count, bytes[index] != 0x0A { index += 1 }
        guard lineBytes + index < limit else { throw .headTooLarge }
        guard index < bytes.count else {
            searched = index
            return nil
        }
        guard index > 0, bytes[index - 1] == 0x0D else { throw .bareLineFeed }
        return index - 1
    }

    private mutating func skipLine(_ count: Int, in buffer: inout ByteBuffer) {
        buffer.moveReaderIndex(forwardBy: count + 2)
        lineBytes += count + 2
        searched = 0
    }

    /// RFC 9110 section 6.5.1: what frames a message cannot come after it.
    private static func checkTrailer(_ line: borrowing Span<UInt8>) throws(FramingError) {
        let (name, _) = try ResponseHead.field(line)
        let reframes =
            FieldSyntax.spells(line, name, "content-length")
            || FieldSyntax.spells(line, name, "transfer-encoding") || FieldSyntax.spells(line, name, "connection")
        if reframes { throw .trailer }
    }
}

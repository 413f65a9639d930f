/// What a response says before its body, as far as it is of use here.
struct ResponseHead: Sendable, Equatable {
    /// How the end of the body is told (RFC 9112 section 6.3).
    enum Body: Sendable, Equatable {
        case none
        case length(Int)
        case chunked
        case untilClose
    }

    enum Content: Sendable, Equatable {
        case json
        case events
        /// As received, for operators; empty when there is no `Content-Type`, or more than one.
        case other([UInt8])
    }

    var status = 0
    var isHTTP10 = false
    var body = Body.untilClose
    var content = Content.other([])
    /// Whether the body is compressed or otherwise encoded; it was not asked to be.
    var isEncoded = false
    var sessionID: [UInt8]?
    /// Where a redirect points, for operators.
    var location: [UInt8] = []
    /// Whether the connection ends with this response.
    var closes = false
    /// For how many seconds the server says it keeps an idle connection.
    var keepAliveSeconds: Int?

    private var length: Int?
    private var isChunked = false
    private var hasContent = false

    /// Of an answer that came on another stream.
    static let accepted = ResponseHead(status: 202)

    private init(status: Int) { self.status = status }

    /// Reads `HTTP/1.1 200 OK`; the reason, and the space before it, may be missing.
    init(statusLine line: borrowing Span<UInt8>) throws(FramingError) {
        guard line.count >= 12, FieldSyntax.spells(line, 5..<7, "1."), line[8] == 0x20 else { throw .statusLine }
        guard line[0] == UInt8(ascii: "H"), line[1] == UInt8(ascii: "T"), line[2] == UInt8(ascii: "T"),
            line[3] == UInt8(ascii: "P"), line[4] == UInt8(ascii: "/")
        else { throw .statusLine }
        switch line[7] {
        case UInt8(ascii: "1"): isHTTP10 = false
        case UInt8(ascii: "0"): isHTTP10 = true
        default: throw .statusLine
        }
        guard let status = Decimal.read(line, 9..<12, limit: 599), status >= 100 else { throw .status }
        guard line.count == 12 || line[12] == 0x20 else { throw .status }
        for index in 12..<line.count where !FieldSyntax.isValue(line[index]) { throw .statusLine }
        self.status = status
        closes = isHTTP10
    }

    /// Takes one `name: value` line.
    mutating func take(_ line: borrowing Span<UInt8>) throws(FramingError) {
        let (name, value) = try Self.field(line)
        switch name.count {
        case 10 where FieldSyntax.spells(line, name, "connection"):
            try Self.refuseTabs(line)
            if Self.list(line, value, names: "close") { closes = true }
        case 10 where FieldSyntax.spells(line, name, "keep-alive"):
            keepAliveSeconds = Self.timeout(line, value)
        case 12 where FieldSyntax.spells(line, name, "content-type"):
            content = hasContent ? .other([]) : Self.content(line, value)
            hasContent = true
        case 14 where FieldSyntax.spells(line, name, "content-length"):
            guard length == nil else { throw .repeatedContentLength }
            try Self.refuseTabs(line)
            guard let count = Decimal.read(line, value, limit: Int.max) else { throw .contentLength }
            length = count
        case 14 where FieldSyntax.spells(line, name, "mcp-session-id"):
            guard sessionID == nil else { throw .fieldSyntax }
            sessionID = Self.bytes(line, value)
        case 16 where FieldSyntax.spells(line, name, "content-encoding"):
            if !FieldSyntax.spells(line, value, "identity") { isEncoded = true }
        case 17 where FieldSyntax.spells(line, name, "transfer-encoding"):
            guard !isChunked, FieldSyntax.spells(line, value, "chunked") else { throw .transferEncoding }
            try Self.refuseTabs(line)
            isChunked = true
        case 8 where status / 100 == 3 && FieldSyntax.spells(line, name, "location"):
            location = Array(Self.bytes(line, value).prefix(HTTPLimits.quotedBytes))
        default: break
        }
    }

    /// Decides how the body ends, once all fields are known.
    mutating func close() throws(FramingError) {
        if isChunked, length != nil { throw .lengthAndTransferEncoding }
        // RFC 9112 section 6.1: an HTTP/1.0 peer cannot mean a transfer coding.
        if isChunked, isHTTP10 { throw .transferEncoding }
        switch status {
        case 100..<200, 204:
            if isChunked || length ?? 0 > 0 { throw .bodyWhereNoneBelongs }
            body = .none
        case 304: body = .none
        default:
            if isChunked {
                body = .chunked
            } else if let length {
                body = length == 0 ? .none : .length(length)
            } else {
                body = .untilClose
                closes = true
            }
        }
    }
}

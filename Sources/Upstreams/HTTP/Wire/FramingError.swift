/// Why a response cannot be told from the next one. The connection it came on is closed.
///
/// One case for each thing that two readers could take differently (RFC 9112 sections 2.2, 5, 6, 7 and 11), or that is
/// over a bound.
enum FramingError: Error, Sendable, Equatable, CaseIterable {
    case bareLineFeed
    case statusLine
    case status
    case fieldSyntax
    case foldedField
    case headTooLarge
    case tooManyFields
    case tooManyInterimResponses
    case protocolSwitch
    case contentLength
    case repeatedContentLength
    case transferEncoding
    case lengthAndTransferEncoding
    case bodyWhereNoneBelongs
    case chunkSize
    case chunkEnd
    case trailer
    case endedEarly
}

extension FramingError: CustomStringConvertible {
    var description: String {
        switch self {
        case .bareLineFeed: "a line does not end with CR LF"
        case .statusLine: "the first line is no HTTP/1.1 status line"
        case .status: "the status is not a number from 100 to 599"
        case .fieldSyntax: "a header field is malformed"
        case .foldedField: "a header field is folded over two lines"
        case .headTooLarge: "the header is larger than \(HTTPLimits.headBytes) bytes"
        case .tooManyFields: "there are more than \(HTTPLimits.headFields) header fields"
        case .tooManyInterimResponses: "too many interim responses"
        case .protocolSwitch: "an interim response changes the protocol or ends the connection"
        case .contentLength: "`Content-Length` is no number of bytes"
        case .repeatedContentLength: "`Content-Length` is given twice"
        case .transferEncoding: "`Transfer-Encoding` is something other than `chunked`"
        case .lengthAndTransferEncoding: "`Content-Length` and `Transfer-Encoding` are both given"
        case .bodyWhereNoneBelongs: "a response that has no body announces one"
        case .chunkSize: "a chunk's size line is malformed"
        case .chunkEnd: "a chunk does not end where its size says"
        case .trailer: "a trailer field is malformed or changes the framing"
        case .endedEarly: "the connection ended inside a response"
        }
    }
}

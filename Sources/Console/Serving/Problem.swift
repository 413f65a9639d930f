import HTTPTypes
import Hummingbird
import WireJSON

/// Why a request is not answered as asked: thrown by handlers, told as a page to people and as RFC 9457 problem details
/// to programs.
struct Problem: Error {
    let status: HTTPResponse.Status
    /// What whoever asks can do about it, in a sentence; nothing of the inside.
    let detail: String?
    /// A word for programs, where there are several reasons for one status.
    let code: String?
    /// Further header fields, such as `WWW-Authenticate`.
    let headers: HTTPFields

    init(_ status: HTTPResponse.Status, _ detail: String? = nil, code: String? = nil, headers: HTTPFields = [:]) {
        self.status = status
        self.detail = detail
        self.code = code
        self.headers = headers
    }

    /// The status in words for people.
    var title: String {
        switch status.code {
        case 404: "There is nothing at this address"
        case 500: "Something went wrong here"
        case 503: "This takes too long, or has to wait"
        default: status.reasonPhrase
        }
    }

    /// `application/problem+json`.
    func answer(requestID: String) -> Response {
        var writer = JSONWriter()
        writer.object { json in
            json.member("type", "about:blank")
            json.member("title", status.reasonPhrase)
            json.member("status", status.code)
            if let detail { json.member("detail", detail) }
            if let code { json.member("code", code) }
            json.member("request", requestID)
        }
        var fields = headers
        fields[.contentType] = "application/problem+json"
        return Response(status: status, headers: fields, body: .init(byteBuffer: ByteBuffer(bytes: writer.bytes)))
    }
}

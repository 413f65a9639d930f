import HTTPTypes
import Hummingbird

/// Answers that are the same for everybody: a browser keeps them and asks whether they changed.
enum PublicAnswer {
    static func page(_ page: Page, to request: Request) -> Response {
        answer(Layout.document(page), "text/html; charset=utf-8", to: request)
    }

    static func json(_ json: [UInt8], to request: Request) -> Response {
        answer(json, "application/json", to: request)
    }

    /// 304 where the browser has it already (RFC 9110, section 13.1.2).
    private static func answer(_ content: [UInt8], _ mediaType: String, to request: Request) -> Response {
        let tag = "\"\(ContentDigest.short(content))\""
        let fields: HTTPFields = [.contentType: mediaType, .cacheControl: "public, no-cache", .eTag: tag]
        let known = request.headers[values: .ifNoneMatch].flatMap { $0.split(separator: ",") }
        if known.contains(where: {
            $0.trimmingPrefix(while: \.isWhitespace).elementsEqual(tag) || $0.hasSuffix("W/\(tag)")
        }) {
            return Response(status: .notModified, headers: fields)
        }
        return Response(status: .ok, headers: fields, body: .init(byteBuffer: ByteBuffer(bytes: content)))
    }
}

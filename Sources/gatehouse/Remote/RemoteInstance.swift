import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import WireJSON

/// The administration interface of a running instance, as commands use it.
struct RemoteInstance: Sendable {
    /// Where the console is: `http://127.0.0.1:8421`.
    let url: String
    let token: String
    let organisation: String?
    /// Whether the token is the operator's.
    var isOperators = false

    /// The same, for another organisation.
    func acting(for organisation: String?) -> RemoteInstance {
        RemoteInstance(url: url, token: token, organisation: organisation, isOperators: isOperators)
    }

    /// What is done to an address.
    enum Method: String {
        case get = "GET"
        case post = "POST"
        case put = "PUT"
        case patch = "PATCH"
        case delete = "DELETE"
    }

    // A redirect would take the token to wherever the answer says. It is never shut down: it ends with the command.
    private static let client = HTTPClient(
        eventLoopGroup: HTTPClient.defaultEventLoopGroup,
        configuration: HTTPClient.Configuration(redirectConfiguration: .disallow))

    /// Asks; nil for an answer without a body.
    ///
    /// - Parameter path: below `/api/v1`, with its query; what people or the instance gave is percent-encoded.
    /// - Throws: ``CommandFailure`` with the instance's own words where it refuses.
    func ask(_ method: Method, _ path: String, body: [UInt8]? = nil) async throws -> JSON? {
        var request = HTTPClientRequest(url: "\(url)/api/v1\(path)")
        request.method = HTTPMethod(rawValue: method.rawValue)
        request.headers.add(name: "authorization", value: "Bearer \(token)")
        if let organisation { request.headers.add(name: "gatehouse-organisation", value: organisation) }
        if let body {
            request.headers.add(name: "content-type", value: "application/json")
            request.body = .bytes(ByteBuffer(bytes: body))
        }
        let answer: HTTPClientResponse
        let bytes: [UInt8]
        do {
            answer = try await Self.client.execute(request, timeout: RemoteBounds.patience)
            bytes = Array(try await answer.body.collect(upTo: RemoteBounds.answerBytes).readableBytesView)
        } catch {
            throw CommandFailure(
                "the instance at \(url) cannot be asked: \(Self.reason(error)) – does `gatehouse serve` run there?")
        }
        guard !(300..<400).contains(answer.status.code) else {
            throw CommandFailure(
                "\(url) answers with a redirect, which is not followed – give the console's own address")
        }
        let json = bytes.isEmpty ? nil : try? JSON(lenient: bytes)
        guard (200..<300).contains(answer.status.code) else {
            let words = json?["detail"]?.string ?? json?["title"]?.string ?? "status \(answer.status.code)"
            throw CommandFailure(
                TerminalText.line(words, limit: RemoteBounds.shownWords),
                answer.status.code >= 500 ? .outside : .checkFailed)
        }
        return json
    }

    func ask(_ method: Method, _ path: String, _ write: (inout JSONWriter) -> Void) async throws -> JSON? {
        var writer = JSONWriter()
        writer.object { write(&$0) }
        return try await ask(method, path, body: writer.bytes)
    }

    /// Every item of a listing.
    ///
    /// - Parameter paged: whether it comes page by page.
    func all(_ path: String, paged: Bool = true) async throws -> [JSON] {
        guard paged else { return try await ask(.get, path)?["items"].map { Array($0.elements) } ?? [] }
        var items: [JSON] = []
        var cursor = ""
        for _ in 0..<RemoteBounds.pages {
            let page = try await ask(.get, "\(path)?limit=\(RemoteBounds.pageItems)\(cursor)")
            items += page?["items"].map { Array($0.elements) } ?? []
            guard let next = page?["next"]?.string else { return items }
            cursor = "&cursor=\(Self.encoded(next))"
        }
        throw CommandFailure("the list that \(url) gives has no end")
    }

    /// The id of the thing that has this name, or is this id.
    func id(of name: String, _ kind: RemoteKind) async throws -> String {
        let items = try await all(kind.path)
        // A name that was free again, as a revoked grant's, is the living one's.
        let found =
            items.first { ($0[kind.key]?.hasText(name) ?? false) && $0["revoked_at"] == nil }
            ?? items.first { $0["id"]?.hasText(name) ?? false }
        guard let id = found?["id"]?.string else {
            throw CommandFailure("there is no \(kind.word) `\(TerminalText.line(name))`", .checkFailed)
        }
        return Self.encoded(id)
    }

    /// Its address below the interface's.
    func path(of name: String, _ kind: RemoteKind) async throws -> String {
        "\(kind.path)/\(try await id(of: name, kind))"
    }

    /// A text as one part of an address (RFC 3986): what is not unreserved is percent-encoded.
    static func encoded(_ text: String) -> String {
        let unreserved = CharacterSet(
            charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
        return text.addingPercentEncoding(withAllowedCharacters: unreserved) ?? ""
    }
}

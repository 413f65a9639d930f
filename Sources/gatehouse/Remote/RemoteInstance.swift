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

    /// What is done to an address.
    enum Method: String {
        case get = "GET"
        case post = "POST"
        case put = "PUT"
        case patch = "PATCH"
        case delete = "DELETE"
    }

    /// How long an answer may take: a scan may start a program.
    private static let patience = TimeAmount.seconds(120)
    private static let largestAnswer = 64 * 1024 * 1024

    /// Asks; nil for an answer without a body.
    ///
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
            answer = try await HTTPClient.shared.execute(request, timeout: Self.patience)
            bytes = Array(try await answer.body.collect(upTo: Self.largestAnswer).readableBytesView)
        } catch {
            throw CommandFailure("the instance at \(url) does not answer – does `gatehouse serve` run?")
        }
        let json = bytes.isEmpty ? nil : try? JSON(lenient: bytes)
        guard (200..<300).contains(answer.status.code) else {
            let words = json?["detail"]?.string ?? json?["title"]?.string ?? "status \(answer.status.code)"
            throw CommandFailure(words, answer.status.code >= 500 ? .outside : .checkFailed)
        }
        return json
    }

    func ask(_ method: Method, _ path: String, _ write: (inout JSONWriter) -> Void) async throws -> JSON? {
        var writer = JSONWriter()
        writer.object { write(&$0) }
        return try await ask(method, path, body: writer.bytes)
    }

    /// Every item of a listing.
    func all(_ path: String) async throws -> [JSON] {
        var items: [JSON] = []
        var cursor = ""
        while true {
            let page = try await ask(.get, "\(path)?limit=200\(cursor)")
            items += page?["items"].map { Array($0.elements) } ?? []
            guard let next = page?["next"]?.string else { return items }
            cursor = "&cursor=\(next)"
        }
    }

    /// The id of the thing that has this name, or is this id.
    func id(_ path: String, _ key: String, _ name: String) async throws -> String {
        let items = try await all(path)
        // A name that was free again, as a revoked grant's, is the living one's.
        let found =
            items.first { ($0[key]?.hasText(name) ?? false) && $0["revoked_at"] == nil }
            ?? items.first {
                $0["id"]?.hasText(name) ?? false
            }
        guard let id = found?["id"]?.string else {
            throw CommandFailure("there is no `\(name)`", .checkFailed)
        }
        return id
    }

    func server(_ name: String) async throws -> String { try await id("/servers", "slug", name) }
    func policy(_ name: String) async throws -> String { try await id("/policies", "name", name) }
    func grant(_ name: String) async throws -> String { try await id("/grants", "label", name) }
}

import Administration
import HTTPTypes
import Hummingbird
import NIOCore
import OAuthMessages

/// What clients ask the authorisation server without a browser: its metadata and keys, registration, tokens, revocation.
struct TokenRoutes: ConsoleRoutes {
    let server: AuthorizationServer

    func add(to router: Router<ConsoleContext>) {
        router.get(".well-known/oauth-authorization-server") { request, _ in
            PublicAnswer.json(server.metadata, to: request)
        }
        router.get("oauth/keys") { request, _ in
            do throws(Refusal) { return PublicAnswer.json(try server.keySet(), to: request) } catch {
                throw Problem(error)
            }
        }
        router.post("oauth/register") { request, _ in
            try await answer(.created) {
                try await server.register(try await Self.body(of: request, "application/json"))
            }
        }
        router.post("oauth/token") { request, _ in
            try await answer(.ok) { try await server.token(try await Self.form(of: request)) }
        }
        router.post("oauth/revoke") { request, _ in
            try await answer(.ok) {
                try await server.revoke(try await Self.form(of: request))
                return nil
            }
        }
    }

    /// Answers in the words of OAuth, refusals too; none of it is kept by anybody on the way.
    private func answer(
        _ status: HTTPResponse.Status, _ act: () async throws -> [UInt8]?
    ) async throws -> Response {
        do {
            guard let bytes = try await act() else { return Response(status: status) }
            return Self.response(status, bytes)
        } catch let refusal as OAuthRefusal {
            return Self.response(.init(code: refusal.status), refusal.bytes)
        }
    }

    private static func response(_ status: HTTPResponse.Status, _ bytes: [UInt8]) -> Response {
        Response(
            status: status, headers: [.contentType: "application/json", .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    private static func form(of request: Request) async throws -> [String: String] {
        guard request.headers[.authorization] == nil else {
            throw OAuthRefusal(.invalidRequest, "clients here have no secret: send `client_id` in the form")
        }
        let bytes = try await body(of: request, "application/x-www-form-urlencoded")
        guard let text = String(validating: bytes, as: UTF8.self), let fields = FormText.read(text) else {
            throw OAuthRefusal(.invalidRequest, "the form cannot be read in one way only")
        }
        return fields
    }

    private static func body(of request: Request, _ type: String) async throws -> [UInt8] {
        let given = request.headers[.contentType]?.lowercased() ?? ""
        guard given == type || given.hasPrefix(type + ";") else {
            throw OAuthRefusal(.invalidRequest, "send `\(type)`")
        }
        do {
            return Array(try await request.body.collect(upTo: FormBody.most).readableBytesView)
        } catch is NIOTooManyBytesError {
            throw OAuthRefusal(.invalidRequest, "this is over \(FormBody.most) bytes")
        }
    }
}

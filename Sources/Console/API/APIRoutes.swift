import Administration
import Crypto
import GatewayStorage
import HTTPTypes
import Hummingbird
import NIOCore
import WireJSON

/// `/api/v1`: administration for programs. One table of operations says what there is.
struct APIRoutes: ConsoleRoutes {
    static let base = "/api/v1"
    static let emptyBody: JSON = {
        guard let json = try? JSON(Array("{}".utf8)) else { preconditionFailure("an empty object is JSON") }
        return json
    }()

    let office: Administration
    /// The SHA-256 of the token by which this machine's operator is known; nil where there is none.
    let operatorDigest: [UInt8]?
    let clock: WallClock
    private let ledger = IdempotencyLedger()
    private let document = OpenAPIDocument.bytes(APIOperation.all)

    init(office: Administration, operatorDigest: [UInt8]?, clock: @escaping WallClock) {
        self.office = office
        self.operatorDigest = operatorDigest
        self.clock = clock
    }

    func add(to router: Router<ConsoleContext>) {
        let methods: [HTTPRequest.Method] = [.get, .post, .put, .patch, .delete, .options, .trace]
        // Methods that are never an operation's are told so too (RFC 9110, 405), as far as they have a name.
        for method in methods + ["QUERY", "CONNECT"].compactMap({ HTTPRequest.Method(rawValue: $0) }) {
            router.on("api/v1/**", method: method) { request, _ in try await answer(request) }
        }
    }

    private func answer(_ request: Request) async throws -> Response {
        let path = request.uri.path.dropFirst(Self.base.utf8.count)
        let segments = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map { $0 }
        if segments == ["openapi.json"], request.method == .get { return Self.response(.ok, document) }
        do {
            let actor = try await actor(of: request)
            let there = APIOperation.all.compactMap { operation in
                operation.match(segments).map { (operation: operation, parts: $0) }
            }
            guard !there.isEmpty else { throw Problem(.notFound) }
            guard let (operation, parts) = there.first(where: { $0.operation.method == request.method }) else {
                let allowed = there.map(\.operation.method.rawValue).joined(separator: ", ")
                throw Problem(.methodNotAllowed, headers: [.allow: allowed])
            }
            // Before the body is read: who may not, learns nothing of what would be wrong with it.
            guard actor.may(operation.requirement) else {
                throw Refusal.notAllowed(needs: operation.requirement.requirement)
            }
            let body = try await body(of: request, for: operation)
            let call = APICall(
                office: office, actor: actor, parts: parts, query: try query(of: request, for: operation), body: body)
            let answer = try await once(request, operation, call)
            var response = Self.response(operation.status, answer.body)
            if let location = answer.location { response.headers[.location] = Self.base + location }
            return response
        } catch let refusal as Refusal {
            throw Problem(refusal)
        }
    }

    private func once(_ request: Request, _ operation: APIOperation, _ call: APICall) async throws -> APIAnswer {
        // Answers hold tokens, and end with whatever is asked next.
        ledger.forget(at: clock())
        guard request.method == .post, let text = request.headers[.idempotencyKey] else {
            return try await operation.act(call)
        }
        guard Shape.Form.key.accepts(text) else {
            throw Problem(.badRequest, "`Idempotency-Key` has 1 to 128 visible ASCII characters.")
        }
        let key = IdempotencyLedger.Key(
            organisation: call.actor.organisation, actor: call.actor.description, operation: operation.id, text: text)
        let asked = request.uri.string.utf8 + [0x0A] + call.body.bytes
        switch ledger.open(key, digest: Array(SHA256.hash(data: Array(asked))), at: clock()) {
        case .again(let answer): return answer
        case .open: throw Problem(.conflict, "The first request with this key has not ended.", code: "idempotency")
        case .other:
            throw Problem(.unprocessableContent, "This key was used for another request.", code: "idempotency")
        case .full: throw Problem(.serviceUnavailable, "Too many keys are remembered.", code: "idempotency")
        case .first: break
        }
        do {
            let answer = try await operation.act(call)
            ledger.close(key, answer)
            return answer
        } catch {
            ledger.close(key, nil)
            throw error
        }
    }

    private static func response(_ status: HTTPResponse.Status, _ body: [UInt8]?) -> Response {
        guard let body else { return Response(status: status) }
        return Response(
            status: status, headers: [.contentType: "application/json"],
            body: .init(byteBuffer: ByteBuffer(bytes: body)))
    }
}

extension HTTPField.Name {
    static let idempotencyKey = known("Idempotency-Key")
    /// Which organisation the operator acts for, where there are several.
    static let organisation = known("Gatehouse-Organisation")

    private static func known(_ name: StaticString) -> HTTPField.Name {
        guard let name = HTTPField.Name("\(name)") else { preconditionFailure("a name of a header field is a token") }
        return name
    }
}

import Administration
import GatewayStorage
import HTTPTypes
import Hummingbird
import NIOCore
import WireJSON

extension APIRoutes {
    /// Who sends this. Cookies are not looked at: another site's page cannot act here.
    func actor(of request: Request) async throws -> Actor {
        let fields = request.headers[values: .authorization]
        let scheme = "bearer "
        guard fields.count == 1, let field = fields.first, field.utf8.count < 512,
            field.lowercased().hasPrefix(scheme)
        else { throw Refusal.notSignedIn }
        let token = String(field.dropFirst(scheme.utf8.count))
        if let operatorDigest, BearerToken.digest(of: token) == operatorDigest { return try await host(request) }
        guard let actor = try await office.actor(token: token) else { throw Refusal.notSignedIn }
        return actor
    }

    /// The operator acts for the organisation that is named, or for the first.
    private func host(_ request: Request) async throws -> Actor {
        let there = try await office.directory.organisations()
        if let named = request.headers[.organisation] {
            guard let found = there.first(where: { $0.id.text == named }) else { throw Refusal.unknown("organisation") }
            return Actor(.operator, of: found.id, role: .admin)
        }
        // Where there is none yet, whatever is asked for but making one is not there.
        guard let id = there.first?.id ?? RecordID("none") else { throw Refusal.unknown("organisation") }
        return Actor(.operator, of: id, role: .admin)
    }

    /// The checked body.
    func body(of request: Request, for operation: APIOperation) async throws -> JSON {
        let buffer: ByteBuffer
        do {
            buffer = try await request.body.collect(upTo: ConsoleLimits.decodedBytes)
        } catch is NIOTooManyBytesError {
            throw Problem(.contentTooLarge)
        }
        let bytes = Array(buffer.readableBytesView)
        guard let shape = operation.body else {
            guard bytes.isEmpty else { throw Problem(.badRequest, "This takes no body.") }
            return Self.emptyBody
        }
        guard !bytes.isEmpty || shape.fault(of: Self.emptyBody) != nil else { return Self.emptyBody }
        guard Self.isJSON(request.headers[.contentType]) else {
            throw Problem(.unsupportedMediaType, "Send `application/json`.")
        }
        let limits = JSONLimits(depth: 64, bytes: ConsoleLimits.decodedBytes, values: 100_000)
        let json: JSON
        do throws(JSONError) { json = try JSON(bytes, limits: limits) } catch {
            throw Problem(.badRequest, "The body is not strict JSON: \(error)", code: "json")
        }
        if let fault = shape.fault(of: json) { throw Problem(.unprocessableContent, "\(fault).", code: "invalid") }
        return json
    }

    private static func isJSON(_ type: String?) -> Bool {
        guard let type = type?.lowercased() else { return false }
        let parts = type.split(separator: ";").map { $0.trimmingPrefix { $0 == " " } }
        guard let media = parts.first, media.trimmed == "application/json" else { return false }
        return parts.dropFirst().allSatisfy { $0.trimmed == "charset=utf-8" }
    }

    /// The query's parameters: those of the operation, each once.
    func query(of request: Request, for operation: APIOperation) throws -> [String: String] {
        var query: [String: String] = [:]
        for (key, value) in request.uri.queryParameters {
            let (name, text) = (String(key), String(value))
            guard let parameter = operation.query.first(where: { $0.name == name }) else {
                throw Problem(.badRequest, "The query parameter `\(name)` is not known.", code: "invalid")
            }
            guard query.updateValue(text, forKey: name) == nil else {
                throw Problem(.badRequest, "The query parameter `\(name)` is there twice.", code: "invalid")
            }
            guard parameter.shape.accepts(text) else {
                throw Problem(.unprocessableContent, "The query parameter `\(name)` has another form.", code: "invalid")
            }
        }
        for parameter in operation.query where parameter.isRequired && query[parameter.name] == nil {
            throw Problem(.badRequest, "The query parameter `\(parameter.name)` is missing.", code: "invalid")
        }
        return query
    }
}

extension Substring {
    fileprivate var trimmed: Substring {
        var text = self
        while text.last == " " { text.removeLast() }
        return text
    }
}

extension Shape {
    /// Whether a query's text is a value of this shape.
    fileprivate func accepts(_ text: String) -> Bool {
        switch self {
        case .integer(let range): Int(text).map { range.contains($0) && String($0) == text } ?? false
        case .text(let form, let bytes): text.utf8.count <= bytes && form.accepts(text)
        default: false
        }
    }
}

extension Problem {
    /// What a refusal is called on the wire.
    init(_ refusal: Refusal) {
        let words = "\(refusal)"
        switch refusal {
        case .notSignedIn:
            self.init(.unauthorized, "Send a token of this interface.", headers: [.wwwAuthenticate: "Bearer"])
        case .notAllowed: self.init(.forbidden, words, code: "role")
        case .unknown: self.init(.notFound, words)
        case .invalid: self.init(.unprocessableContent, words, code: "invalid")
        case .conflict: self.init(.conflict, words, code: "conflict")
        case .declared: self.init(.conflict, words, code: "declared")
        case .policyErrors: self.init(.unprocessableContent, words, code: "policy")
        case .unavailable: self.init(.serviceUnavailable, words, code: "unavailable")
        }
    }
}

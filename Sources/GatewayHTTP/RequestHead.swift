import Gateway
import MCPMessages
import NIOCore
import NIOHTTP1

/// A request head that passed every check that needs no body.
enum RequestHead {
    /// `GET /livez`: alive.
    case alive
    /// A JSON-RPC message follows in the body.
    case message(Entry)
    /// The legacy stream of messages outside any request.
    case listen(Entry)
    /// The end of a legacy session.
    case end(Entry)
}

/// A head that is turned away: what is said, and what the audit is told.
struct HeadRefusal: Error {
    let reason: RefusalReason
    let status: Answer.Status
    let principal: Principal?
    let server: String?

    init(_ reason: RefusalReason, _ status: Answer.Status, principal: Principal? = nil, server: String? = nil) {
        self.reason = reason
        self.status = status
        self.principal = principal
        self.server = server
    }
}

/// Checks request heads, in the reference server's order: host and origin, address and sender, method, accept, content.
struct HeadCheck {
    let configuration: EndpointConfiguration
    let line: CallLine

    func check(_ head: HTTPRequestHead) throws(HeadRefusal) -> RequestHead {
        let headers = head.headers
        guard configuration.peers.permits(hosts: headers["host"]) else {
            throw HeadRefusal(.foreignHost, .forbidden)
        }
        guard configuration.peers.permits(origins: headers["origin"]) else {
            throw HeadRefusal(.foreignOrigin, .forbidden)
        }
        if head.uri == "/livez", head.method == .GET { return .alive }
        guard let address = server(in: head.uri) else { throw HeadRefusal(.unknownServer, .notFound) }
        let principal = try sender(headers, server: address)
        guard principal.grant.access[address] != nil else {
            throw HeadRefusal(.unknownServer, .notFound, principal: principal, server: address)
        }
        let mirrored = MirroredHeaders(
            protocolVersion: headers["mcp-protocol-version"], method: headers["mcp-method"], name: headers["mcp-name"])
        let entry = Entry(
            principal: principal, server: address, headers: mirrored, sessionID: headers["mcp-session-id"].first)
        func refusal(_ reason: RefusalReason, _ status: Answer.Status) -> HeadRefusal {
            HeadRefusal(reason, status, principal: principal, server: address)
        }
        switch head.method {
        case .POST:
            guard Accepted(headers).includes(json: true) else { throw refusal(.notAcceptable, .notAcceptable) }
            guard isJSON(headers) else { throw refusal(.contentType, .unsupportedMediaType) }
            return .message(entry)
        case .GET, .DELETE:
            let isModern = mirrored.protocolVersion.contains(where: ProtocolVersion.namesModern)
            guard !isModern else { throw refusal(.wrongEra, .methodNotAllowed) }
            guard head.method == .GET else { return .end(entry) }
            guard Accepted(headers).includes(json: false) else { throw refusal(.notAcceptable, .notAcceptable) }
            return .listen(entry)
        default:
            throw refusal(.wrongEra, .methodNotAllowed)
        }
    }

    /// The server a path names; a query is no part of any address here.
    private func server(in path: String) -> String? {
        switch configuration.addresses {
        case .single(let server): return path == "/mcp" ? server : nil
        case .servers:
            guard path.hasPrefix("/mcp/") else { return nil }
            let slug = String(path.dropFirst("/mcp/".count))
            return Server.isSlug(slug) ? slug : nil
        }
    }

    private func sender(_ headers: HTTPHeaders, server: String) throws(HeadRefusal) -> Principal {
        if case .anyone(let principal) = configuration.senders { return principal }
        let lines = headers["authorization"]
        guard lines.count == 1, let space = lines[0].firstIndex(of: " "),
            lines[0][..<space].lowercased() == "bearer",
            let principal = line.authenticate(token: lines[0][lines[0].index(after: space)...].utf8)
        else { throw HeadRefusal(.unauthenticated, .unauthorized, server: server) }
        return principal
    }

    /// `application/json`, in UTF-8, not compressed.
    private func isJSON(_ headers: HTTPHeaders) -> Bool {
        let types = headers["content-type"]
        guard types.count == 1, headers["content-encoding"].allSatisfy({ $0.lowercased() == "identity" }) else {
            return false
        }
        let parts = types[0].lowercased().split(separator: ";").map { $0.trimmingASCIISpace }
        guard parts.first == "application/json" else { return false }
        return parts.dropFirst().allSatisfy {
            !$0.hasPrefix("charset=") || $0 == "charset=utf-8" || $0 == "charset=\"utf-8\""
        }
    }
}

/// What a client says it can read. Both forms of an answer must be welcome, since the server chooses.
private struct Accepted {
    private let types: [Substring]

    init(_ headers: HTTPHeaders) {
        types = headers["accept"].flatMap { line in
            line.lowercased().split(separator: ",").map { type in
                type.prefix { $0 != ";" }.trimmingASCIISpace
            }
        }
    }

    /// Event streams, and JSON too where that may be the answer.
    func includes(json: Bool) -> Bool {
        let all = types.contains("*/*")
        let streams = all || types.contains("text/event-stream") || types.contains("text/*")
        return streams && (!json || all || types.contains("application/json") || types.contains("application/*"))
    }
}

extension Substring {
    /// Without the spaces and tabs around it (RFC 9110 section 5.6.3, OWS).
    fileprivate var trimmingASCIISpace: Substring {
        var rest = self
        while let first = rest.first, first == " " || first == "\t" { rest.removeFirst() }
        while let last = rest.last, last == " " || last == "\t" { rest.removeLast() }
        return rest
    }
}

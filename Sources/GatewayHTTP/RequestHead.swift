import Gateway
import MCPMessages
import NIOCore
import NIOHTTP1
import OAuthMessages

/// A request head that passed every check that needs no body.
enum RequestHead {
    /// `GET /livez`: alive.
    case alive
    /// `GET` of an endpoint's metadata, whole.
    case metadata([UInt8])
    /// The sender's token has yet to be judged; then the head is checked again.
    case unjudged(PresentedToken)
    /// A JSON-RPC message follows in the body.
    case message(Entry)
    /// A legacy stream: the one after whose event a client lost it, or the one outside any request.
    case listen(Entry, lastEventID: String?)
    /// The end of a legacy session.
    case end(Entry)

    /// Who sent it where; nil for what is nobody's.
    var entry: Entry? {
        switch self {
        case .alive, .metadata, .unjudged: nil
        case .message(let entry), .listen(let entry, _), .end(let entry): entry
        }
    }
}

/// A head that is turned away: what is said, and what the audit is told.
struct HeadRefusal: Error {
    let reason: RefusalReason
    let status: Answer.Status
    let principal: Principal?
    let server: String?
    /// What is told with 405 (RFC 9110 section 10.2.1).
    var allowedMethods: StaticString = "POST"
    /// What is asked of the sender, where an identity provider could vouch for them.
    var challenge: BearerChallenge?

    init(_ reason: RefusalReason, _ status: Answer.Status, principal: Principal? = nil, server: String? = nil) {
        self.reason = reason
        self.status = status
        self.principal = principal
        self.server = server
    }
}

/// Checks the request heads of one connection, in the reference server's order: host and origin, address and sender,
/// method, accept, content.
struct HeadCheck {
    let configuration: EndpointConfiguration
    let line: CallLine

    private var hostIsOurs = Remembered<Bool>()
    private var acceptsAnswers = Remembered<Bool>()
    private var bodyIsJSON = Remembered<Bool>()
    var tokens = Remembered<PresentedToken?>()

    /// What is known of the sender's token.
    enum Judgement: Sendable {
        case notYet
        case inOrder
        case refused(SenderRefusal)
    }

    init(configuration: EndpointConfiguration, line: CallLine) {
        self.configuration = configuration
        self.line = line
    }

    /// - Parameter judgement: what an unjudged token came to, when the head is checked again.
    mutating func check(
        _ head: HTTPRequestHead, _ fields: RequestFields, _ judgement: Judgement = .notYet
    ) throws(HeadRefusal) -> RequestHead {
        let peers = configuration.peers
        guard hostIsOurs.answer(to: fields.host, peers.permits(hosts:)) else {
            throw HeadRefusal(.foreignHost, .forbidden)
        }
        guard peers.permits(origins: fields.origin) else { throw HeadRefusal(.foreignOrigin, .forbidden) }
        if head.uri == "/livez", head.method == .GET { return .alive }
        if let metadata = metadata(at: head.uri), head.method == .GET || head.method == .HEAD {
            return .metadata(metadata.bytes)
        }
        guard let address = EndpointAddress(target: head.uri) else { throw HeadRefusal(.unknownServer, .notFound) }
        let named = server(at: address)
        let principal: Principal
        switch try sender(fields, server: named, at: address, judgement) {
        case .known(let known): principal = known
        case .unjudged(let token): return .unjudged(token)
        }
        guard let server = named, reaches(server, principal) else {
            throw HeadRefusal(.unknownServer, .notFound, principal: principal, server: named)
        }
        let mirrored = MirroredHeaders(
            protocolVersion: fields.protocolVersion, method: fields.method, name: fields.name,
            parameters: fields.parameters)
        let entry = Entry(
            principal: principal, server: server, headers: mirrored,
            sessionID: fields.session.count == 1 ? fields.session[0] : nil)
        func refusal(_ reason: RefusalReason, _ status: Answer.Status) -> HeadRefusal {
            HeadRefusal(reason, status, principal: principal, server: server)
        }
        let isModern = mirrored.protocolVersion.contains(where: ProtocolVersion.namesModern)
        switch head.method {
        case .POST:
            let isWelcome = acceptsAnswers.answer(to: fields.accept) { ContentNegotiation.accepts($0, json: true) }
            guard isWelcome else { throw refusal(.notAcceptable, .notAcceptable) }
            let isJSON = bodyIsJSON.answer(to: fields.contentType, ContentNegotiation.isJSON)
            guard isJSON, fields.contentEncoding.allSatisfy({ $0.lowercased() == "identity" }) else {
                throw refusal(.contentType, .unsupportedMediaType)
            }
            return .message(entry)
        case .GET, .DELETE:
            guard !isModern else { throw refusal(.wrongEra, .methodNotAllowed) }
            guard head.method == .GET else { return .end(entry) }
            guard ContentNegotiation.accepts(fields.accept, json: false) else {
                throw refusal(.notAcceptable, .notAcceptable)
            }
            return .listen(entry, lastEventID: fields.lastEventID.count == 1 ? fields.lastEventID[0] : nil)
        default:
            var refusal = refusal(.wrongEra, .methodNotAllowed)
            if !isModern { refusal.allowedMethods = "GET, POST, DELETE" }
            throw refusal
        }
    }

    /// The server that is reached at an address here; nil where there is none.
    private func server(at address: EndpointAddress) -> String? {
        switch (configuration.addresses, address) {
        case (.single(let server), .stack): server
        case (.servers, .server(let slug)): slug
        case (.servers, .stack): Stack.address
        case (.single, .server): nil
        }
    }

    /// Whether a grant reaches a server, or any where the stack is meant.
    private func reaches(_ server: String, _ principal: Principal) -> Bool {
        server == Stack.address ? !principal.grant.access.isEmpty : principal.grant.access[server] != nil
    }
}

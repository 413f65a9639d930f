public import GatewayStorage
public import PolicyEngine
public import ToolCatalogue
public import WireJSON

/// What the audit keeps of one call: the decision, queued before anything is sent, and for a call that was sent its
/// completion. Both bear the request id; together they are the call's one entry.
///
/// Nothing secret is in it: tokens never, argument values only where the server's capture setting says so.
public struct AuditEntry: Sendable {
    public var time: WallTime
    public var request: String
    public var content: Content

    public enum Content: Sendable {
        case decision(Decided)
        case completion(Completed)
        /// What a person did: writes the members beside `kind`, `time` and `request`.
        case event(@Sendable (inout JSONWriter) -> Void)
    }

    public init(time: WallTime, request: String, content: Content) {
        self.time = time
        self.request = request
        self.content = content
    }

    /// What was asked and decided.
    public struct Decided: Sendable {
        public var subject: CallSubject
        public var outcome: Outcome
        /// In observe mode: what enforcing would have said.
        public var advisory: Outcome?
        public var mode: Mode?
        public var policy: (id: String, version: Int)?
        public var charges: [Charge]
    }

    /// How a call that was sent ended.
    public struct Completed: Sendable {
        public var organisation: String
        public var server: String
        public var tool: String?
        public var ending: Ending
        /// From the request's arrival to its end, microseconds.
        public var latency: Int64
        public var resultBytes: Int
        /// SHA-256 of the result as relayed; nil where there was none.
        public var resultDigest: [UInt8]?
    }

    public enum Ending: Sendable {
        case result(isError: Bool)
        /// The client was asked for input; a further leg may follow.
        case inputRequired
        case error(code: Int)
        case failed(UpstreamFailure.Kind, detail: String)

        public var word: String {
            switch self {
            case .result(let isError): isError ? "tool_error" : "completed"
            case .inputRequired: "input_required"
            case .error: "error"
            case .failed(.cancelled, _): "cancelled"
            case .failed: "failed"
            }
        }
    }
}

/// Who asked what of whom, as far as it could be told.
public struct CallSubject: Sendable {
    public var principal: Principal?
    /// Whose entry it is; nil for a stranger's request that was meant for nobody's server.
    public var organisation: String?
    public var server: String?
    public var session: String?
    /// As the client calls itself; display only.
    public var client: String?
    public var method: String?
    public var tool: String?
    public var prompt: String?
    /// The resource's URI.
    public var resource: String?
    public var definition: DefinitionHash?
    /// Judged arguments.
    public var arguments: JSON?
    public var capture: ServerSettings.Capture
    /// Size of the request as received.
    public var requestBytes: Int

    public init(
        principal: Principal? = nil, server: String? = nil, session: String? = nil, client: String? = nil,
        method: String? = nil, tool: String? = nil, definition: DefinitionHash? = nil, arguments: JSON? = nil,
        capture: ServerSettings.Capture = .keys, requestBytes: Int = 0
    ) {
        self.principal = principal
        organisation = principal?.grant.organisation
        self.server = server
        self.session = session
        self.client = client
        self.method = method
        self.tool = tool
        self.definition = definition
        self.arguments = arguments
        self.capture = capture
        self.requestBytes = requestBytes
    }
}

import WireJSON

/// The headers of a modern POST that repeat parts of its body, each as the lines received.
///
/// Revision 2026-07-28, "Streamable HTTP", "Request headers". Lines are kept apart: a header given twice is refused,
/// because a first-wins and a last-wins reader would disagree.
public struct MirroredHeaders: Sendable {
    public var protocolVersion: [String]
    public var method: [String]
    public var name: [String]
    /// Every `Mcp-Param-*` line with its field name; compared once the tool is known (``HeaderAnnotations``).
    public var parameters: [(name: String, value: String)]

    public init(
        protocolVersion: [String] = [], method: [String] = [], name: [String] = [],
        parameters: [(name: String, value: String)] = []
    ) {
        self.protocolVersion = protocolVersion
        self.method = method
        self.name = name
        self.parameters = parameters
    }

    /// Which member of `params` the `Mcp-Name` header repeats, for the methods that have one.
    public static func mirroredMember(of method: String) -> String? {
        switch method {
        case "tools/call", "prompts/get": "name"
        case "resources/read": "uri"
        case "tasks/get", "tasks/update", "tasks/cancel": "taskId"
        default: nil
        }
    }

    /// Whether the headers repeat the body exactly; else -32020.
    public func check(_ request: Message.Request, version: String) throws(RPCError) {
        try Self.requireEqual(protocolVersion, to: version, header: "MCP-Protocol-Version")
        try Self.requireEqual(method, to: request.method, header: "Mcp-Method")
        guard let member = Self.mirroredMember(of: request.method) else {
            guard name.count <= 1 else { throw Self.mismatch("`Mcp-Name` is given twice") }
            return
        }
        guard let value = request.params?[member] else { return }  // its absence is the method's to refuse
        guard let utf8 = value.utf8 else { return }
        guard name.count == 1, utf8.count <= MessageLimits.mirroredNameBytes, let decoded = HeaderText.decode(name[0]),
            decoded == utf8
        else { throw Self.mismatch("`Mcp-Name` must be given once and repeat the body") }
    }

    /// A notification may leave `Mcp-Method` out, but may not contradict itself.
    public func check(_ notification: Message.Notification) throws(RPCError) {
        guard !method.isEmpty else { return }
        try Self.requireEqual(method, to: notification.method, header: "Mcp-Method")
    }

    private static func requireEqual(_ lines: [String], to value: String, header: String) throws(RPCError) {
        guard lines.count == 1, lines[0].utf8.elementsEqual(value.utf8) else {
            throw mismatch("`\(header)` must be given once and repeat the body")
        }
    }

    private static func mismatch(_ message: String) -> RPCError { RPCError(.headerMismatch, message) }
}

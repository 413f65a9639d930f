public import PolicyEngine
public import WireJSON

/// One call of a tool as the audit keeps it (`Docs/Audit.md`).
public struct RecordedCall: Sendable {
    /// What is known of the call's arguments.
    public enum Arguments: Sendable {
        /// All of them; `nil` when the call had none.
        case known(JSON?)
        /// Their values were not captured.
        case notCaptured
    }

    public var request: String
    /// Milliseconds since 1970-01-01T00:00:00Z.
    public var time: Int64
    public var server: String
    public var tool: ToolName
    public var grant: String
    public var principal: String?
    public var session: String?
    /// How it ended then: `allowed`, `denied`, …
    public var outcome: String
    public var arguments: Arguments

    /// Reads a record of the audit; `nil` for one that is not the decision about a call of a tool.
    ///
    /// - Parameter digest: SHA-256. Arguments count as captured only where their digest is the recorded one, so that
    ///   values that were redacted or cut are never taken for what was sent.
    public init?(entry: JSON, digest: ([UInt8]) -> [UInt8]) {
        guard entry["kind"]?.hasText("decision") ?? false, entry["method"]?.hasText("tools/call") ?? false,
            let time = entry["time"]?.int, let tool = entry["tool"]?.utf8.flatMap({ ToolName($0) }),
            let server = entry["server"]?.string, let outcome = entry["outcome"]?.string
        else { return nil }
        self.request = entry["request"]?.string ?? ""
        self.time = Int64(time)
        self.server = server
        self.tool = tool
        self.grant = entry["grant"]?.string ?? ""
        self.principal = entry["principal"]?.string
        self.session = entry["session"]?.string
        self.outcome = outcome
        guard let recorded = entry["argumentsDigest"]?.string else {
            self.arguments = .known(nil)
            return
        }
        if let captured = entry["arguments"],
            Hexadecimal.text(digest(captured.canonicalExact())).utf8.elementsEqual(recorded.utf8)
        {
            self.arguments = .known(captured)
        } else {
            self.arguments = .notCaptured
        }
    }
}

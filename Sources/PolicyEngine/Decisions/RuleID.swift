/// Says which rule decided: a JSON Pointer into the policy document (RFC 6901), such as
/// `/tools/create_charge/deny_if/0`, or a name in brackets for what no rule says, such as `(hidden)`.
public struct RuleID: Sendable {
    public let description: String

    /// Names a rule by its place in the document.
    public init(pointer: String) {
        self.description = pointer
    }

    private init(outsideTheDocument name: String) {
        self.description = name
    }

    /// The grant has no policy for this server.
    public static let noPolicy = RuleID(outsideTheDocument: "(no policy)")
    /// The tool is hidden from this grant.
    public static let hidden = RuleID(outsideTheDocument: "(hidden)")
    /// No key of `tools` lists the tool and `default` is `deny`.
    public static let defaultDeny = RuleID(outsideTheDocument: "(default deny)")
    /// The tool's definition has not been accepted.
    public static let unaccepted = RuleID(outsideTheDocument: "(unaccepted)")
    /// The server has no tool of that name.
    public static let unknown = RuleID(outsideTheDocument: "(unknown)")
    /// The counters cannot be read, so the call cannot be charged.
    public static let limitsUnavailable = RuleID(outsideTheDocument: "(limits unavailable)")
}

// A pointer contains tool names, which are compared as bytes; `String` would take canonically equivalent names for one.
extension RuleID: Hashable, CustomStringConvertible {
    public static func == (left: RuleID, right: RuleID) -> Bool {
        left.description.utf8.elementsEqual(right.description.utf8)
    }

    public func hash(into hasher: inout Hasher) {
        for byte in description.utf8 { hasher.combine(byte) }
        hasher.combine(UInt8(0xFF))
    }
}

/// A header that goes out with every request to one upstream, a credential mostly.
///
/// Checked where it is made, so that no configured text can end a line and begin another (RFC 9110 section 5.5). Headers
/// this client derives itself (`Host`, framing, negotiation, the mirrored `Mcp-…` ones) cannot be set.
public struct StaticHeader: Sendable, Equatable {
    public let name: String
    let value: [UInt8]

    public init(name: String, value: String) throws(StaticHeaderError) {
        guard !name.isEmpty, name.utf8.allSatisfy(FieldSyntax.isToken) else { throw .name(name) }
        guard !Self.isDerived(name.lowercased()) else { throw .derived(name) }
        let trimmed = FieldSyntax.trimmed(Array(value.utf8)[...])
        guard trimmed.allSatisfy(FieldSyntax.isValue) else { throw .value(name) }
        self.name = name
        self.value = Array(trimmed)
    }

    private static func isDerived(_ name: String) -> Bool {
        derived.contains(name) || name.hasPrefix("mcp-param-")
    }

    private static let derived: Set<String> = [
        "host", "connection", "content-length", "transfer-encoding", "te", "trailer", "upgrade", "expect", "keep-alive",
        "proxy-connection", "content-type", "content-encoding", "accept", "accept-encoding", "mcp-protocol-version",
        "mcp-method", "mcp-name", "mcp-session-id", "last-event-id",
    ]
}

/// The value is a secret as often as not: it is in no text made of this.
extension StaticHeader: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { name }
    public var debugDescription: String { name }
    public var customMirror: Mirror { Mirror(self, children: ["name": name]) }
}

/// Why a configured header cannot be sent.
public enum StaticHeaderError: Error, Sendable, Equatable {
    case name(String)
    case derived(String)
    case value(String)
}

extension StaticHeaderError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .name: "a header name is made of letters, digits and `-`"
        case .derived(let name): "`\(name)` is set by the gateway itself"
        case .value(let name): "the value of `\(name)` has a line break or another control character in it"
        }
    }
}

public import WireJSON

/// `params._meta` of a request: the per-request envelope of the modern shape and what both shapes share.
///
/// Revision 2026-07-28, "Per-request protocol fields". What a client says of itself here is recorded, never judged by.
public struct RequestMetadata: Sendable {
    public static let protocolVersionKey: String = "io.modelcontextprotocol/protocolVersion"
    public static let clientCapabilitiesKey: String = "io.modelcontextprotocol/clientCapabilities"
    public static let clientInfoKey: String = "io.modelcontextprotocol/clientInfo"
    public static let logLevelKey: String = "io.modelcontextprotocol/logLevel"
    /// The prefix under which this house speaks of its decisions; removed from what either peer sends.
    public static let ownPrefix = "dev.gatehouse/"

    /// Whether a key of a `_meta` is under ``ownPrefix``, as bytes.
    public static func isOwn(_ key: JSONKey) -> Bool { key.utf8.starts(with: ownPrefix.utf8) }

    /// The whole `_meta` object, when there is one.
    public let object: JSON?

    public init(_ params: JSON?) { object = params?["_meta"] }

    /// A text, when the envelope names a version as one.
    public var protocolVersion: JSON? { object?[Self.protocolVersionKey] }
    public var clientCapabilities: JSON? { object?[Self.clientCapabilitiesKey] }
    public var clientInfo: JSON? { object?[Self.clientInfoKey] }

    /// Where the client wants progress reported under: a text or an integer, as received.
    public var progressToken: JSON? {
        guard let token = object?["progressToken"], token.utf8 != nil || token.int != nil,
            token.range.count <= MessageLimits.progressTokenBytes
        else { return nil }
        return token
    }

    /// Whether a message carries any part of the modern envelope: such a message never takes the legacy path.
    public var hasEnvelope: Bool { protocolVersion != nil || clientCapabilities != nil }

    /// What the client calls itself, where that can be told a server; nil for anything else.
    public var relayedClientInfo: [UInt8]? { Self.relayedInfo(clientInfo) }

    /// A `clientInfo` that can be told a server: an object that names its client and its version, of a bearable length.
    public static func relayedInfo(_ info: JSON?) -> [UInt8]? {
        guard let info, info.kind == .object, info["name"]?.kind == .string, info["version"]?.kind == .string,
            info.range.count <= MessageLimits.clientInfoBytes
        else { return nil }
        return Array(info.bytes)
    }

    /// `name/version` as the client calls itself, for display.
    public var clientName: String? { Self.displayName(clientInfo) }

    /// `name/version` out of a `clientInfo` object.
    public static func displayName(_ info: JSON?) -> String? {
        guard let name = info?["name"]?.string else { return nil }
        guard let version = info?["version"]?.string else { return name }
        return "\(name)/\(version)"
    }
}

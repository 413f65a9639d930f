public import WireJSON

/// The `params` a request goes upstream with: the client's members byte for byte, `_meta` rebuilt for the upstream's era.
///
/// Out of `_meta` go what describes the client's own hop (version, capabilities, progress token: set anew), W3C baggage,
/// and anything under this house's own prefix; every other key travels unchanged.
public struct UpstreamParams: Sendable {
    /// Which members of the client's `params` travel.
    public enum Members: Sendable {
        /// All but those of conversations this house does not relay: `task`, `inputResponses`, `requestState`.
        case call
        /// The same, but for the client's answers to what the server asked, which a modern server is given with its own
        /// state, JSON text; the client's `requestState` was this house's.
        case answered(state: [UInt8]?)
        /// All: the client and the upstream are each other's only peer.
        case transparent
    }

    /// The client's `params`; nil for a request of the house's own.
    public var params: JSON?
    public var members: Members
    /// Capabilities declared upstream on the client's behalf, JSON object.
    public var clientCapabilities: [UInt8]
    /// `{name, version}`, JSON object, used where the client declared none.
    public var clientInfo: [UInt8]

    public init(_ params: JSON?, members: Members, clientCapabilities: [UInt8], clientInfo: [UInt8]) {
        self.params = params
        self.members = members
        self.clientCapabilities = clientCapabilities
        self.clientInfo = clientInfo
    }

    /// - Parameter progressToken: the token progress is to be reported under upstream, where the client asked for any.
    public func bytes(for era: Era, progressToken: Int?) -> [UInt8] {
        var writer = JSONWriter(reserving: (params?.range.count ?? 0) + 256)
        writer.beginObject()
        if let params {
            for (key, value) in params.members where travels(key, era) {
                writer.key(key.string)
                writer.raw(value.bytes)
            }
        }
        if case .answered(let state?) = members, era == .modern {
            writer.key("requestState")
            writer.raw(state)
        }
        let meta = meta(for: era, progressToken: progressToken)
        if !meta.isEmpty {
            writer.key("_meta")
            writer.raw(meta)
        }
        writer.endObject()
        return writer.bytes
    }

    private func travels(_ key: JSONKey, _ era: Era) -> Bool {
        if key.equals("_meta") { return false }
        switch members {
        case .transparent: return true
        case .call: return !(key.equals("task") || key.equals("inputResponses") || key.equals("requestState"))
        case .answered:
            if key.equals("task") || key.equals("requestState") { return false }
            return era == .modern || !key.equals("inputResponses")
        }
    }

    private func meta(for era: Era, progressToken: Int?) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        var isEmpty = true
        if era == .modern {
            writer.key(RequestMetadata.protocolVersionKey)
            writer.string(ProtocolVersion.modern.rawValue)
            writer.key(RequestMetadata.clientInfoKey)
            if let info = params?["_meta"]?[RequestMetadata.clientInfoKey], info.kind == .object {
                writer.raw(info.bytes)
            } else {
                writer.raw(clientInfo)
            }
            writer.key(RequestMetadata.clientCapabilitiesKey)
            writer.raw(clientCapabilities)
            isEmpty = false
        }
        if let progressToken {
            writer.key("progressToken")
            writer.int(progressToken)
            isEmpty = false
        }
        if let meta = params?["_meta"], meta.kind == .object {
            for (key, value) in meta.members where Self.survives(key, era: era) {
                writer.key(key.string)
                writer.raw(value.bytes)
                isEmpty = false
            }
        }
        writer.endObject()
        return isEmpty ? [] : writer.bytes
    }

    /// What describes the client's own hop.
    private static let hop = [
        "progressToken", "baggage", RequestMetadata.protocolVersionKey, RequestMetadata.clientInfoKey,
        RequestMetadata.clientCapabilitiesKey,
    ]

    private static func survives(_ key: JSONKey, era: Era) -> Bool {
        if hop.contains(where: key.equals) || RequestMetadata.isOwn(key) { return false }
        return era == .modern || !key.equals(RequestMetadata.logLevelKey)
    }
}

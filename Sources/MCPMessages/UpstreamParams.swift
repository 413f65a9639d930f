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
    /// The level a legacy client has set, which a modern server is told with each request; one in `params` goes before it.
    public var logLevel: String?

    public init(_ params: JSON?, members: Members, clientCapabilities: [UInt8], clientInfo: [UInt8]) {
        self.params = params
        self.members = members
        self.clientCapabilities = clientCapabilities
        self.clientInfo = clientInfo
    }

    /// - Parameter progressToken: the token progress is to be reported under upstream, where the client asked for any.
    public func bytes(for era: Era, progressToken: RequestID?) -> [UInt8] {
        var writer = JSONWriter(reserving: size)
        write(to: &writer, for: era, progressToken: progressToken)
        return writer.bytes
    }

    /// What ``bytes(for:progressToken:)`` returns, into a message that is being written.
    func write(to writer: inout JSONWriter, for era: Era, progressToken: RequestID?) {
        writer.beginObject()
        var received: JSON?
        if let params {
            for (key, value) in params.members {
                if key.equals("_meta") {
                    received = value
                } else if travels(key, era) {
                    writer.key(key)
                    writer.raw(value.bytes)
                }
            }
        }
        if case .answered(let state?) = members, era == .modern {
            writer.key("requestState")
            writer.raw(state)
        }
        writeMeta(received, to: &writer, for: era, progressToken: progressToken)
        writer.endObject()
    }

    /// About how many bytes it will be, for reserving them.
    var size: Int { (params?.range.count ?? 0) + clientCapabilities.count + clientInfo.count + 256 }

    private func travels(_ key: JSONKey, _ era: Era) -> Bool {
        switch members {
        case .transparent: return true
        case .call: return !(key.equals("task") || key.equals("inputResponses") || key.equals("requestState"))
        case .answered:
            if key.equals("task") || key.equals("requestState") { return false }
            return era == .modern || !key.equals("inputResponses")
        }
    }

    /// Writes `_meta`, unless there is nothing in it.
    private func writeMeta(_ received: JSON?, to writer: inout JSONWriter, for era: Era, progressToken: RequestID?) {
        let travels = received.map { $0.members.contains { Self.survives($0.key, era: era) } } ?? false
        guard travels || era == .modern || progressToken != nil else { return }
        writer.key("_meta")
        writer.beginObject()
        if era == .modern {
            writer.key(RequestMetadata.protocolVersionKey)
            writer.string(ProtocolVersion.modern.rawValue)
            writer.key(RequestMetadata.clientInfoKey)
            if let info = received?[RequestMetadata.clientInfoKey], info.kind == .object {
                writer.raw(info.bytes)
            } else {
                writer.raw(clientInfo)
            }
            writer.key(RequestMetadata.clientCapabilitiesKey)
            writer.raw(clientCapabilities)
        }
        if let progressToken {
            writer.key("progressToken")
            progressToken.write(to: &writer)
        }
        if era == .modern, let logLevel, received?[RequestMetadata.logLevelKey] == nil {
            writer.key(RequestMetadata.logLevelKey)
            writer.string(logLevel)
        }
        if travels, let received {
            for (key, value) in received.members where Self.survives(key, era: era) {
                writer.key(key)
                writer.raw(value.bytes)
            }
        }
        writer.endObject()
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

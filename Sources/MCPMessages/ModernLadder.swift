import WireJSON

/// The checks a modern message passes before anything else looks at it, in the order of the reference server:
/// routing headers given once, envelope, headers equal to the body, version.
///
/// Revision 2026-07-28, "Streamable HTTP" and "Versioning". On stdio there are no headers to compare.
public enum ModernLadder {
    /// Whether an inbound message takes the modern path: by its header or by its envelope, never by both eras' rules.
    public static func applies(headers: MirroredHeaders?, metadata: RequestMetadata) -> Bool {
        metadata.hasEnvelope || (headers?.protocolVersion.contains(where: ProtocolVersion.namesModern) ?? false)
    }

    public static func check(_ request: Message.Request, headers: MirroredHeaders?) throws(RPCError) {
        let metadata = RequestMetadata(request.params)
        if let headers, headers.protocolVersion.count > 1 || headers.method.count > 1 || headers.name.count > 1 {
            throw RPCError(.headerMismatch, "a routing header is given twice")
        }
        guard metadata.object?.kind == .object, let named = metadata.protocolVersion,
            metadata.clientCapabilities?.kind == .object
        else {
            throw RPCError(
                .invalidParams,
                "`_meta` must carry `\(RequestMetadata.protocolVersionKey)` and "
                    + "`\(RequestMetadata.clientCapabilitiesKey)`")
        }
        guard let version = named.string else {
            throw RPCError(.invalidParams, "`\(RequestMetadata.protocolVersionKey)` must be a text")
        }
        try headers?.check(request, version: version)
        guard ProtocolVersion(rawValue: version)?.era == .modern else {
            throw .unsupportedVersion(version, supported: [.modern])
        }
    }

    /// A notification over HTTP: what its headers say must be so, and the version one that is served.
    public static func check(_ notification: Message.Notification, headers: MirroredHeaders) throws(RPCError) {
        try headers.check(notification)
        guard let version = headers.protocolVersion.first, headers.protocolVersion.count == 1 else {
            throw RPCError(.headerMismatch, "`MCP-Protocol-Version` must be given once")
        }
        guard ProtocolVersion(rawValue: version)?.era == .modern else {
            throw .unsupportedVersion(version, supported: [.modern])
        }
    }
}

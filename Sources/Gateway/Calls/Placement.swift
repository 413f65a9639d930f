import MCPMessages
import WireJSON

/// Where a request belongs: its era, and in the legacy era its conversation.
struct Placed {
    let era: Era
    let conversation: Conversation?
}

/// Why a message has no place, and what is said to it.
struct Rejection: Error {
    let reason: RefusalReason
    let status: Answer.Status
    let error: RPCError

    init(_ reason: RefusalReason, _ status: Answer.Status, _ error: RPCError) {
        self.reason = reason
        self.status = status
        self.error = error
    }
}

extension CallLine {
    /// Settles the era of a request, once, and finds its conversation.
    ///
    /// A request that names a modern version in its header or carries the envelope meets the modern checks; any other
    /// belongs to a legacy conversation, which `initialize` begins. There is no third way in.
    func place(_ request: Message.Request, _ entry: Entry) throws(Rejection) -> Placed {
        let metadata = RequestMetadata(request.params)
        if ModernLadder.applies(headers: entry.headers, metadata: metadata) {
            do throws(RPCError) {
                try ModernLadder.check(request, headers: entry.headers)
            } catch {
                let reason: RefusalReason = error.code == .headerMismatch ? .headerMismatch : .wrongEra
                throw Rejection(reason, Answer.Status(rawValue: error.modernStatus) ?? .badRequest, error)
            }
            return Placed(era: .modern, conversation: entry.conversation)
        }
        try checkLegacyVersion(entry.headers)
        if request.method == "initialize" { return Placed(era: .legacy, conversation: entry.conversation) }
        let conversation = try legacyConversation(entry)
        guard conversation.version != nil else {
            throw Rejection(.wrongEra, .badRequest, RPCError(.invalidRequest, "`initialize` comes first"))
        }
        return Placed(era: .legacy, conversation: conversation)
    }

    /// Deals with a notification; says why it is refused, if it is.
    func take(
        _ notification: Message.Notification, _ entry: Entry, to members: [StackMember]
    ) -> Rejection? {
        let metadata = RequestMetadata(notification.params)
        let isModern = ModernLadder.applies(headers: entry.headers, metadata: metadata)
        guard notification.method.hasPrefix("notifications/") else {
            return Rejection(.notificationCall, .badRequest, RPCError(.invalidRequest, "`id` is missing"))
        }
        do throws(RPCError) {
            if isModern, let headers = entry.headers { try ModernLadder.check(notification, headers: headers) }
        } catch {
            return Rejection(
                error.code == .headerMismatch ? .headerMismatch : .wrongEra, .badRequest, error)
        }
        var conversation = entry.conversation
        if conversation == nil, !isModern {
            do throws(Rejection) {
                try checkLegacyVersion(entry.headers)
                conversation = try legacyConversation(entry)
            } catch {
                return error
            }
        }
        if notification.method == "notifications/cancelled" {
            if let id = notification.params?["requestId"].flatMap(RequestID.init) { conversation?.cancel(id) }
            return nil
        }
        // How far it is with what it was asked concerns the one server that asked, which a stack's client does not name.
        if entry.server == Stack.address, notification.method == "notifications/progress" { return nil }
        for member in members {
            let passes =
                member.access.letsEverythingThrough
                ? notification.method != "notifications/initialized"
                : conversation?.mayTell(notification.method) ?? false
            guard passes else { continue }
            let scope =
                isModern
                ? UpstreamScope(
                    principal: entry.principal.id, clientEra: .modern, clientInfo: metadata.relayedClientInfo)
                : conversation?.scope(at: member.server)
                    ?? UpstreamScope(principal: entry.principal.id, clientEra: .legacy)
            member.server.upstream.notify(notification, for: scope)
        }
        return nil
    }

    /// Takes a legacy client's answer to what a server asked of it; it counts in its own conversation only.
    func take(_ response: Message.Response, _ entry: Entry) -> Rejection? {
        do throws(Rejection) {
            try checkLegacyVersion(entry.headers)
            try legacyConversation(entry).answered(response)
            return nil
        } catch {
            return error
        }
    }

    private func legacyConversation(_ entry: Entry) throws(Rejection) -> Conversation {
        if let conversation = entry.conversation { return conversation }
        guard let id = entry.sessionID else {
            throw Rejection(.missingSession, .badRequest, RPCError(.invalidRequest, "`Mcp-Session-Id` is missing"))
        }
        let found = conversations.session(id, of: entry.principal, server: entry.server)
        guard let found else {
            throw Rejection(.unknownSession, .notFound, RPCError(.invalidRequest, "unknown session"))
        }
        return found
    }

    private func checkLegacyVersion(_ headers: MirroredHeaders?) throws(Rejection) {
        guard let lines = headers?.protocolVersion, !lines.isEmpty else { return }
        guard lines.count == 1, let version = ProtocolVersion(rawValue: lines[0]), version.era == .legacy else {
            throw Rejection(
                .wrongEra, .badRequest, RPCError(.invalidRequest, "`MCP-Protocol-Version` is not one served here"))
        }
    }
}

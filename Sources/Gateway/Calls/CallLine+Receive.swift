import MCPMessages
import WireJSON

extension CallLine {
    /// Takes one message as received and sees to its answer.
    ///
    /// - Returns: what ends the request when its client goes away; nothing on legacy wires, where leaving is not
    ///   cancelling (revision 2025-03-26 on, "Cancellation").
    public func receive(_ bytes: [UInt8], from entry: Entry, answering: any Answering) -> Cancellation {
        let arrived = clock.steady()
        let snapshot = configuration.current
        let isOfStack = entry.server == Stack.address
        let members = isOfStack ? snapshot.members(reachedBy: entry) : []
        // The sender was known before the rest of the message came, which can take a while.
        guard let only = isOfStack ? members.first : snapshot.member(entry.server, reachedBy: entry.principal) else {
            return rejectUnreached(snapshot, entry, bytes, answering)
        }
        let message: Message
        do throws(JSONError) {
            let json = try JSON(bytes)
            do throws(MessageRefusal) {
                message = try Message(json)
            } catch {
                return reject(
                    error.code == .invalidParams ? .invalidParams : .ambiguous, .badRequest, error.error, entry, bytes,
                    answering, id: error.id)
            }
        } catch {
            let refusal = RPCError(.parseError, "not a JSON text that can be read in one way only: \(error)")
            return reject(.malformed, .badRequest, refusal, entry, bytes, answering)
        }
        switch message {
        case .request(let request):
            let placed: Placed
            do throws(Rejection) {
                placed = try place(request, entry)
                if let conversation = placed.conversation { answering.belongs(to: conversation) }
            } catch {
                return reject(error.reason, error.status, error.error, entry, bytes, answering, id: request.id)
            }
            let metadata = RequestMetadata(request.params)
            guard !isOfStack else {
                return route(
                    StackRequest(
                        request: request, metadata: metadata, era: placed.era, entry: entry, members: members,
                        snapshot: snapshot, conversation: placed.conversation, answering: answering,
                        number: numbers.make(), arrived: arrived, bytes: bytes.count))
            }
            let arrival = Arrival(
                request: request, metadata: metadata, era: placed.era, principal: entry.principal, server: only.server,
                conversation: placed.conversation, headers: entry.headers,
                capabilities: capabilities(placed, metadata, only.server), answering: answering, number: numbers.make(),
                arrived: arrived, bytes: bytes.count)
            return route(InboundRequest(arrival, access: only.access, snapshot: snapshot))
        case .notification(let notification):
            if let rejection = take(notification, entry, to: isOfStack ? members : [only]) {
                return reject(rejection.reason, rejection.status, rejection.error, entry, bytes, answering)
            }
            answering.finish(Answer(.accepted))
            return .none
        case .response(let response):
            // On the modern wire nothing is asked of the client, so there is nothing it can answer.
            guard !isModern(entry.headers) else {
                return reject(
                    .ambiguous, .badRequest, RPCError(.invalidRequest, "a response is not expected"), entry, bytes,
                    answering)
            }
            if let rejection = take(response, entry) {
                return reject(rejection.reason, rejection.status, rejection.error, entry, bytes, answering)
            }
            answering.finish(Answer(.accepted))
            return .none
        }
    }

    /// What the sender can be asked for: said in each modern request, and once in a legacy session.
    func capabilities(_ placed: Placed, _ metadata: RequestMetadata, _ server: Server) -> ClientCapabilities {
        guard placed.era == .modern else {
            return placed.conversation?.capabilities.limited(to: server.settings.asks) ?? .none
        }
        guard let declared = metadata.clientCapabilities, declared.count > 0 else { return .none }
        return ClientCapabilities(declared, relaying: server.settings.asks, tasks: true)
    }

    private func isModern(_ headers: MirroredHeaders?) -> Bool {
        headers?.protocolVersion.contains(where: ProtocolVersion.namesModern) ?? false
    }

    /// As the next message will be answered: whoever has no grant is a stranger.
    private func rejectUnreached(
        _ snapshot: Snapshot, _ entry: Entry, _ bytes: [UInt8], _ answering: any Answering
    ) -> Cancellation {
        guard snapshot.grant(of: entry.principal) != nil else {
            let error = RPCError(.invalidRequest, "the token is of no use any more")
            return reject(.unauthenticated, .unauthorized, error, entry, bytes, answering)
        }
        return reject(.unknownServer, .notFound, RPCError(.invalidRequest, "unknown server"), entry, bytes, answering)
    }

    private func reject(
        _ reason: RefusalReason, _ status: Answer.Status, _ error: RPCError, _ entry: Entry, _ bytes: [UInt8],
        _ answering: any Answering, id: RequestID? = nil
    ) -> Cancellation {
        refuse(
            reason,
            subject: CallSubject(
                principal: entry.principal, server: entry.server, session: entry.sessionID, requestBytes: bytes.count))
        answering.finish(Answer(status, body: MessageWriter.error(error, id: id)))
        return .none
    }
}

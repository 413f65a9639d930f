import MCPMessages
import PolicyEngine
import WireJSON

/// A call's refusal as the agent sees it: a tool result that says why, so that the model can adapt.
///
/// Protocol notes, section 1.8: `isError` rather than a protocol error. The request id goes along under the house's own
/// prefix, for the person who looks into the audit.
enum Refusal {
    /// Answers a request that is not let through: a tool call by a result, anything else by an error.
    static func tell(_ outcome: Outcome, _ inbound: InboundRequest) {
        guard inbound.request.method != "tools/call" else { return inbound.answer(result(of: outcome, inbound)) }
        let code: RPCError.Code =
            switch outcome {
            case .limited: .limited
            case .unavailable: .unavailable
            case .allowed, .denied, .notVisible, .approvalOwed, .refused: .denied
            }
        inbound.refuse(RPCError(code, text(of: outcome, inbound)))
    }

    /// Answers a request whose upstream gave no answer.
    static func tell(_ failure: UpstreamFailure, _ inbound: InboundRequest) {
        if failure.kind == .cancelled, inbound.era == .legacy {
            return inbound.refuse(RPCError(.cancelled, "Request cancelled"))
        }
        guard inbound.request.method == "tools/call" else { return inbound.refuse(failure) }
        inbound.answer(result(of: failure, inbound))
    }

    /// Answers a request for which a modern server wants something of a client that cannot give it.
    static func tell(cannotGive kind: ClientRequestKind, _ inbound: InboundRequest) {
        guard inbound.era == .modern else {
            let text = "The server needs `\(kind.rawValue)`, which this client does not offer."
            guard inbound.request.method == "tools/call" else { return inbound.refuse(RPCError(.internalError, text)) }
            return inbound.answer(result(text: text, word: "failed", inbound))
        }
        inbound.refuse(
            RPCError(
                .missingClientCapability, "the client does not offer `\(kind.rawValue)`",
                data: Array("{\"requiredCapabilities\":{\"\(kind.rawValue)\":{}}}".utf8)))
    }

    /// What is said of a name that is nothing visible, as of one that does not exist.
    static func unavailable(_ asked: Asked, to era: Era) -> RPCError {
        switch asked.kind {
        case .tool, .prompt:
            return RPCError(.invalidParams, "\(asked.kind.rawValue) not available: \(asked.text)")
        case .resource:
            // Revision 2025-11-25 has a code of its own for it, revision 2026-07-28 must not use it.
            let code: RPCError.Code = era == .modern ? .invalidParams : .resourceNotFound
            return RPCError(code, "Resource not found", data: asked.arguments.map { Array($0.bytes) } ?? [])
        }
    }

    static func result(of outcome: Outcome, _ inbound: InboundRequest) -> [UInt8] {
        result(text: text(of: outcome, inbound), word: outcome.word, inbound)
    }

    private static func text(of outcome: Outcome, _ inbound: InboundRequest) -> String {
        guard case .policy(let policy, _) = inbound.access, policy.document.explain ?? false,
            let rule = rule(of: outcome)
        else { return words(for: outcome) }
        return words(for: outcome) + " (rule \(rule))"
    }

    /// The answer to a call whose upstream gave none.
    static func result(of failure: UpstreamFailure, _ inbound: InboundRequest) -> [UInt8] {
        result(text: words(for: failure, server: inbound.server.slug), word: "failed", inbound)
    }

    private static func result(text: String, word: String, _ inbound: InboundRequest) -> [UInt8] {
        var writer = JSONWriter(reserving: 256)
        writer.beginObject()
        writer.key("content")
        writer.beginArray()
        writer.beginObject()
        writer.key("type")
        writer.string("text")
        writer.key("text")
        writer.string(text)
        writer.endObject()
        writer.endArray()
        writer.key("isError")
        writer.bool(true)
        if inbound.era == .modern {
            writer.key("resultType")
            writer.string("complete")
        }
        writer.key("_meta")
        writer.beginObject()
        writer.key(RequestMetadata.ownPrefix + "outcome")
        writer.string(word)
        writer.key(RequestMetadata.ownPrefix + "request")
        writer.string(inbound.number)
        writer.endObject()
        writer.endObject()
        return writer.bytes
    }

    private static func words(for outcome: Outcome) -> String {
        switch outcome {
        case .allowed: "Allowed."
        case .denied(let denial): "Denied by policy: \(denial.message)"
        case .notVisible, .refused: "Denied by policy."
        case .limited(let charge, let retryAfter):
            "Denied by policy: \(charge.message ?? "the limit `\(charge.counter)` is used up.")"
                + (retryAfter.map { " Try again in \($0.components.seconds) s." } ?? "")
        case .approvalOwed(let approval):
            "Denied by policy: \(approval.message ?? "this call needs a person's approval.")"
                + " No approval can be given here."
        case .unavailable(let what): "Denied by policy: (\(what.rawValue)) The call was not sent; try again later."
        }
    }

    private static func rule(of outcome: Outcome) -> RuleID? {
        switch outcome {
        case .denied(let denial): denial.rule
        case .limited(let charge, _): charge.rule
        case .approvalOwed(let approval): approval.rule
        case .allowed, .notVisible, .unavailable, .refused: nil
        }
    }

    private static func words(for failure: UpstreamFailure, server: String) -> String {
        let sent = failure.wroteNothing ? "The call was not sent." : "Whether the call had an effect is not known."
        let what =
            switch failure.kind {
            case .unreachable: "cannot be reached"
            case .timedOut: "did not answer in time"
            case .closed: "ended the connection before it answered"
            case .unreadable: "gave an answer that cannot be read"
            case .tooLarge: "gave an answer that is too large"
            case .refused: "refused the gateway's request"
            case .redirected: "points to another address, which is not followed"
            case .addressRefused: "has an address that may not be reached"
            case .busy: "has too many calls waiting"
            case .cancelled: "was not waited for: the call was taken back"
            case .unsupported: "does not support this request"
            }
        return "The server `\(server)` \(what). \(sent)"
    }
}

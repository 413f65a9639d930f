import MCPMessages
import PolicyEngine
import WireJSON

/// A call's refusal as the agent sees it: a tool result that says why, so that the model can adapt.
///
/// Protocol notes, section 1.8: `isError` rather than a protocol error. The request id goes along under the house's own
/// prefix, for the person who looks into the audit.
enum Refusal {
    static func result(of outcome: Outcome, _ inbound: InboundRequest) -> [UInt8] {
        var text = words(for: outcome)
        if case .policy(let policy, _) = inbound.access, policy.document.explain ?? false, let rule = rule(of: outcome)
        {
            text += " (rule \(rule))"
        }
        return result(text: text, word: outcome.word, inbound)
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

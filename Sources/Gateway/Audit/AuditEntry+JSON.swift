import GatewayStorage
import MCPMessages
import PolicyEngine
import ToolCatalogue
import WireJSON

extension AuditEntry {
    /// The entry as one compact JSON object: what is stored, chained and exported. `Docs/Audit.md` lists the members.
    public func json() -> [UInt8] {
        var writer = JSONWriter(reserving: 512)
        writer.beginObject()
        switch content {
        case .decision(let decided):
            head("decision", to: &writer)
            decided.write(to: &writer)
        case .completion(let completed):
            head("completion", to: &writer)
            completed.write(to: &writer)
        case .event(let write):
            head("event", to: &writer)
            write(&writer)
        }
        writer.endObject()
        return writer.bytes
    }

    private func head(_ kind: String, to writer: inout JSONWriter) {
        writer.key("kind")
        writer.string(kind)
        writer.key("time")
        writer.int(Int(time.milliseconds))
        writer.key("request")
        writer.string(request)
    }
}

extension JSONWriter {
    fileprivate mutating func member(_ key: String, _ text: String?) {
        guard let text else { return }
        self.key(key)
        string(AuditText.shortened(text))
    }
}

extension AuditEntry.Decided {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.member("outcome", outcome.word)
        outcome.writeDetails(to: &writer)
        writer.member("mode", mode?.rawValue)
        if let advisory {
            writer.key("advisory")
            writer.beginObject()
            writer.member("outcome", advisory.word)
            advisory.writeDetails(to: &writer)
            writer.endObject()
        }
        subject.write(to: &writer)
        if let policy {
            writer.member("policy", policy.id)
            writer.key("policyVersion")
            writer.int(policy.version)
        }
        guard !charges.isEmpty else { return }
        writer.key("charges")
        writer.beginArray()
        for charge in charges {
            writer.beginObject()
            writer.member("counter", charge.counter)
            writer.key("amountMillionths")
            writer.int(Int(charge.amount))
            writer.endObject()
        }
        writer.endArray()
    }
}

extension AuditEntry.Completed {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.member("outcome", ending.word)
        writer.member("organisation", organisation)
        writer.member("server", server)
        writer.member("tool", tool)
        switch ending {
        case .result, .inputRequired: break
        case .error(let code):
            writer.key("code")
            writer.int(code)
        case .failed(let kind, let detail):
            writer.member("reason", kind.rawValue)
            writer.member("detail", detail)
        }
        writer.key("latencyMicroseconds")
        writer.int(Int(latency))
        writer.key("resultBytes")
        writer.int(resultBytes)
        if let resultDigest { writer.member("resultDigest", Hexadecimal.text(resultDigest)) }
    }
}

extension Outcome {
    fileprivate func writeDetails(to writer: inout JSONWriter) {
        switch self {
        case .allowed: break
        case .denied(let denial):
            writer.member("rule", denial.rule.description)
            writer.member("message", denial.message)
        case .notVisible(let reason): writer.member("reason", reason.rawValue)
        case .limited(let charge, let retryAfter):
            writer.member("rule", charge.rule.description)
            writer.member("counter", charge.counter)
            if let retryAfter {
                writer.key("retryAfterSeconds")
                writer.int(retryAfter.components.seconds)
            }
        case .approvalOwed(let approval): writer.member("rule", approval.rule.description)
        case .unavailable(let what): writer.member("reason", what.rawValue)
        case .refused(let reason): writer.member("reason", reason.rawValue)
        }
    }
}

extension CallSubject {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.member("organisation", organisation)
        writer.member("grant", principal?.grant.label)
        writer.member("principal", principal?.id)
        writer.member("server", server)
        writer.member("session", session)
        writer.member("client", client)
        writer.member("method", method)
        writer.member("tool", tool)
        writer.member("prompt", prompt)
        writer.member("resource", resource)
        writer.member("definition", definition?.hex)
        writer.key("requestBytes")
        writer.int(requestBytes)
        guard let arguments else { return }
        writer.member("argumentsDigest", Hexadecimal.text(AuditText.digest(arguments.canonicalExact())))
        writer.key("argumentKeys")
        writer.beginArray()
        let keys = arguments.members.prefix(GatewayLimits.auditArgumentKeys).map { AuditText.shortened($0.key.string) }
        for key in keys.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) { writer.string(key) }
        writer.endArray()
        if capture == .full {
            writer.key("arguments")
            // On one line, so that no argument can pass for an entry of its own.
            writer.raw(OneLine.of(Array(arguments.bytes)))
        }
    }
}

import Administration
import GatewayStorage
import HTTPTypes
import WireJSON

extension APIOperation {
    /// A document is a JSON object, or JSON or YAML as text.
    private static let document = Shape.either([.text(.some, bytes: AdministrationBounds.policyBytes), .anyObject])

    static let policies: [APIOperation] = [
        APIOperation(
            id: "listPolicies", method: .get, path: "/policies", summary: "The policies.", requirement: .listPolicies,
            query: page, status: .ok, answer: .page(of: .policy)
        ) { call in
            APIAnswer(
                try await call.office.list(
                    PolicyRecord.self, as: .listPolicies, by: call.actor, after: call.cursor(), limit: call.limit))
        },
        APIOperation(
            id: "createPolicy", method: .post, path: "/policies", summary: "Make a policy, with a draft if given.",
            requirement: .createPolicy, body: .object([.need("name", .name), .may("document", document)]),
            status: .created, answer: .policy
        ) { call in
            let policy = try await call.office.createPolicy(
                call.body.string("name") ?? "", draft: text(call.body["document"]), by: call.actor)
            return APIAnswer(policy, location: "/policies/\(policy.id)")
        },
        APIOperation(
            id: "showPolicy", method: .get, path: "/policies/{id}", summary: "One policy.", requirement: .showPolicy,
            status: .ok, answer: .policy
        ) { call in
            APIAnswer(try await call.office.show(PolicyRecord.self, call.id(), as: .showPolicy, by: call.actor))
        },
        APIOperation(
            id: "draftPolicy", method: .put, path: "/policies/{id}/draft",
            summary: "Set the draft, or discard it with null; answers with what compiling it finds.",
            requirement: .draftPolicy, body: .object([.need("document", .nullable(document))]), status: .ok,
            answer: .object([.need("policy", .policy), .may("verdict", .verdict)])
        ) { call in
            let drafted = try await call.office.draftPolicy(
                call.id(), text(call.body["document"]), by: call.actor)
            return APIAnswer { json in
                json.object { json in
                    json.key("policy")
                    drafted.policy.describe(to: &json)
                    guard let verdict = drafted.verdict else { return }
                    json.key("verdict")
                    json.object { json in
                        write("errors", verdict.errors, to: &json)
                        write("warnings", verdict.warnings, to: &json)
                    }
                }
            }
        },
        APIOperation(
            id: "publishPolicy", method: .post, path: "/policies/{id}/publish",
            summary: "Put the draft, or the document given, in force as the next version.",
            requirement: .publishPolicy, body: .object([.may("document", document)]), status: .created,
            answer: .version
        ) { call in
            let version = try await call.office.publishPolicy(
                call.id(), document: text(call.body["document"]), by: call.actor)
            return APIAnswer(version, location: "/policies/\(version.policy)/versions/\(version.number)")
        },
        APIOperation(
            id: "rollBackPolicy", method: .post, path: "/policies/{id}/rollback",
            summary: "Put an earlier version in force again, as the next version.", requirement: .rollBackPolicy,
            body: .object([.need("version", .integer(1...1_000_000))]), status: .created, answer: .version
        ) { call in
            let version = try await call.office.rollBackPolicy(
                call.id(), to: call.body["version"]?.int ?? 0, by: call.actor)
            return APIAnswer(version, location: "/policies/\(version.policy)/versions/\(version.number)")
        },
        APIOperation(
            id: "listVersions", method: .get, path: "/policies/{id}/versions", summary: "Its versions, oldest first.",
            requirement: .showPolicy, query: page, status: .ok, answer: .page(of: .version)
        ) { call in
            let policy = try await call.office.show(PolicyRecord.self, call.id(), as: .showPolicy, by: call.actor)
            return APIAnswer(
                try await call.office.list(
                    PolicyVersion.self, as: .showPolicy, by: call.actor, parents: [.policy: policy.id],
                    after: call.cursor(), limit: call.limit))
        },
        APIOperation(
            id: "showVersion", method: .get, path: "/policies/{id}/versions/{number}", summary: "One version.",
            requirement: .showPolicy, status: .ok, answer: .version
        ) { call in
            APIAnswer(
                try await call.office.version(Int(call.parts["number"] ?? "") ?? 0, of: call.id(), by: call.actor))
        },
        APIOperation(
            id: "comparePolicy", method: .get, path: "/policies/{id}/diff",
            summary: "What two states of a policy decide differently.", requirement: .comparePolicies,
            query: [
                Parameter(
                    name: "from", shape: .text(.state, bytes: 9),
                    words: "A version's number, `published` (as without it) or `draft`."),
                Parameter(
                    name: "to", shape: .text(.state, bytes: 9),
                    words: "A version's number, `published` or `draft` (as without it)."),
                Parameter(
                    name: "server", shape: .id,
                    words: "Compare for the tools of this server; without it, for the names the documents have."),
            ], status: .ok, answer: .comparison
        ) { call in
            var server: RecordID?
            if let text = call.query["server"] { server = try call.id(text, "server") }
            let found = try await call.office.comparePolicy(
                call.id(), from: call.query["from"].flatMap { PolicyState($0) },
                to: call.query["to"].flatMap { PolicyState($0) }, over: server, by: call.actor)
            return APIAnswer { json in
                json.object { json in
                    json.member("looser", found.isLooser)
                    if let tools = found.tools { json.member("tools", tools) }
                    json.key("differences")
                    json.array { json in for change in found.changes { write(change, to: &json) } }
                }
            }
        },
        APIOperation(
            id: "removePolicy", method: .delete, path: "/policies/{id}", summary: "Remove a policy no grant uses.",
            requirement: .removePolicy, status: .noContent
        ) { call in
            try await call.office.removePolicy(call.id(), by: call.actor)
            return .empty
        },
    ]

    private static func text(_ document: JSON?) -> String? {
        guard let document, !document.isNull else { return nil }
        return document.string ?? String(decoding: document.bytes, as: UTF8.self)
    }

    private static func write(_ change: PolicyComparison.Change, to json: inout JSONWriter) {
        json.object { json in
            json.member("direction", change.direction)
            json.member("kind", change.kind)
            json.member("subject", change.subject)
            json.member("detail", change.detail)
            if let old = change.old { json.member("old", old) }
            if let new = change.new { json.member("new", new) }
        }
    }

    private static func write(_ key: String, _ problems: [PolicyProblem], to json: inout JSONWriter) {
        json.key(key)
        json.array { json in
            for problem in problems {
                json.object { json in
                    json.member("line", problem.line)
                    json.member("column", problem.column)
                    json.member("pointer", problem.pointer)
                    json.member("message", problem.message)
                }
            }
        }
    }
}

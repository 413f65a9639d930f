import Administration
import GatewayStorage
import HTTPTypes
import WireJSON

extension APIOperation {
    private static let pair = Shape.object([.need("server", .id), .need("policy", .id), .may("mode", .mode)])

    static let grants: [APIOperation] = [
        APIOperation(
            id: "listGrants", method: .get, path: "/grants", summary: "The grants.", requirement: .listGrants,
            query: page, status: .ok, answer: .page(of: .either([.grant, .declaredGrant]))
        ) { call in
            let page = try await call.office.list(
                GrantRecord.self, as: .listGrants, by: call.actor, after: call.cursor(), limit: call.limit)
            return try await call.answer(page, declaring: { $0.grants }) { grant, json in
                grant.describe(to: &json)
            } writeDeclared: { grant, json in
                grant.describe(to: &json)
            }
        },
        APIOperation(
            id: "createGrant", method: .post, path: "/grants", summary: "Make a grant; its token is told this once.",
            requirement: .createGrant,
            body: .object([
                .need("label", .name), .may("tags", .textTable), .may("expires_at", .time),
                .may("connectable_by", .role),
                .may("servers", .list(pair, most: AdministrationBounds.entries)),
            ]), status: .created, answer: .issued(.grant)
        ) { call in
            var pairs: [Administration.Pair] = []
            for element in call.body["servers"].map({ Array($0.elements) }) ?? [] {
                pairs.append(try pair(element, server: element.string("server"), call))
            }
            let issued = try await call.office.createGrant(
                call.body.string("label") ?? "", tags: tags(call.body) ?? [:],
                expiresAt: call.body.string("expires_at").flatMap { Timestamp.time($0) },
                connectableBy: call.body.string("connectable_by").flatMap { Role(rawValue: $0) }, pairs: pairs,
                by: call.actor)
            return APIAnswer(issued, location: "/grants/\(issued.record.id)")
        },
        APIOperation(
            id: "showGrant", method: .get, path: "/grants/{id}", summary: "One grant, and when it last called.",
            requirement: .showGrant,
            status: .ok, answer: .object([.need("grant", .grant), .may("last_used_at", .time)])
        ) { call in
            let grant = try await call.office.show(GrantRecord.self, call.id(), as: .showGrant, by: call.actor)
            let lastUse = try await call.office.lastUse(of: grant, by: call.actor)
            return APIAnswer { json in
                json.object { json in
                    json.key("grant")
                    grant.describe(to: &json)
                    if let lastUse { json.member("last_used_at", Timestamp.text(lastUse)) }
                }
            }
        },
        APIOperation(
            id: "changeGrant", method: .patch, path: "/grants/{id}",
            summary: "Change tags, expiry, or who may connect clients.",
            requirement: .changeGrant,
            body: .object([
                .may("tags", .textTable), .may("expires_at", .nullable(.time)),
                .may("connectable_by", .nullable(.role)),
            ]), status: .ok, answer: .grant
        ) { call in
            let expiry: WallTime?? = call.body["expires_at"].map { $0.string.flatMap { Timestamp.time($0) } }
            let role: Role?? = call.body["connectable_by"].map { $0.string.flatMap { Role(rawValue: $0) } }
            return APIAnswer(
                try await call.office.changeGrant(
                    call.id(), tags: tags(call.body), expiresAt: expiry, connectableBy: role, by: call.actor))
        },
        APIOperation(
            id: "rotateGrant", method: .post, path: "/grants/{id}/rotate",
            summary: "Make a new token, told this once; the old one goes on for `overlap` seconds.",
            requirement: .rotateGrant,
            body: .object([
                .may("overlap", .integer(0...Int(AdministrationBounds.overlap.components.seconds)))
            ]), status: .created, answer: .issued(.grant)
        ) { call in
            let issued = try await call.office.rotateGrant(
                call.id(), overlap: .seconds(call.body["overlap"]?.int ?? 0), by: call.actor)
            return APIAnswer(issued, location: "/grants/\(issued.record.id)")
        },
        APIOperation(
            id: "revokeGrant", method: .delete, path: "/grants/{id}",
            summary: "End a grant for good, open streams included.", requirement: .revokeGrant, status: .noContent
        ) { call in
            _ = try await call.office.revokeGrant(call.id(), by: call.actor)
            return .empty
        },
        APIOperation(
            id: "listAttachments", method: .get, path: "/grants/{id}/servers", summary: "The servers a grant reaches.",
            requirement: .showGrant, status: .ok, answer: .page(of: .attachment)
        ) { call in
            APIAnswer(.init(items: try await call.office.attachments(of: call.id(), by: call.actor), next: nil))
        },
        APIOperation(
            id: "attachPolicy", method: .put, path: "/grants/{id}/servers/{server}",
            summary: "Let a grant reach a server under a policy.", requirement: .attachPolicy,
            body: .object([.need("policy", .id), .may("mode", .mode)]), status: .ok, answer: .attachment
        ) { call in
            let pair = try pair(call.body, server: call.parts["server"], call)
            return APIAnswer(try await call.office.attach(pair, to: call.id(), by: call.actor))
        },
        APIOperation(
            id: "detachPolicy", method: .delete, path: "/grants/{id}/servers/{server}",
            summary: "Let a grant reach a server no more.", requirement: .detachPolicy, status: .noContent
        ) { call in
            try await call.office.detach(call.id("server"), from: call.id(), by: call.actor)
            return .empty
        },
        stop("stopGrant", "/grants/{id}/stop", "Stop a grant at once, open streams included.", true) {
            call throws(Refusal) in .grant(try call.id())
        },
        stop("resumeGrant", "/grants/{id}/resume", "Let it go on.", false) { call throws(Refusal) in
            .grant(try call.id())
        },
    ]

    private static func pair(
        _ body: JSON, server: String?, _ call: APICall
    ) throws(Refusal) -> Administration.Pair {
        Administration.Pair(
            server: try call.id(server ?? "", "server"), policy: try call.id(body.string("policy") ?? "", "policy"),
            mode: body.string("mode").flatMap { Attachment.Mode(rawValue: $0) } ?? .enforce)
    }

    private static func tags(_ body: JSON) -> [String: String]? {
        guard let given = body["tags"] else { return nil }
        var tags: [String: String] = [:]
        for (key, value) in given.members { tags[key.string] = value.string }
        return tags
    }

    /// The whole interface.
    static let all = people + organisations + servers + policies + grants + connections + audit + files + catalogue
}

import Administration
import GatewayStorage
import HTTPTypes
import WireJSON

extension APIOperation {
    /// What the operator of the instance does.
    static let organisations: [APIOperation] = [
        APIOperation(
            id: "listOrganisations", method: .get, path: "/organisations",
            summary: "Every organisation; for the operator only.", requirement: .listOrganisations, status: .ok,
            answer: .page(of: .organisation)
        ) { call in
            APIAnswer(.init(items: try await call.office.organisations(by: call.actor), next: nil))
        },
        APIOperation(
            id: "createOrganisation", method: .post, path: "/organisations",
            summary: "Make an organisation and the invitation of its first admin; for the operator only.",
            requirement: .createOrganisation,
            body: .object([
                .need("name", .name), .may("email", .text(bytes: AdministrationBounds.emailBytes)),
                .may("machine", .boolean),
            ]),
            status: .created,
            answer: .object([
                .need("organisation", .organisation), .need("token", .anyText), .need("invitation", .invitation),
            ])
        ) { call in
            let made = try await call.office.createOrganisation(
                call.body.string("name") ?? "", admin: call.body.string("email"),
                mayUseMachine: call.body["machine"]?.bool ?? false, by: call.actor)
            return APIAnswer(location: "/organisation") { json in
                json.object { json in
                    json.key("organisation")
                    made.organisation.describe(to: &json)
                    json.member("token", made.invitation.token)
                    json.key("invitation")
                    made.invitation.record.describe(to: &json)
                }
            }
        },
    ]
}

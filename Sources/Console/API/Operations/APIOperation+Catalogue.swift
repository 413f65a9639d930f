import Administration
import HTTPTypes
import WireJSON

/// What the catalogue offers, for who registers servers.
extension APIOperation {
    static let catalogue: [APIOperation] = [
        APIOperation(
            id: "showOffer", method: .get, path: "/catalogue",
            summary: "What the catalogue knows of a server: how it is started, and a policy to begin with.",
            requirement: .listServers,
            query: [
                Parameter(
                    name: "name", shape: .text(.some, bytes: 1024), words: "The server's name in the catalogue.",
                    isRequired: true)
            ], status: .ok,
            answer: .object([
                .need("name", .anyText), .need("registry", .anyText), .need("package", .anyText),
                .need("version", .anyText), .may("command", .texts), .need("tools", .number),
                .need("policy", .anyObject),
            ])
        ) { call in
            let offer = try await call.office.offer(call.query["name"] ?? "", by: call.actor)
            return APIAnswer { json in
                json.object { json in
                    json.member("name", offer.name)
                    json.member("registry", offer.registry)
                    json.member("package", offer.package)
                    json.member("version", offer.version)
                    if let command = offer.command {
                        json.key("command")
                        json.array { json in for word in command { json.string(word) } }
                    }
                    json.member("tools", offer.tools)
                    json.member("policy", raw: Array(offer.policy.utf8))
                }
            }
        }
    ]
}

extension APICall {
    /// The command of the server that the body names in the catalogue; nil where it names none.
    func catalogueCommand() async throws(Refusal) -> [String]? {
        guard let name = body.string("catalogue") else { return nil }
        guard !body.has("url"), !body.has("command") else {
            throw .invalid(field: "catalogue", reason: "and `url` or `command` exclude each other")
        }
        return try await office.command(ofCatalogue: name, by: actor)
    }
}

import Administration
import GatewayStorage
import WireJSON

/// A server's tokens on the interface.
extension Shape {
    private static let grantWord = Shape.choice(OAuthChoices.Grant.allCases.map(\.rawValue))
    private static let entry = Shape.text(.some, bytes: AdministrationBounds.entryBytes)

    /// What a person chooses; the client's secret goes in and never comes out.
    static let oauthChoices = Shape.object([
        .may("grant", grantWord), .may("client_id", entry),
        .may("client_secret", .nullable(.text(.some, bytes: AdministrationBounds.entryBytes))), .may("issuer", entry),
        .may("scopes", .list(entry, most: AdministrationBounds.entries)),
    ])

    static let oauth = Shape.object([
        .need("grant", grantWord), .may("client_id", .anyText), .may("issuer", .anyText), .need("scopes", texts),
        .need("has_secret", .boolean),
    ])

    /// Where the gateway stands there; `link` is for who may change the server.
    static let authorization = Shape.object([
        .need("state", .choice(AuthorizationStanding.State.allCases.map(\.rawValue))), .may("reason", .anyText),
        .may("link", .anyText),
    ])
}

extension OAuthChoices {
    /// Those in a body's `oauth`, of the shape; nil where that is null.
    init?(in body: JSON) {
        guard let chosen = body["oauth"], chosen.kind == .object else { return nil }
        self.init()
        if let word = chosen.string("grant") { grant = Grant(rawValue: word) ?? .authorizationCode }
        clientID = chosen.string("client_id")
        issuer = chosen.string("issuer")
        scopes = chosen["scopes"].map { $0.elements.compactMap(\.string) } ?? []
    }
}

extension APICall {
    /// A server, and where the gateway stands at it as far as the actor may see that.
    func write(_ server: ServerRecord, to json: inout JSONWriter) {
        json.object { json in
            json.member("id", server.id.text)
            server.write(to: &json)
            guard let standing = office.standing(at: server, for: actor) else { return }
            json.key("authorization")
            standing.write(to: &json)
        }
    }

    func answer(_ server: ServerRecord, location: String? = nil) -> APIAnswer {
        APIAnswer(location: location) { write(server, to: &$0) }
    }
}

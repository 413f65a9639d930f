import GatewayStorage
public import WireJSON

/// Servers that ask for tokens.
extension Administration {
    /// Where the gateway stands at a server, as far as the actor may see it: the link by which somebody signs in is for
    /// those who may change the server.
    public func standing(at server: ServerRecord, for actor: Actor) -> AuthorizationStanding? {
        guard server.organisation == actor.organisation, server.settings.oauth != nil, server.isReachable,
            // A file that owns the name has put another server in force under it.
            !ports.declared().servers.contains(server.slug), var standing = ports.credentials.standing(server.slug)
        else { return nil }
        if !actor.may(.changeServer) { standing.link = nil }
        return standing
    }

    /// Records that a person has to sign in at a registered server, or that somebody did. Nothing is changed by it.
    public func noteSignIn(isNeeded: Bool, at slug: String) async {
        guard !ports.declared().servers.contains(slug),
            let server = try? await directory.find(ServerRecord.self, handle: Array(slug.utf8))
        else { return }
        var writer = JSONWriter()
        writer.object { $0.member("slug", slug) }
        _ = await ports.record(
            AdministrativeEvent(
                time: clock(), organisation: server.organisation, actor: "gateway",
                operation: isNeeded ? "signInNeeded" : "signedIn", object: .server, id: server.id,
                after: writer.bytes))
    }

    /// The choices about tokens as they are kept, if they fit with the others.
    func checked(
        _ oauth: OAuthChoices, of choices: ServerChoices, _ secrets: [String: String]
    ) throws(Refusal)
        -> OAuthChoices
    {
        guard !choices.isCommand else { throw .invalid(field: "oauth", reason: "is of a server that has a `url`") }
        guard oauth.scopes.count <= AdministrationBounds.entries else {
            throw .invalid(field: "oauth", reason: "has at most \(AdministrationBounds.entries) scopes")
        }
        for text in oauth.scopes + [oauth.clientID, oauth.issuer].compactMap(\.self)
        where text.utf8.count > AdministrationBounds.entryBytes {
            throw .invalid(field: "oauth", reason: "has a text that is too long")
        }
        var checked = oauth
        checked.hasSecret = secrets[OAuthChoices.secretName] != nil
        return checked
    }

    /// The secrets that go on with the new choices. A client's secret is never shown to another issuer, or as another
    /// client's, than it was given for.
    func carried(
        _ secrets: [String: String], given: [String: String?], from old: ServerChoices, to new: ServerChoices
    ) throws(Refusal) -> [String: String] {
        var secrets = secrets
        guard let oauth = new.oauth else {
            secrets[OAuthChoices.secretName] = nil
            return secrets
        }
        let isGiven = given.keys.contains(OAuthChoices.secretName)
        guard secrets[OAuthChoices.secretName] != nil, !isGiven else { return secrets }
        guard let earlier = old.oauth, Self.areEqual(earlier.issuer, oauth.issuer),
            Self.areEqual(earlier.clientID, oauth.clientID)
        else {
            throw .invalid(field: "oauth", reason: "names another issuer or client: give its `client_secret` with it")
        }
        return secrets
    }

    private static func areEqual(_ one: String?, _ other: String?) -> Bool {
        one.map { Array($0.utf8) } == other.map { Array($0.utf8) }
    }
}

extension AuthorizationStanding {
    public func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("state", state.rawValue)
            writer.member("reason", optional: reason)
            writer.member("link", optional: link)
        }
    }
}

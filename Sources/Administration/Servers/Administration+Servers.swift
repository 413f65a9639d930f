public import GatewayStorage
import WireJSON

extension Administration {
    /// Registers a server. Its secrets are the values of headers (URL) or environment variables (command), by name.
    public func registerServer(
        _ slug: String, _ choices: ServerChoices, secrets: [String: String], by actor: Actor
    ) async throws(Refusal) -> ServerRecord {
        try actor.require(.registerServer)
        try checkDeclared(slug, ports.declared().servers, "this server")
        try await checkRoom(for: ServerRecord.self, in: actor.organisation)
        let now = clock()
        let settings = try await checked(choices, secrets, slug: slug, by: actor)
        let server = ServerRecord(
            organisation: actor.organisation, id: .make(.server, at: now), slug: slug, settings: settings,
            createdAt: now)
        var change = Change.inserting(server, by: .registerServer)
        if let sealed = try seal(secrets, of: server) { change.steps.append(.insert(sealed.row)) }
        try await make(change, by: actor)
        return server
    }

    /// Changes how a server is reached and treated. `secrets` names those that are set anew, or removed with nil; the
    /// others stay, where the server does: what was given for one host, or one command, goes to no other.
    public func changeServer(
        _ id: RecordID, _ choices: ServerChoices, secrets given: [String: String?], isEnabled: Bool, by actor: Actor
    ) async throws(Refusal) -> ServerRecord {
        try actor.require(.changeServer)
        let old = try await directory.fetch(ServerRecord.self, id, of: actor.organisation)
        var secrets = try await openSecrets(of: old)
        for (name, value) in given { secrets[name] = value }
        let kept = secrets
        let others = secrets.keys.filter { $0 != OAuthChoices.secretName && !given.keys.contains($0) }.sorted()
        guard others.isEmpty || choices.transport.leads(where: old.settings.transport) else {
            throw .invalid(
                field: "secrets",
                reason: "were given for another host or command: give or remove \(others.joined(separator: ", "))")
        }
        secrets = try carried(secrets, given: given, from: old.settings, to: choices)
        var new = old
        new.settings = try await checked(choices, secrets, slug: old.slug, by: actor)
        new.isEnabled = isEnabled
        if new.settings != old.settings || !given.isEmpty { new.revision += 1 }
        var change = Change.replacing(old, with: new, by: .changeServer)
        if !given.isEmpty || secrets != kept {
            if let sealed = try await sealed(of: old) { change.steps.append(.remove(sealed.row)) }
            if let sealed = try seal(secrets, of: new) { change.steps.append(.insert(sealed.row)) }
        }
        try await make(change, by: actor)
        return new
    }

    /// Removes a server that no grant reaches.
    public func removeServer(_ id: RecordID, by actor: Actor) async throws(Refusal) {
        try actor.require(.removeServer)
        let server = try await directory.fetch(ServerRecord.self, id, of: actor.organisation)
        try await make(.removing(server, by: .removeServer), by: actor)
        await ports.credentials.forget(id)
    }

    /// Seals every secret of the actor's organisation with the present key, and every token that servers gave this
    /// instance; how many were sealed with another.
    public func rotateSecrets(by actor: Actor) async throws(Refusal) -> Int {
        try actor.require(.rotateSecrets)
        let secrets = try await directory.all(SealedSecret.self, of: actor.organisation)
        let old = secrets.filter { $0.keyID != keyring.current.id }
        for secret in old {
            let plain = try keyring.open(secret)
            let new = try keyring.seal(plain, organisation: secret.organisation, server: secret.server)
            var change = Change.replacing(secret, with: new, by: .rotateSecrets)
            change.isEffective = false
            try await make(change, by: actor)
        }
        return old.count + (try await ports.credentials.reseal())
    }

    /// A server's secrets in the clear: for the program that reaches it, and nobody else.
    public func openSecrets(of server: ServerRecord) async throws(Refusal) -> [String: String] {
        guard let sealed = try await sealed(of: server) else { return [:] }
        let plain = try keyring.open(sealed)
        guard let json = try? JSON(plain) else { throw .unavailable("a sealed secret cannot be read") }
        var secrets: [String: String] = [:]
        for member in json.members { secrets[member.key.string] = member.value.string }
        return secrets
    }

    private func sealed(of server: ServerRecord) async throws(Refusal) -> SealedSecret? {
        try await directory.all(SealedSecret.self, of: server.organisation, parents: [.server: server.id]).first
    }

    private func seal(_ secrets: [String: String], of server: ServerRecord) throws(Refusal) -> SealedSecret? {
        guard !secrets.isEmpty else { return nil }
        var writer = JSONWriter()
        writer.object { writer in for (name, value) in secrets { writer.member(name, value) } }
        return try keyring.seal(writer.bytes, organisation: server.organisation, server: server.id)
    }

    /// The choices with the secrets' names, if they can be used and the actor may make them.
    private func checked(
        _ choices: ServerChoices, _ secrets: [String: String], slug: String, by actor: Actor
    ) async throws(Refusal) -> ServerChoices {
        // A command is a program on this machine: nobody but an admin names one, and only where the machine is theirs.
        if choices.isCommand {
            try actor.require(.registerCommand)
            let own = try await directory.fetch(Organisation.self, actor.organisation, of: actor.organisation)
            guard own.mayUseMachine || actor.who == .operator else { throw .notAllowed(needs: .operator) }
        }
        if let title = choices.title { _ = try GivenText.name(title, "title") }
        if let seconds = choices.callTimeout, !(1...86_400).contains(seconds) {
            throw .invalid(field: "call_timeout", reason: "is 1 to 86400 seconds")
        }
        guard secrets.count <= AdministrationBounds.entries else {
            throw .invalid(field: "secrets", reason: "are at most \(AdministrationBounds.entries)")
        }
        for (name, value) in secrets
        where name.utf8.count > AdministrationBounds.nameBytes
            || value.utf8.count > AdministrationBounds.entryBytes
        {
            throw .invalid(field: "secrets", reason: "are too long")
        }
        if case .command(let command, _) = choices.transport {
            guard (1...AdministrationBounds.entries).contains(command.count),
                command.allSatisfy({ $0.utf8.count <= AdministrationBounds.entryBytes })
            else { throw .invalid(field: "command", reason: "has 1 to \(AdministrationBounds.entries) short words") }
        }
        if let objection = ports.objection(slug, choices, secrets) {
            throw .invalid(field: objection.field, reason: objection.reason)
        }
        var choices = choices
        if let oauth = choices.oauth { choices.oauth = try checked(oauth, of: choices, secrets) }
        choices.secretNames = secrets.keys.filter { $0 != OAuthChoices.secretName }.sorted {
            $0.utf8.lexicographicallyPrecedes($1.utf8)
        }
        return choices
    }
}

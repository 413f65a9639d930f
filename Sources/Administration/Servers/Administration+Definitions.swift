internal import Crypto
public import GatewayStorage
import WireJSON

extension Administration {
    /// Asks a server for its tools now and keeps what it lists. The first list of a server set to `accept: initial` is
    /// accepted as a whole; later news wait for a person.
    public func scan(_ id: RecordID, by actor: Actor) async throws(Refusal) -> [SeenDefinition] {
        try actor.require(.scanServer)
        let server = try await directory.fetch(ServerRecord.self, id, of: actor.organisation)
        guard server.isReachable else { throw .conflict("this server is not enabled") }
        // What is in force under this name is the file's.
        try checkDeclared(server.slug, ports.declared().servers, "this server's name")
        let listed: [ListedTool]
        switch await ports.listTools(server.slug) {
        case .success(let tools): listed = tools
        case .failure(let failure): throw .unavailable(failure.words)
        }
        guard listed.count <= AdministrationBounds.tools else { throw .unavailable("the server lists too many tools") }
        let known = try await definitions(of: server)
        var change = Change(.scanServer, .server, id)
        change.isEffective = false
        var scanned = server
        scanned.scannedAt = clock()
        change.steps = [.replace(server.row, with: scanned.row)]
        change.before = Self.summary(known)
        let seen = note(listed, on: known, of: server, in: &change)
        change.after = Self.summary(seen, news: Self.news(in: seen, since: known))
        try await make(change, by: actor)
        if server.settings.acceptance == .initial, !known.contains(where: { $0.acceptedHash != nil }) {
            return try await accept(seen, of: scanned, by: actor)
        }
        return seen
    }

    /// Adds to the change what the list says that was not known; the definitions as they are then.
    func note(
        _ listed: [ListedTool], on known: [SeenDefinition], of server: ServerRecord, in change: inout Change
    ) -> [SeenDefinition] {
        var seen: [SeenDefinition] = []
        var byTool = Dictionary(known.map { ($0.tool, $0) }, uniquingKeysWith: { first, _ in first })
        for tool in listed {
            guard let old = byTool.removeValue(forKey: tool.name) else {
                let new = SeenDefinition(
                    organisation: server.organisation, id: Self.definitionID(tool.name, of: server), server: server.id,
                    tool: tool.name, seenHash: tool.hash, seen: tool.definition)
                // A name that is listed twice is kept once, as first listed.
                guard !seen.contains(where: { $0.id == new.id }) else { continue }
                change.steps.append(.insert(new.row))
                seen.append(new)
                continue
            }
            var new = old
            new.seenHash = tool.hash
            new.seen = tool.definition
            if new != old { change.steps.append(.replace(old.row, with: new.row)) }
            seen.append(new)
        }
        for (_, gone) in byTool where gone.seenHash != nil {
            var new = gone
            new.seenHash = nil
            change.steps.append(.replace(gone.row, with: new.row))
            seen.append(new)
        }
        seen += byTool.values.filter { $0.seenHash == nil }
        return seen.sorted { $0.id < $1.id }
    }

    /// Accepts definitions as last seen: those named with the hash the person looked at, or with nil all of them.
    public func acceptDefinitions(
        _ chosen: [(tool: [UInt8], hash: String)]?, of id: RecordID, by actor: Actor
    ) async throws(Refusal) -> [SeenDefinition] {
        try actor.require(.acceptDefinitions)
        let server = try await directory.fetch(ServerRecord.self, id, of: actor.organisation)
        let known = try await definitions(of: server)
        guard let chosen else { return try await accept(known, of: server, by: actor) }
        var accepted: [SeenDefinition] = []
        for (tool, hash) in chosen {
            guard let definition = known.first(where: { $0.tool == tool }) else { throw .unknown("tool") }
            // What was looked at is accepted, and nothing that came after.
            guard definition.seenHash == hash else {
                throw .conflict("the definition was changed meanwhile – look again")
            }
            accepted.append(definition)
        }
        return try await accept(accepted, of: server, by: actor)
    }

    private func accept(
        _ definitions: [SeenDefinition], of server: ServerRecord, by actor: Actor
    ) async throws(Refusal) -> [SeenDefinition] {
        try actor.require(.acceptDefinitions)
        var change = Change(.acceptDefinitions, .server, server.id)
        var result: [SeenDefinition] = []
        for old in definitions {
            guard let hash = old.seenHash else { continue }
            var new = old
            new.acceptedHash = hash
            new.accepted = old.seen
            result.append(new)
            if new != old { change.steps.append(.replace(old.row, with: new.row)) }
        }
        guard !result.isEmpty else { throw .conflict("there is nothing to accept – scan the server first") }
        change.before = Self.summary(definitions)
        change.after = Self.summary(result)
        try await make(change, by: actor)
        return result
    }

    /// What differs between the accepted definition and the one last seen; `kind` is `new`, `changed`, `gone`,
    /// `reordered` (the same, but for the order of what has none) or `same`.
    public func difference(
        tool: [UInt8], of id: RecordID, by actor: Actor
    ) async throws(Refusal) -> (definition: SeenDefinition, kind: String, differences: [Difference]) {
        try actor.require(.listTools)
        let server = try await directory.fetch(ServerRecord.self, id, of: actor.organisation)
        let definition = try await directory.fetch(
            SeenDefinition.self, Self.definitionID(tool, of: server), of: actor.organisation)
        let old = definition.accepted.flatMap { try? JSON(lenient: $0) }
        let new = definition.seenHash == nil ? nil : try? JSON(lenient: definition.seen)
        let kind = DefinitionNews.Kind(
            definition.acceptedHash, definition.accepted, definition.seenHash, definition.seen)
        return (definition, kind.rawValue, Difference.between(old, new))
    }

    func definitions(of server: ServerRecord) async throws(Refusal) -> [SeenDefinition] {
        try await directory.all(SeenDefinition.self, of: server.organisation, parents: [.server: server.id])
    }

    private static func definitionID(_ tool: [UInt8], of server: ServerRecord) -> RecordID {
        server.id.extended(Hexadecimal.text(Array(SHA256.hash(data: tool).prefix(20))))
    }

    /// What an event says of a list: how many tools are in each state, one hash over them all, and what is new in it.
    static func summary(_ definitions: [SeenDefinition], news: [DefinitionNews] = []) -> [UInt8] {
        var writer = JSONWriter()
        let all = definitions.sorted { $0.id < $1.id }.map {
            "\($0.id) \($0.seenHash ?? "-") \($0.acceptedHash ?? "-")"
        }
        writer.object { writer in
            for state in SeenDefinition.State.allCases {
                writer.member(state.rawValue, definitions.count { $0.state == state })
            }
            writer.member("digest", Hexadecimal.text(Array(SHA256.hash(data: Array(all.joined(separator: "\n").utf8)))))
            guard !news.isEmpty else { return }
            writer.member("news", news.count)
            writer.key("tools")
            writer.array { writer in for one in news.prefix(DefinitionNews.most) { one.write(to: &writer) } }
        }
        return writer.bytes
    }
}

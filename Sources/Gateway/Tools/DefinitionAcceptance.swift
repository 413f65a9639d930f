public import GatewayStorage
import Logging
import MCPMessages
import PolicyEngine
import ToolCatalogue
import WireJSON

/// Keeps what each server's tools are accepted to be: takes the first list, compares every later one.
///
/// A definition that is new or changed is not accepted until a person accepts it, so a changed description never reaches
/// a model unseen (policy language, section 3).
public struct DefinitionAcceptance: Sendable {
    let configuration: RunningConfiguration
    let store: any DefinitionStore
    let clock: GatewayClock
    let logger: Logger

    /// Puts in force what was accepted in an earlier run.
    public func restore(_ server: String) async throws(StorageError) {
        for list in DefinitionList.all(of: server) {
            guard let kept = try await store.accepted(server: list.key) else { continue }
            var tools: [ToolName: Definitions.Accepted] = [:]
            for definition in kept {
                guard let json = try? JSON(lenient: definition.definition) else {
                    logger.error(
                        "an accepted definition cannot be read and is not accepted", metadata: ["server": "\(server)"])
                    continue
                }
                tools[definition.tool] = Definitions.Accepted(
                    hash: DefinitionHash(hex: definition.hash), definition: json)
            }
            configuration.updateDefinitions(of: list) { $0.accept(tools) }
        }
    }

    /// Whether a list of the server is accepted.
    public func isEstablished(_ server: String) -> Bool {
        let known = configuration.current.definitions
        return DefinitionList.all(of: server).contains { known[$0]?.isEstablished ?? false }
    }

    /// Whether the list that clients of one era see was accepted by itself.
    func isEstablished(_ server: String, in era: Era) -> Bool {
        configuration.current.definitions[DefinitionList(server: server, era: era)]?.isEstablished ?? false
    }

    /// Whether there is something to compare that list with, be it that there was to be none.
    func isSettled(_ server: String, in era: Era) -> Bool {
        configuration.current.definitions[DefinitionList(server: server, era: era)]?.isSettled ?? false
    }

    /// Takes the server's first list as accepted, where it is set to, as the scope's client sees it. True once there is an
    /// accepted list, or it is known that the server has none.
    public func establish(_ server: Server, for scope: UpstreamScope) async -> Bool {
        if isEstablished(server.slug) { return true }
        let known = configuration.current.definitions(
            of: DefinitionList(server: server.slug, era: scope.clientEra))
        if known.isSettled { return true }
        guard server.settings.acceptance.takesFirstList else { return false }
        return await establish(scope.clientEra, of: server, for: scope)
    }

    /// Follows the first list with the one that clients of the other era see, where there is to be one. One that cannot be
    /// had leaves the first: clients of both eras are then judged by that.
    public func establishOther(_ server: Server, for scope: UpstreamScope) async {
        let other: Era = scope.clientEra == .modern ? .legacy : .modern
        guard server.settings.acceptance.takesFirstList, server.settings.acceptsBothEras,
            isEstablished(server.slug, in: scope.clientEra), !isEstablished(server.slug, in: other)
        else { return }
        _ = await establish(other, of: server, for: scope)
    }

    private func establish(_ era: Era, of server: Server, for scope: UpstreamScope) async -> Bool {
        var scope = scope
        scope.clientEra = era
        let list = DefinitionList(server: server.slug, era: era)
        switch await wholeList(of: server, for: scope) {
        case .tools(let whole): return await accept(whole, of: list, from: server)
        case .unavailable: return false
        case .none:
            let isByName = configuration.updateDefinitions(of: list, asToldBy: server) { definitions, settings in
                guard settings.acceptance == .names else { return false }
                definitions.hasNone()
                return true
            }
            guard isByName else {
                logger.error(
                    "the server lists no tools, so that none is accepted; `accept: names` has them judged by name",
                    metadata: ["server": "\(server.slug)"])
                return false
            }
            logger.notice("the server lists no tools", metadata: ["server": "\(server.slug)"])
            return true
        }
    }

    /// Takes a whole list as accepted, where none is yet; false where that could not be kept, or where the configuration
    /// that is in force by now has another server under the name or leaves acceptance to a person.
    func accept(
        _ whole: [ToolName: [Definitions.Accepted]], of list: DefinitionList, from server: Server
    ) async -> Bool {
        isListed(list, by: server)
        if configuration.current.definitions[list]?.isSettled ?? false { return true }
        guard takesFirstList(from: server) else { return false }
        // A name that stands for two definitions is accepted as neither.
        let tools = whole.compactMapValues { $0.count == 1 ? $0[0] : nil }
        let now = clock.wall()
        let kept = tools.map { name, accepted in
            AcceptedDefinition(
                tool: name, hash: accepted.hash.hex, definition: Array(accepted.definition.bytes), acceptedAt: now)
        }
        do throws(StorageError) {
            try await store.accept(kept, server: list.key)
        } catch {
            logger.error(
                "accepted definitions cannot be kept", metadata: ["server": "\(list.server)", "error": "\(error)"])
            return false
        }
        let isTaken = configuration.updateDefinitions(of: list, asToldBy: server) { definitions, settings in
            guard !definitions.isSettled else {
                definitions.hasList()
                return true
            }
            guard settings.acceptance.takesFirstList else { return false }
            definitions.accept(tools)
            return true
        }
        guard isTaken else {
            await takeBack(kept, of: list)
            return false
        }
        logger.info("definitions accepted", metadata: ["server": "\(list.server)", "tools": "\(tools.count)"])
        return true
    }

    /// The configuration was replaced while these were written: in the next run they are not to be accepted either.
    private func takeBack(_ kept: [AcceptedDefinition], of list: DefinitionList) async {
        do throws(StorageError) {
            try await store.takeBack(kept, server: list.key)
        } catch {
            logger.error(
                "definitions that are not accepted are kept as accepted",
                metadata: ["server": "\(list.server)", "error": "\(error)"])
        }
    }

    /// Whether the configuration in force has this server take its first list by itself.
    private func takesFirstList(from server: Server) -> Bool {
        guard let current = configuration.current.servers[server.slug] else { return false }
        return current.upstream === server.upstream && current.settings.acceptance.takesFirstList
    }

    /// Compares the server's whole list, as the scope sees it, with what was accepted.
    public func review(_ server: Server, for scope: UpstreamScope) async {
        guard case .tools(let whole) = await wholeList(of: server, for: scope) else { return }
        let list = DefinitionList(server: server.slug, era: scope.clientEra)
        isListed(list, by: server)
        let known = configuration.current.definitions(of: list)
        let seen = whole.compactMap { name, definitions in
            (definitions.first { !known.matches(name, hash: $0.hash) } ?? definitions.first).map { (name, $0.hash) }
        }
        note(seen, of: list, from: server)
    }

    /// The names on this page whose definition is the accepted one, and no other is beside it; what is new or changed is
    /// noted.
    func compare(_ listing: ToolListing, of list: DefinitionList, from server: Server) -> Set<ToolName> {
        isListed(list, by: server)
        let known = configuration.current.definitions(of: list)
        var accepted: [ToolName: DefinitionHash] = [:]
        var changed: [ToolName: DefinitionHash] = [:]
        for (utf8, definition) in listing.definitions {
            guard let utf8, let name = ToolName(utf8) else { continue }
            // The same bytes are the same definition; only others need their canonical form.
            let kept = known.accepted[name]
            let hash = kept?.definition.bytes == definition.bytes ? kept?.hash : nil
            let seen = hash ?? DefinitionHash(of: definition)
            if kept?.hash == seen { accepted[name] = seen } else { changed[name] = seen }
        }
        for name in changed.keys { accepted[name] = nil }
        let news =
            accepted.filter { known.unaccepted.contains($0.key) }
            + changed.filter { !known.unaccepted.contains($0.key) }
        if !news.isEmpty { note(news.map { ($0.key, $0.value) }, of: list, from: server) }
        return Set(accepted.keys.filter { known.accepted[$0]?.annotations != nil })
    }

    /// A list could be read: a server that said it has none has one, whichever clients see it.
    private func isListed(_ list: DefinitionList, by server: Server) {
        let known = configuration.current.definitions
        for list in DefinitionList.all(of: list.server) where known[list]?.hasNoList ?? false {
            let isLate = configuration.updateDefinitions(of: list, asToldBy: server) { definitions, _ in
                definitions.hasList()
                return true
            }
            guard isLate else { continue }
            logger.warning(
                "the server lists tools after it said that it has no list; none of them is accepted",
                metadata: ["server": "\(list.server)"])
        }
    }

    /// Takes note of what was seen on one list, and on the server's other where that has the same definition: a tool that
    /// changed for some has changed.
    private func note(_ seen: [(ToolName, DefinitionHash)], of list: DefinitionList, from server: Server) {
        var changed: [ToolName] = []
        let snapshot = configuration.current
        let own = snapshot.definitions(of: list)
        for other in DefinitionList.all(of: list.server) where snapshot.definitions[other]?.isSettled ?? false {
            let theirs = snapshot.definitions(of: other)
            _ = configuration.updateDefinitions(of: other, asToldBy: server) { definitions, _ in
                for (name, hash) in seen {
                    let isSame = other == list || theirs.accepted[name]?.hash == own.accepted[name]?.hash
                    guard isSame, definitions.note(name, hash: hash) else { continue }
                    changed.append(name)
                }
                return true
            }
        }
        guard !changed.isEmpty else { return }
        let names = Set(changed).sorted().prefix(20).map { AuditText.shortened($0.description).debugDescription }
        logger.warning(
            "tool definitions are not as accepted",
            metadata: [
                "server": "\(list.server)", "count": "\(Set(changed).count)",
                "tools": "\(names.joined(separator: ", "))",
            ])
    }
}

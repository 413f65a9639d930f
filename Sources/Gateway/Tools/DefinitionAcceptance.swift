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
        guard let kept = try await store.accepted(server: server) else { return }
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
        configuration.updateDefinitions(of: server) { $0.accept(tools) }
    }

    /// Takes the server's first list as accepted, where it is set to; true once there is an accepted list.
    public func establish(_ server: Server, for scope: UpstreamScope) async -> Bool {
        if configuration.current.definitions[server.slug]?.isEstablished ?? false { return true }
        guard server.settings.acceptance == .initial, let whole = await wholeList(of: server, for: scope) else {
            return false
        }
        // A name that stands for two definitions is accepted as neither.
        let list = whole.compactMapValues { $0.count == 1 ? $0[0] : nil }
        let now = clock.wall()
        let kept = list.map { name, accepted in
            AcceptedDefinition(
                tool: name, hash: accepted.hash.hex, definition: Array(accepted.definition.bytes), acceptedAt: now)
        }
        do throws(StorageError) {
            try await store.accept(kept, server: server.slug)
        } catch {
            logger.error(
                "accepted definitions cannot be kept", metadata: ["server": "\(server.slug)", "error": "\(error)"])
            return false
        }
        configuration.updateDefinitions(of: server.slug) { definitions in
            if !definitions.isEstablished { definitions.accept(list) }
        }
        logger.info("definitions accepted", metadata: ["server": "\(server.slug)", "tools": "\(list.count)"])
        return true
    }

    /// Compares the server's whole list with what was accepted.
    public func review(_ server: Server, for scope: UpstreamScope) async {
        guard let whole = await wholeList(of: server, for: scope) else { return }
        let known = configuration.current.definitions[server.slug] ?? Definitions()
        let seen = whole.compactMap { name, definitions in
            (definitions.first { !known.matches(name, hash: $0.hash) } ?? definitions.first).map { (name, $0.hash) }
        }
        note(seen, of: server.slug)
    }

    /// The names on this page whose definition is the accepted one, and no other is beside it; what is new or changed is
    /// noted.
    func compare(_ listing: ToolListing, of server: String) -> Set<ToolName> {
        let known = configuration.current.definitions[server] ?? Definitions()
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
        if !news.isEmpty { note(news.map { ($0.key, $0.value) }, of: server) }
        return Set(accepted.keys)
    }

    private func note(_ seen: [(ToolName, DefinitionHash)], of server: String) {
        var changed: [ToolName] = []
        configuration.updateDefinitions(of: server) { definitions in
            for (name, hash) in seen where definitions.note(name, hash: hash) { changed.append(name) }
        }
        guard !changed.isEmpty else { return }
        let names = changed.prefix(20).map { AuditText.shortened($0.description).debugDescription }
        logger.warning(
            "tool definitions are not as accepted",
            metadata: ["server": "\(server)", "count": "\(changed.count)", "tools": "\(names.joined(separator: ", "))"])
    }

    /// All pages: each name's definition, or definitions where it is there with several; nil when a page could not be had,
    /// is no list, or the list has no end.
    private func wholeList(of server: Server, for scope: UpstreamScope) async -> [ToolName: [Definitions.Accepted]]? {
        var tools: [ToolName: [Definitions.Accepted]] = [:]
        var page = ListPage()
        for _ in 0..<GatewayLimits.listPages {
            let reply = await ListQuestion.ask(server.upstream, page, for: scope)
            guard case .success(let answered) = reply, case .result(let result) = answered.outcome,
                let listing = ToolListing(result)
            else {
                logger.error(
                    "tools cannot be listed", metadata: ["server": "\(server.slug)", "reason": "\(reply.reason)"])
                return nil
            }
            for (utf8, definition) in listing.definitions {
                guard let utf8, let name = ToolName(utf8), tools.count < GatewayLimits.toolsPerServer else { continue }
                let hash = DefinitionHash(of: definition)
                let isNew = !(tools[name]?.contains { $0.hash == hash } ?? false)
                if isNew { tools[name, default: []].append(.init(hash: hash, definition: definition)) }
            }
            guard let cursor = listing.nextCursor else { return tools }
            page = ListPage(cursor: cursor)
        }
        logger.error("the list of tools has no end", metadata: ["server": "\(server.slug)"])
        return nil
    }
}

public import GatewayStorage
import WireJSON

/// Re-scans: what a server lists now, looked at without anybody asking.
extension Administration {
    /// How one ended.
    public enum Rescan: Sendable, Hashable {
        /// It is no registered server, a file owns its name, it may not be reached, or nobody has scanned it yet: the first
        /// scan is a person's.
        case notDue
        case same
        /// How many tools are new, changed, gone, or written otherwise.
        case news(tools: Int)
        case failed(String)
    }

    /// Registered servers that are looked at on schedule, and when each was last: those that may be reached and that
    /// somebody has scanned.
    public func scanned() async throws(Refusal) -> [(slug: String, at: WallTime)] {
        var scanned: [(slug: String, at: WallTime)] = []
        let owned = ports.declared().servers
        for organisation in try await directory.organisations() where !organisation.isStopped {
            for server in try await directory.all(ServerRecord.self, of: organisation.id) where server.isReachable {
                if let time = server.scannedAt, !owned.contains(server.slug) { scanned.append((server.slug, time)) }
            }
        }
        return scanned
    }

    /// Asks a registered server for its tools on the gateway's own behalf. What is new or changed waits for a person, as
    /// after any scan: nothing is accepted here, whatever the server is set to.
    public func rescan(_ slug: String) async -> Rescan {
        do throws(Refusal) { return try await look(at: slug) } catch { return .failed("\(error)") }
    }

    private func look(at slug: String) async throws(Refusal) -> Rescan {
        guard let server = try await directory.find(ServerRecord.self, handle: Array(slug.utf8)), server.isReachable,
            server.scannedAt != nil, !ports.declared().servers.contains(server.slug)
        else { return .notDue }
        let listed: [ListedTool]
        switch await ports.listTools(slug) {
        case .success(let tools): listed = tools
        case .failure(let failure): return .failed(failure.words)
        }
        guard listed.count <= AdministrationBounds.tools else { return .failed("the server lists too many tools") }
        let known = try await definitions(of: server)
        var scanned = server
        scanned.scannedAt = clock()
        var change = Change(.scanServer, .server, server.id)
        change.steps = [.replace(server.row, with: scanned.row)]
        let seen = note(listed, on: known, of: server, in: &change)
        guard change.steps.count > 1 else {
            // Nothing anybody would want to know of: when it was looked at is no act.
            _ = try await directory.apply(change.steps)
            return .same
        }
        let news = Self.news(in: seen, since: known)
        change.before = Self.summary(known)
        change.after = Self.summary(seen, news: news)
        // What was accepted is withheld from now on where it is another.
        change.isEffective = news.contains { $0.kind == .changed || $0.kind == .gone }
        try await make(change, of: server.organisation, by: "gateway")
        return .news(tools: news.count)
    }

    /// What a list says that was not known, in the order of the tools' ids.
    static func news(in seen: [SeenDefinition], since known: [SeenDefinition]) -> [DefinitionNews] {
        let before = Dictionary(known.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        return seen.compactMap { DefinitionNews(before[$0.id], $0) }
    }
}

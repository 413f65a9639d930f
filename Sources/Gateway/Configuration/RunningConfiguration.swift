import Synchronization

/// The snapshot in force.
///
/// Readers take it once per message and keep it; a writer swaps it whole.
public final class RunningConfiguration: Sendable {
    private let held: Mutex<Snapshot>

    public init(_ snapshot: Snapshot) { held = Mutex(snapshot) }

    public var current: Snapshot { held.withLock { $0 } }

    /// Whether this is the snapshot in force, definitions apart.
    func isCurrent(_ snapshot: Snapshot) -> Bool { held.withLock { $0.generation == snapshot.generation } }

    /// Puts a newly loaded configuration in force; definitions learnt meanwhile are carried over, but not that a server has
    /// none where its tools are no longer to be judged by name, or where it is another server by now.
    public func replace(
        servers: [Server], grants: [TokenDigest: Principal], identity: IdentityRules = .none
    ) {
        held.withLock { snapshot in
            var definitions = snapshot.definitions
            for server in servers
            where server.settings.acceptance != .names || snapshot.servers[server.slug]?.upstream !== server.upstream {
                for list in DefinitionList.all(of: server.slug) { definitions[list]?.needsList() }
            }
            snapshot = Snapshot(
                servers: servers, grants: grants, identity: identity, definitions: definitions,
                generation: snapshot.generation + 1)
        }
    }

    /// Changes what is known of one list by what its server has said, unless the name stands for another server by now.
    ///
    /// - Parameter change: given the server as it is set now; says whether anything came of it.
    func updateDefinitions(
        of list: DefinitionList, asToldBy server: Server, _ change: (inout Definitions, ServerSettings) -> Bool
    ) -> Bool {
        held.withLock { snapshot in
            guard let current = snapshot.servers[list.server], current.upstream === server.upstream else {
                return false
            }
            var definitions = snapshot.definitions[list] ?? Definitions()
            guard change(&definitions, current.settings) else { return false }
            snapshot = snapshot.replacing(definitions: definitions, of: list)
            return true
        }
    }

    /// Changes what is known of one list.
    public func updateDefinitions(of list: DefinitionList, _ change: (inout Definitions) -> Void) {
        held.withLock { snapshot in
            var definitions = snapshot.definitions[list] ?? Definitions()
            change(&definitions)
            snapshot = snapshot.replacing(definitions: definitions, of: list)
        }
    }
}

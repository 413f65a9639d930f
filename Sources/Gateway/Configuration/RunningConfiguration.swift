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
    /// none where its tools are no longer to be judged by name.
    public func replace(
        servers: [Server], grants: [TokenDigest: Principal], identity: IdentityRules = .none
    ) {
        held.withLock { snapshot in
            var definitions = snapshot.definitions
            for server in servers where server.settings.acceptance != .names {
                for list in DefinitionList.all(of: server.slug) { definitions[list]?.needsList() }
            }
            snapshot = Snapshot(
                servers: servers, grants: grants, identity: identity, definitions: definitions,
                generation: snapshot.generation + 1)
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

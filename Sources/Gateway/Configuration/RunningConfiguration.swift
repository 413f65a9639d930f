import Synchronization

/// The snapshot in force.
///
/// Readers take it once per message and keep it; a writer swaps it whole.
public final class RunningConfiguration: Sendable {
    private let held: Mutex<Snapshot>

    public init(_ snapshot: Snapshot) { held = Mutex(snapshot) }

    public var current: Snapshot { held.withLock { $0 } }

    /// Puts a newly loaded configuration in force; definitions learnt meanwhile are carried over.
    public func replace(
        servers: [Server], grants: [TokenDigest: Principal], identity: IdentityRules = .none
    ) {
        held.withLock { snapshot in
            snapshot = Snapshot(
                servers: servers, grants: grants, identity: identity, definitions: snapshot.definitions)
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

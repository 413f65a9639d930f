import PolicyEngine
import Synchronization

/// Accepted definitions of this process only, gone when it ends.
public final class MemoryDefinitions: DefinitionStore {
    /// By the server's name as bytes, then by tool.
    private let servers = Mutex<[[UInt8]: [ToolName: AcceptedDefinition]]>([:])

    public init() {}

    public func accepted(server: String) async throws(StorageError) -> [AcceptedDefinition]? {
        servers.withLock { $0[Array(server.utf8)] }?.values.sorted { $0.tool < $1.tool }
    }

    public func accept(_ definitions: [AcceptedDefinition], server: String) async throws(StorageError) {
        servers.withLock { servers in
            for definition in definitions {
                servers[Array(server.utf8), default: [:]][definition.tool] = definition
            }
            if definitions.isEmpty {
                servers[Array(server.utf8), default: [:]].merge([:]) { old, _ in old }
            }
        }
    }

    public func takeBack(_ definitions: [AcceptedDefinition], server: String) async throws(StorageError) {
        let name = Array(server.utf8)
        servers.withLock { servers in
            for definition in definitions where servers[name]?[definition.tool] == definition {
                servers[name]?[definition.tool] = nil
            }
            if servers[name]?.isEmpty ?? false { servers[name] = nil }
        }
    }
}

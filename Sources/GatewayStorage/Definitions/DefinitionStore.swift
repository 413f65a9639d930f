public import PolicyEngine

/// A tool's definition as a person accepted it: what later lists of the server are compared with.
public struct AcceptedDefinition: Sendable, Equatable {
    public let tool: ToolName
    /// The definition's hash, hexadecimal.
    public let hash: String
    /// The definition: JSON as the server sent it, byte for byte.
    public let definition: [UInt8]
    public let acceptedAt: WallTime

    public init(tool: ToolName, hash: String, definition: [UInt8], acceptedAt: WallTime) {
        self.tool = tool
        self.hash = hash
        self.definition = definition
        self.acceptedAt = acceptedAt
    }

    /// All members compared as bytes.
    public static func == (one: AcceptedDefinition, other: AcceptedDefinition) -> Bool {
        one.tool == other.tool && one.hash.utf8.elementsEqual(other.hash.utf8)
            && one.definition == other.definition && one.acceptedAt == other.acceptedAt
    }
}

/// Keeps, for each server, the definitions that were accepted.
public protocol DefinitionStore: Sendable {
    /// The server's accepted definitions in the order of their names' bytes; nil when nothing of it was ever accepted,
    /// which is not the same as an accepted list without tools.
    func accepted(server: String) async throws(StorageError) -> [AcceptedDefinition]?

    /// Accepts these definitions of the server, all or none, durably: a tool's earlier definition is replaced, other
    /// tools keep theirs. An empty list marks the server as accepted without tools.
    func accept(_ definitions: [AcceptedDefinition], server: String) async throws(StorageError)

    /// Takes back what was accepted just now, durably: what is still exactly one of these definitions is the server's no
    /// more, what was accepted in its place stays. A server of which nothing is left is one of which nothing was accepted.
    func takeBack(_ definitions: [AcceptedDefinition], server: String) async throws(StorageError)
}

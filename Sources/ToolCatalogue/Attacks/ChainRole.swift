/// What a tool can be in a chain that carries data away: an agent that reads what strangers wrote, reads what is private,
/// and sends something out can be led by the first to do the third with the second, though each tool alone is harmless.
public struct ChainRole: OptionSet, Sendable, Hashable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Returns text that strangers may have written.
    public static let bringsForeignText = ChainRole(rawValue: 1)
    /// Returns what is private, or secret.
    public static let readsPrivate = ChainRole(rawValue: 2)
    /// Its effect reaches other people, or it visits an address that the caller chooses.
    public static let sendsOut = ChainRole(rawValue: 4)
    /// All of the chain.
    public static let whole: ChainRole = [.bringsForeignText, .readsPrivate, .sendsOut]

    public init(_ definition: ToolDefinition, _ verdict: Classification, among server: ServerContext = .none) {
        let nature = ToolNature(Material(definition, among: server), verdict)
        var roles: ChainRole = []
        if nature.bringsForeignText { roles.insert(.bringsForeignText) }
        if nature.readsPrivate || nature.returnsSecrets { roles.insert(.readsPrivate) }
        if nature.reachesOut || nature.address != nil { roles.insert(.sendsOut) }
        self = roles
    }

    /// Of a tool that is known by its catalogue facts alone.
    public init(_ tool: CatalogueTool, of server: CatalogueServer) {
        self.init(tool.outline, tool.verdict, among: ServerContext(names: server.tools.map(\.name)))
    }
}

import WireJSON

/// What the catalogue has to offer of a server: how it is started, and a policy to begin with.
public struct CatalogueOffer: Sendable, Hashable {
    /// Its name in the catalogue.
    public let name: String
    public let registry: String
    public let package: String
    /// The version that was looked at, which the command names.
    public let version: String
    /// Program and arguments; nil where no command is known to start it in this version.
    public let command: [String]?
    /// A policy document, JSON: everything denied but what is listed, each tool with its recommended rule.
    public let policy: String
    public let tools: Int

    public init(
        name: String, registry: String, package: String, version: String, command: [String]?, policy: String, tools: Int
    ) {
        self.name = name
        self.registry = registry
        self.package = package
        self.version = version
        self.command = command
        self.policy = policy
        self.tools = tools
    }
}

/// Asks the catalogue that pages show for a server, by its name there.
public typealias CatalogueLookup = @Sendable (_ name: String) async throws(Refusal) -> CatalogueOffer?

extension Administration {
    /// What the catalogue offers of a server.
    public func offer(_ name: String, by actor: Actor) async throws(Refusal) -> CatalogueOffer {
        try actor.require(.listServers)
        guard let offer = try await ports.catalogue(name) else { throw .unknown("server in the catalogue") }
        return offer
    }

    /// How a server of the catalogue is started here, for who may register commands.
    public func command(ofCatalogue name: String, by actor: Actor) async throws(Refusal) -> [String] {
        try actor.require(.registerCommand)
        guard let command = try await offer(name, by: actor).command else {
            throw .conflict("the catalogue knows no command that starts this server in a version of its own")
        }
        return command
    }
}

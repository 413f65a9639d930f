/// What is known of servers and their tools, as it is shipped: facts and our own verdicts, no third party's sentences.
public struct Catalogue: Sendable, Hashable {
    /// The day it was made, as `2026-11-23`.
    public let issued: String
    /// Servers whose tools are known, by slug.
    public let servers: [CatalogueServer]
    /// Servers that are known by their package alone.
    public let packages: [CataloguePackage]

    public init(issued: String, servers: [CatalogueServer], packages: [CataloguePackage] = []) {
        self.issued = issued
        self.servers = servers
        self.packages = packages
    }

    public var toolCount: Int { servers.reduce(0) { $0 + $1.tools.count } }

    public func server(_ slug: String) -> CatalogueServer? {
        servers.first { $0.slug.utf8.elementsEqual(slug.utf8) }
    }
}

/// A server and its tools, in the version that was looked at.
public struct CatalogueServer: Sendable, Hashable {
    public let slug: String
    /// Where its package comes from: `pypi`, `npm`, `docker`; empty where that is not known.
    public let registry: String
    public let package: String
    public let version: String
    /// The slug of who publishes it (``Provider``); empty where nothing proves one.
    public let provider: String
    /// In the order in which the server lists them.
    public let tools: [CatalogueTool]

    /// - Parameter provider: A ``Provider``'s slug; nil for what the package proves.
    public init(
        slug: String, registry: String, package: String, version: String, provider: String? = nil,
        tools: [CatalogueTool]
    ) {
        self.provider = provider ?? Provider(registry: registry, package: package)?.slug ?? ""
        self.slug = slug
        self.registry = registry
        self.package = package
        self.version = version
        self.tools = tools
    }
}

/// A tool: its name and arguments, our verdict, and the hash of the definition that the verdict is about.
public struct CatalogueTool: Sendable, Hashable {
    public let name: String
    public let arguments: [CatalogueArgument]
    public let verdict: Classification
    public let definition: DefinitionHash

    public init(name: String, arguments: [CatalogueArgument], verdict: Classification, definition: DefinitionHash) {
        self.name = name
        self.arguments = arguments
        self.verdict = verdict
        self.definition = definition
    }

    public var recommendation: Recommendation { Recommendation(for: verdict) }
}

/// A package that provides a server whose tools are not known here.
public struct CataloguePackage: Sendable, Hashable {
    public let registry: String
    public let name: String
    public let version: String

    public init(registry: String, name: String, version: String) {
        self.registry = registry
        self.name = name
        self.version = version
    }
}

public import ToolCatalogue

/// A tool as results list it.
public struct CatalogueToolEntry: Sendable, Equatable {
    public let name: String
    /// Its server's slug.
    public let server: String
    public let category: Category
    public let risk: Risk

    public init(name: String, server: String, category: Category, risk: Risk) {
        self.name = name
        self.server = server
        self.category = category
        self.risk = risk
    }
}

/// A server as results list it; one that is known by its package alone has neither slug nor tools.
public struct CatalogueServerEntry: Sendable, Equatable {
    /// Nil where its tools are not known.
    public let slug: String?
    public let registry: String
    public let package: String
    public let version: String
    /// Empty where nothing proves one.
    public let provider: String
    /// How many tools it has of each risk, from Low to Critical.
    public let counts: [Int]

    public init(slug: String?, registry: String, package: String, version: String, provider: String, counts: [Int]) {
        self.slug = slug
        self.registry = registry
        self.package = package
        self.version = version
        self.provider = provider
        self.counts = counts
    }

    public init(_ server: CatalogueServer) {
        self.init(
            slug: server.slug, registry: server.registry, package: server.package, version: server.version,
            provider: server.provider, counts: Risk.allCases.map { server.counts[$0] ?? 0 })
    }

    public init(_ package: CataloguePackage) {
        self.init(
            slug: nil, registry: package.registry, package: package.name, version: package.version,
            provider: Provider(registry: package.registry, package: package.name)?.slug ?? "",
            counts: Risk.allCases.map { _ in 0 })
    }

    public var toolCount: Int { counts.reduce(0, +) }

    public func count(_ risk: Risk) -> Int { counts.indices.contains(risk.rank) ? counts[risk.rank] : 0 }
}

/// Somebody who publishes servers.
public struct CatalogueProviderEntry: Sendable, Equatable {
    public let slug: String
    public let servers: Int
    public let tools: Int

    public init(slug: String, servers: Int, tools: Int) {
        self.slug = slug
        self.servers = servers
        self.tools = tools
    }
}

/// Which catalogue is indexed, and how much it holds.
public struct CatalogueEdition: Sendable, Equatable {
    /// The day it was made, as `2026-11-23`.
    public let issued: String
    public let digest: String
    public let servers: Int
    public let tools: Int
    public let packages: Int

    public init(issued: String, digest: String, servers: Int, tools: Int, packages: Int) {
        self.issued = issued
        self.digest = digest
        self.servers = servers
        self.tools = tools
        self.packages = packages
    }

    public init(_ catalogue: Catalogue, digest: String) {
        self.init(
            issued: catalogue.issued, digest: digest, servers: catalogue.servers.count, tools: catalogue.toolCount,
            packages: catalogue.packages.count)
    }
}

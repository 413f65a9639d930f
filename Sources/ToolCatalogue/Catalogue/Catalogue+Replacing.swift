extension Catalogue {
    /// The same catalogue with these servers, each in the place of the one with its slug, or at the end; a package whose
    /// tools are known now leaves the index of those whose are not.
    public func replacing(_ newer: [CatalogueServer], issued: String) -> Catalogue {
        var places: [[UInt8]: Int] = [:]
        var servers = servers
        for (place, server) in servers.enumerated() { places[Array(server.slug.utf8)] = place }
        for server in newer {
            if let place = places[Array(server.slug.utf8)] {
                servers[place] = server
            } else {
                places[Array(server.slug.utf8)] = servers.count
                servers.append(server)
            }
        }
        let known = Set(newer.map { [Array($0.registry.utf8), Array($0.package.utf8)] })
        let packages = packages.filter { !known.contains([Array($0.registry.utf8), Array($0.name.utf8)]) }
        return Catalogue(issued: issued, servers: servers, packages: packages)
    }
}

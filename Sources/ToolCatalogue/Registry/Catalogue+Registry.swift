extension Catalogue {
    /// The same catalogue with what a registry says: packages of active and deprecated entries added or brought to their
    /// newest version, those of deleted ones taken out.
    ///
    /// Only the index of packages changes. Servers whose tools are known stay as they are, and are not listed twice.
    public func merging(_ entries: [RegistryEntry], issued: String) -> Catalogue {
        var order: [PackageKey] = []
        var byKey: [PackageKey: CataloguePackage] = [:]
        func put(_ package: CataloguePackage) {
            let key = PackageKey(package.registry, package.name)
            if byKey.updateValue(package, forKey: key) == nil { order.append(key) }
        }
        for package in packages { put(package) }
        let known = Set(servers.map { PackageKey($0.registry, $0.package) })
        for entry in entries {
            for package in entry.packages {
                let key = PackageKey(package.registry, package.name)
                if entry.status == .deleted {
                    // An older version that is withdrawn takes no newer one with it.
                    if entry.isLatest || byKey[key]?.version == package.version { byKey[key] = nil }
                } else if entry.isLatest, !known.contains(key) {
                    put(package)
                }
            }
        }
        // A package that was deleted and came back stands where it stood first.
        var listed = Set<PackageKey>()
        let merged = order.compactMap { listed.insert($0).inserted ? byKey[$0] : nil }
        return Catalogue(issued: issued, servers: servers, packages: merged)
    }
}

/// Registry and name, compared as bytes.
private struct PackageKey: Hashable {
    let registry: [UInt8]
    let name: [UInt8]

    init(_ registry: String, _ name: String) {
        self.registry = Array(registry.utf8)
        self.name = Array(name.utf8)
    }
}

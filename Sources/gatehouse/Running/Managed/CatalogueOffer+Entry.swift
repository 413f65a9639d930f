import Administration
import GatewayStorage
import PolicyEngine
import PolicyFiles
import ToolCatalogue

extension CatalogueOffer {
    /// From an entry of the catalogue.
    init(_ server: CatalogueServer) {
        let policy = PolicyDocument.recommended(
            for: server.tools.map { ($0.name, $0.verdict) },
            description: "Recommended for \(server.slug) \(server.version)")
        self.init(
            name: server.slug, registry: server.registry, package: server.package, version: server.version,
            command: server.pinnedCommand, policy: PolicyWriter.json(policy), tools: server.tools.count)
    }

    /// Looks names up in the catalogue that pages show.
    static func lookup(in index: any CatalogueIndex) -> CatalogueLookup {
        { name throws(Refusal) in
            do throws(StorageError) { return try await index.server(name).map(CatalogueOffer.init) } catch {
                throw .unavailable("the catalogue cannot be read")
            }
        }
    }
}

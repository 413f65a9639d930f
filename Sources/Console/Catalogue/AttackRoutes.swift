import GatewayStorage
import Hummingbird
import ToolCatalogue

/// `/attacks…`: documented attacks, for everybody.
struct AttackRoutes: ConsoleRoutes {
    let index: any CatalogueIndex
    let settings: ConsoleSettings

    func add(to router: Router<ConsoleContext>) {
        router.get("attacks") { request, _ in
            PublicAnswer.page(AttackPages.index(origin: settings.origin(of: request)), to: request)
        }
        router.get("attacks.json") { request, _ in
            PublicAnswer.json(CatalogueJSON.attacks(AttackPattern.all), to: request)
        }
        router.get("attacks/:pattern") { request, context in
            guard let (slug, isData) = AddressSegment.decoded((context.parameters.get("pattern") ?? "")[...]),
                let pattern = AttackPattern.named(slug)
            else { throw Problem(.notFound) }
            let reach = try await AttackReach(pattern, in: index)
            if isData { return PublicAnswer.json(CatalogueJSON.attack(pattern, reach), to: request) }
            let page = AttackPages.page(
                of: pattern, reach, try await index.edition(), origin: settings.origin(of: request))
            return PublicAnswer.page(page, to: request)
        }
    }
}

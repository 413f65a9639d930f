import Hummingbird
import ToolCatalogue

/// `/attacks…`: documented attacks, for everybody.
struct AttackRoutes: ConsoleRoutes {
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
            if isData { return PublicAnswer.json(CatalogueJSON.attack(pattern), to: request) }
            return PublicAnswer.page(AttackPages.page(of: pattern, origin: settings.origin(of: request)), to: request)
        }
    }
}

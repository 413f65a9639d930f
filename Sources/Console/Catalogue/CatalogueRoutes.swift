import GatewayStorage
import HTTPTypes
import Hummingbird
import PolicyEngine
import PolicyFiles
import ToolCatalogue

/// `/catalog…`: the catalogue, for everybody.
struct CatalogueRoutes: ConsoleRoutes {
    let index: any CatalogueIndex
    let settings: ConsoleSettings

    func add(to router: Router<ConsoleContext>) {
        router.get("catalog") { request, _ in try await search(request, isData: false) }
        router.get("catalog.json") { request, _ in try await search(request, isData: true) }
        router.get("catalog/providers") { request, _ in try await providers(request, isData: false) }
        router.get("catalog/providers.json") { request, _ in try await providers(request, isData: true) }
        router.get("catalog/providers/:provider") { request, context in try await provider(request, context) }
        router.get("catalog/:server") { request, context in try await server(request, context) }
        router.get("catalog/:server/:tool") { request, context in try await tool(request, context) }
    }

    private func search(_ request: Request, isData: Bool) async throws -> Response {
        let form = CatalogueSearchForm(request)
        let (results, edition) = (try await index.search(form.query), try await index.edition())
        if isData { return PublicAnswer.json(CatalogueJSON.results(results, edition), to: request) }
        let view = CatalogueIndexView(
            form: form, results: results, providers: try await index.providers(), edition: edition,
            origin: settings.origin(of: request))
        return PublicAnswer.page(view.page, to: request)
    }

    private func providers(_ request: Request, isData: Bool) async throws -> Response {
        let providers = try await index.providers()
        if isData { return PublicAnswer.json(CatalogueJSON.providers(providers), to: request) }
        let view = ProvidersPageView(
            providers: providers, edition: try await index.edition(), origin: settings.origin(of: request))
        return PublicAnswer.page(view.page, to: request)
    }

    private func provider(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        let (slug, isData) = try Self.name("provider", context)
        let query = CatalogueQuery(provider: slug, limit: StorageBounds.cataloguePage)
        let (results, edition) = (try await index.search(query), try await index.edition())
        guard !slug.isEmpty, results.serverCount.value > 0 else { throw try await nothing() }
        if isData { return PublicAnswer.json(CatalogueJSON.results(results, edition), to: request) }
        let view = ProviderPageView(
            provider: Provider(slug: slug), results: results, edition: edition, origin: settings.origin(of: request))
        return PublicAnswer.page(view.page, to: request)
    }

    private func server(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        let (slug, isData) = try Self.name("server", context)
        guard let server = try await index.server(slug) else { throw try await nothing() }
        let facts = ServerPage(of: server)
        if isData, Self.wantsPolicy(request) { return Self.document(facts.policy, to: request) }
        let edition = try await index.edition()
        if isData { return PublicAnswer.json(CatalogueJSON.server(facts, edition), to: request) }
        let view = ServerPageView(facts: facts, edition: edition, origin: settings.origin(of: request))
        return PublicAnswer.page(view.page, to: request)
    }

    private func tool(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        let (name, isData) = try Self.name("tool", context)
        let (slug, _) = try Self.name("server", context, isLast: false)
        guard let server = try await index.server(slug), let facts = ToolPage(of: name, in: server) else {
            throw try await nothing()
        }
        if isData, Self.wantsPolicy(request) { return Self.document(facts.toolPolicy, to: request) }
        let edition = try await index.edition()
        if isData { return PublicAnswer.json(CatalogueJSON.tool(facts, edition), to: request) }
        let view = ToolPageView(
            facts: facts, edition: edition, gateway: settings.gateway, origin: settings.origin(of: request))
        return PublicAnswer.page(view.page, to: request)
    }

    /// Why there is no such page: until a catalogue is indexed, at the first start, nobody can tell what there is.
    private func nothing() async throws -> Problem {
        guard try await index.edition() == nil else { return Problem(.notFound) }
        return Problem(
            .serviceUnavailable, "No catalogue is loaded yet: at the first start it is indexed within seconds.",
            code: "no_catalogue",
            headers: [.retryAfter: "3"])
    }

    /// A name in the address. Only the last may be asked for as data.
    private static func name(
        _ parameter: String, _ context: ConsoleContext, isLast: Bool = true
    ) throws -> (name: String, isData: Bool) {
        let segment = context.parameters.get(parameter) ?? ""
        guard let decoded = AddressSegment.decoded(segment[...]), isLast || !decoded.isData else {
            throw Problem(.notFound)
        }
        return decoded
    }

    private static func wantsPolicy(_ request: Request) -> Bool {
        FormMembers(request.uri.query ?? "")["document"] == "policy"
    }

    /// A policy document alone, as it is pasted.
    private static func document(_ policy: PolicyDocument, to request: Request) -> Response {
        PublicAnswer.json(Array(PolicyText(policy).text.utf8), to: request)
    }
}

import Administration
import HTTPTypes
import Hummingbird

/// `/signin/{provider}` and `/signin/{provider}/callback`: a person signs in at an identity provider.
///
/// Each provider has a callback of its own, and what comes back is believed only in the browser that was sent out: it
/// brings the ticket that it was given, once.
struct ProviderSignInRoutes: ConsoleRoutes {
    let signIns: ProviderSignIns
    let cookies: Cookies
    let settings: ConsoleSettings

    func add(to router: Router<ConsoleContext>) {
        router.get("signin/:provider") { request, context in await begin(request, name(context)) }
        router.get("signin/:provider/callback") { request, context in
            await finish(request, name(context), from: context.peer)
        }
    }

    private func name(_ context: ConsoleContext) -> String { context.parameters.get("provider") ?? "" }

    private func redirect(_ request: Request, _ provider: String) -> String {
        Address.path("signin", provider, "callback").absolute(at: settings.origin(of: request)).text
    }

    private func begin(_ request: Request, _ provider: String) async -> Response {
        switch await signIns.begin(provider, redirect(request, provider)) {
        case .success(let departure):
            var response = Response(
                status: .seeOther, headers: [.location: departure.address, .referrerPolicy: "no-referrer"])
            cookies.setTicket(departure.ticket, on: &response)
            return response
        case .failure(let refusal): return page(refusal)
        }
    }

    private func finish(_ request: Request, _ provider: String, from peer: String) async -> Response {
        guard let ticket = cookies.ticket(of: request) else { return page(.notBegun) }
        let result = await signIns.finish(
            .init(
                provider: provider, ticket: ticket, query: request.uri.query ?? "",
                redirect: redirect(request, provider), peer: peer))
        switch result {
        case .success(let signedIn):
            var response = cookies.entering(signedIn, by: request)
            cookies.clearTicket(on: &response)
            return response
        case .failure(let refusal):
            var response = page(refusal)
            // What answers another question does not end the one that is open, nor does what was not looked at.
            if refusal != .notBegun && refusal != .busy { cookies.clearTicket(on: &response) }
            return response
        }
    }

    /// What went wrong, in words for whoever looks at it; nothing that came in a request is among them but what the right
    /// provider said.
    private func page(_ refusal: ProviderSignIns.Refusal) -> Response {
        var response = ProviderPages.refused(refusal).response(status: ProviderPages.status(of: refusal))
        // The address holds a code.
        response.headers[.referrerPolicy] = "no-referrer"
        return response
    }
}

import Administration
import HTTPTypes
import Hummingbird

/// `/account` and `/account/password`: what a person who is signed in sees and changes of their own.
struct OwnAccountRoutes: ConsoleRoutes {
    let office: Administration
    let cookies: Cookies

    func add(to router: Router<ConsoleContext>) {
        router.get("account") { request, _ in
            guard let actor = try await actor(of: request) else { return Self.signInFirst }
            return try await page(for: request, actor)
        }
        // Where somebody reloads what the form led to.
        router.get("account/password") { _, _ in
            Response(status: .seeOther, headers: [.location: Address.path("account").text])
        }
        router.post("account/password") { request, _ in try await changePassword(request) }
    }

    private static var signInFirst: Response {
        Response(status: .seeOther, headers: [.location: Address.path("signin").text])
    }

    private func actor(of request: Request) async throws -> Actor? {
        guard let token = cookies.session(of: request) else { return nil }
        do { return try await office.actor(session: token) } catch { throw Problem(error) }
    }

    private func page(
        for request: Request, _ actor: Actor, as signedIn: Administration.SignedIn? = nil,
        _ outcome: AccountPages.PasswordOutcome? = nil, status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        do {
            let organisation = try await office.show(
                Organisation.self, actor.organisation, as: .showOrganisation, by: actor)
            let hasPassword = try await office.hasPassword(actor)
            return cookies.form(for: request, as: signedIn, status: status) {
                $0.account(actor, organisation: organisation, hasPassword: hasPassword, outcome: outcome)
            }
        } catch {
            throw Problem(error)
        }
    }

    private func changePassword(_ request: Request) async throws -> Response {
        let body = try await FormBody.read(request)
        try cookies.check(body, of: request)
        guard let actor = try await actor(of: request) else { return Self.signInFirst }
        do {
            let signedIn = try await office.changePassword(from: body["present"], to: body["password"], by: actor)
            return try await page(for: request, actor, as: signedIn, .changed)
        } catch let refusal as Refusal {
            switch refusal {
            case .invalid, .conflict:
                return try await page(
                    for: request, actor, .refused("\(refusal)".capitalizedFirst + "."), status: .unprocessableContent)
            default: throw Problem(refusal)
            }
        }
    }
}

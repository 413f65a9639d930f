import Administration
import HTTPTypes
import Hummingbird

/// `/signin`, `/signout`, `/join/{link}`: how people come in and go.
struct AccountRoutes: ConsoleRoutes {
    let office: Administration
    let cookies: Cookies
    /// Identity providers that people may sign in at.
    let providers: @Sendable () -> [ProviderSignIns.Choice]

    func add(to router: Router<ConsoleContext>) {
        router.get("signin") { request, _ in cookies.form(for: request) { $0.signIn(providers: providers()) } }
        router.post("signin") { request, _ in try await signIn(request) }
        router.post("signout") { request, _ in try await signOut(request, everywhere: false) }
        router.post("signout/everywhere") { request, _ in try await signOut(request, everywhere: true) }
        router.get("join/:link") { request, context in
            let (token, link) = try await link(context)
            return cookies.form(for: request) { $0.join(link, token: token) }
        }
        router.post("join/:link") { request, context in try await join(request, context) }
    }

    private func signIn(_ request: Request) async throws -> Response {
        let body = try await FormBody.read(request)
        try cookies.check(body, of: request)
        let signedIn: Administration.SignedIn?
        do { signedIn = try await office.signIn(email: body["email"], password: body["password"]) } catch {
            throw Problem(error)
        }
        guard let signedIn else {
            return cookies.form(for: request, status: .unauthorized) {
                $0.signIn(failed: true, email: body["email"], providers: providers())
            }
        }
        return cookies.entering(signedIn, by: request)
    }

    private func signOut(_ request: Request, everywhere: Bool) async throws -> Response {
        try cookies.check(try await FormBody.read(request), of: request)
        if let token = cookies.session(of: request) {
            do {
                if everywhere, let actor = try await office.actor(session: token) {
                    try await office.signOutEverywhere(by: actor)
                }
                try await office.signOut(session: token)
            } catch {
                throw Problem(error)
            }
        }
        var response = Response(status: .seeOther, headers: [.location: Address.path("signin").text])
        cookies.clearSession(on: &response)
        return response
    }

    private func link(_ context: ConsoleContext) async throws -> (token: String, link: Administration.Link) {
        let token = context.parameters.get("link") ?? ""
        let link: Administration.Link?
        do { link = try await office.link(token) } catch { throw Problem(error) }
        guard let link else { throw Problem(.notFound, "This link is not valid any more. Ask for a new one.") }
        return (token, link)
    }

    private func join(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        let body = try await FormBody.read(request)
        try cookies.check(body, of: request)
        let (token, link) = try await link(context)
        let newcomer = Administration.Newcomer(
            fullName: body["name"], email: body["email"], password: body["password"])
        do {
            switch link {
            case .first:
                return cookies.entering(
                    try await office.signUp(link: token, organisation: body["organisation"], newcomer), by: request)
            case .invitation:
                return cookies.entering(try await office.join(link: token, newcomer), by: request)
            }
        } catch {
            switch error {
            case .invalid, .conflict:
                return cookies.form(for: request, status: .unprocessableContent) { pages in
                    pages.join(
                        link, token: token, said: "\(error)".capitalizedFirst + ".",
                        organisation: body["organisation"],
                        name: body["name"], email: body["email"])
                }
            default: throw Problem(error)
            }
        }
    }
}

extension String {
    /// The text as a sentence begins.
    var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}

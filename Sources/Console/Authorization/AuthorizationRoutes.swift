import Administration
import GatewayStorage
import HTTPTypes
import Hummingbird
import OAuthMessages

/// `/oauth/authorize`: a member lets a client sign in with a grant, or does not.
struct AuthorizationRoutes: ConsoleRoutes {
    static let path = AuthorizationServer.Place.authorization.rawValue

    let server: AuthorizationServer
    let office: Administration
    let cookies: Cookies

    func add(to router: Router<ConsoleContext>) {
        router.get("oauth/authorize") { request, _ in
            do { return try await ask(request) } catch let refusal as Refusal { throw Problem(refusal) }
        }
        router.post("oauth/authorize") { request, _ in
            do { return try await decide(request) } catch let refusal as Refusal { throw Problem(refusal) }
        }
    }

    /// The question as a page.
    private func ask(_ request: Request) async throws -> Response {
        let query = request.uri.query ?? ""
        let actor = try await actor(of: request)
        switch await server.look(at: query, isMember: actor != nil) {
        case .refused(let why): throw Self.turnedAway(why)
        case .signInFirst: return AfterSignIn.signIn(with: query, cookies)
        case .ready(let question):
            guard let actor else { return AfterSignIn.signIn(with: query, cookies) }
            let offers = try await server.offers(for: question, to: actor)
            let known = cookies.formSecret(of: request)
            let secret = known ?? Cookies.makeFormSecret()
            let token = Cookies.formToken(secret, session: cookies.session(of: request))
            var response = ConsentPage(formToken: token, question: question, offers: offers, actor: actor).page
                .response()
            if known == nil { cookies.setForm(secret, on: &response) }
            // Browsers hold the way that an answer goes on to against this too.
            response.headers[.contentSecurityPolicy] = SecurityHeaders.contentSecurityPolicy.replacing(
                "form-action 'self'", with: "form-action 'self' \(question.redirect.source)")
            return response
        }
    }

    /// The answer: everything is looked at again, and nothing is believed of the form but the decision.
    private func decide(_ request: Request) async throws -> Response {
        let body = try await FormBody.read(request)
        try cookies.check(body, of: request)
        let query = body["request"]
        guard let actor = try await actor(of: request) else { return AfterSignIn.signIn(with: query, cookies) }
        let question: AuthorizationRequest
        switch await server.look(at: query, isMember: true) {
        case .refused(let why): throw Self.turnedAway(why)
        case .signInFirst: return AfterSignIn.signIn(with: query, cookies)
        case .ready(let looked): question = looked
        }
        let location: String
        switch body["decision"] {
        case "deny": location = server.refusal(of: question)
        case "allow":
            guard let grant = RecordID(body["grant"]) else {
                throw Problem(.unprocessableContent, "Go back and choose a grant.")
            }
            location = try await server.consent(to: question, with: grant, by: actor)
        default: throw Problem(.badRequest)
        }
        // The code is for the client alone: not even the origin is told where the browser comes from.
        return Response(status: .seeOther, headers: [.location: location, .referrerPolicy: "no-referrer"])
    }

    private func actor(of request: Request) async throws -> Actor? {
        guard let token = cookies.session(of: request) else { return nil }
        return try await office.actor(session: token)
    }

    private static func turnedAway(_ why: String) -> Problem {
        Problem(.badRequest, "A client asked to be let in and was turned away: \(why).", code: "client")
    }
}

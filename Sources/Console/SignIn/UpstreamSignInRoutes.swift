import Gateway
import HTTPTypes
import Hummingbird

/// `/connect/{key}` and `/oauth/callback`: a person signs in at an upstream on the gateway's behalf.
///
/// Whoever holds the link may begin, and nobody else: it is in the gateway's own log and, of a registered server, in what
/// the interface tells admins; it ends with the sign-in. What comes back is believed for its `state`.
struct UpstreamSignInRoutes: ConsoleRoutes {
    static let callback = "oauth/callback"

    let signIns: UpstreamSignIns
    let settings: ConsoleSettings

    func add(to router: Router<ConsoleContext>) {
        router.get("connect/:key") { request, context in
            let redirect = settings.origin(of: request) + "/" + Self.callback
            switch await signIns.begin(context.parameters.get("key") ?? "", redirect) {
            // The key goes to nobody: not even the origin is told where the browser comes from.
            case .success(let address):
                return Response(
                    status: .seeOther, headers: [.location: address, .referrerPolicy: "no-referrer"])
            case .failure(let refusal): throw Self.problem(refusal)
            }
        }
        router.get("oauth/callback") { request, _ in
            switch await signIns.finish(request.uri.query ?? "") {
            case .success(let server):
                let page = Page(title: "Signed in", description: "The gateway may now reach the server.") {
                    Tag.div(.class("head")) {
                        Tag.div {
                            Tag.h1 { "Signed in" }
                            Tag.p { "The gateway may now reach \(server). This page can be closed." }
                        }
                    }
                }
                return page.response()
            case .failure(let refusal): throw Self.problem(refusal)
            }
        }
    }

    private static func problem(_ refusal: UpstreamSignIns.Refusal) -> Problem {
        switch refusal {
        case .unknownLink:
            Problem(
                .notFound,
                "This link is not valid any more: look for a newer one in the gateway's log, or at the server in the interface."
            )
        case .failed(let why): Problem(.badGateway, "The sign-in was not taken: \(why).")
        }
    }
}

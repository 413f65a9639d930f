import Administration
import GatewayStorage
import OAuthMessages

/// The page on which a member decides about a client. All that the client says is text that nobody has checked, and the page
/// says so.
struct ConsentPage: Sendable {
    let formToken: String
    let question: AuthorizationRequest
    let offers: [AuthorizationServer.Offer]
    let actor: Actor

    var page: Page {
        Page(title: "Let a client in", description: "A client asks to act with a grant.") {
            Tag.div(.class("sign")) { Tag.div { content } }
        }
    }

    @HTMLBuilder private var content: HTML {
        Tag.h1 { "Let a client in?" }
        if case .member(_, let email) = actor.who { Tag.p(.class("note gap")) { "You are \(email)." } }
        Tag.p(.class("gap-3")) {
            Tag.bdi { Tag.b { name } }
            " asks to call tools with one of your grants. The name is its own word; nobody has checked it."
        }
        Tag.dl(.class("facts gap-3")) {
            Tag.dt { "Client" }
            Tag.dd { Tag.bdi { question.document ?? "registered itself" } }
            Tag.dt { "Answer goes to" }
            Tag.dd { Tag.bdi { question.redirect.place } }
            Tag.dt { "For" }
            Tag.dd { Tag.bdi { question.resource.address } }
        }
        if question.redirect.kind != .web {
            Tag.p(.class("note gap-3")) {
                "The answer goes to a program on your own machine. Go on only if you have just started it yourself."
            }
        }
        if offers.isEmpty { none } else { allow }
        form("deny") { Tag.button(.class("btn wide")) { "Do not let it in" } }
    }

    private var name: String {
        let given = question.client.name ?? ""
        return given.contains { !$0.isWhitespace } ? given : "A client without a name"
    }

    private var none: HTML {
        Tag.p(.class("alert gap-3"), .role("alert")) {
            Tag.b { "No grant of yours reaches this. " }
            "An admin can make one that members may connect clients with."
        }
    }

    private var allow: HTML {
        form("allow") {
            Tag.fieldset(.class("choices")) {
                Tag.legend { "Grant it gets" }
                for (index, offer) in offers.enumerated() { choice(offer, index) }
            }
            Tag.p(.class("note")) {
                "It may do whatever the grant may, until an admin disconnects it or the grant ends."
            }
            Tag.button(.class("btn main wide")) { "Let it in" }
        }
    }

    private func choice(_ offer: AuthorizationServer.Offer, _ index: Int) -> HTML {
        var attributes: [Attribute] = [
            .type("radio"), .id("grant-\(index)"), .name("grant"), .value(offer.grant.text), .required,
        ]
        // What is chosen among several, a person chooses.
        if offers.count == 1 { attributes.append(.checked) }
        return Tag.div {
            VoidTag.input(attributes)
            Tag.label(.for("grant-\(index)")) {
                Tag.bdi { offer.label }
                Tag.span(.class("note")) { " reaches \(offer.servers.joined(separator: ", "))" }
            }
        }
    }

    private func form(_ decision: String, @HTMLBuilder content: () -> HTML) -> HTML {
        let content = content()
        return Tag.form(.class("gap-4"), .post, .action(.path("oauth", "authorize"))) {
            VoidTag.input(.type("hidden"), .name("form"), .value(formToken))
            VoidTag.input(.type("hidden"), .name("request"), .value(question.query))
            VoidTag.input(.type("hidden"), .name("decision"), .value(decision))
            content
        }
    }
}

import Administration
import HTTPTypes

/// What people are told who come back from a provider and are not signed in.
enum ProviderPages {
    static func refused(_ refusal: ProviderSignIns.Refusal) -> Page {
        Page(title: "Not signed in", description: "Signing in at a provider did not succeed.") {
            Tag.div(.class("sign")) {
                Tag.div {
                    Tag.h1 { "Not signed in" }
                    Tag.p(.class("alert gap-3"), .role("alert")) { words(refusal) }
                    said(refusal)
                    Tag.p(.class("gap-4")) { Tag.a(.class("btn wide"), .href(.path("signin"))) { "Back to sign-in" } }
                }
            }
        }
    }

    /// The provider's own words, which are a stranger's.
    @HTMLBuilder private static func said(_ refusal: ProviderSignIns.Refusal) -> HTML {
        if case .refused(let error, let description) = refusal {
            Tag.p(.class("note gap-3")) {
                "It said "
                Tag.code { error }
                if let description { ": \(description)" }
            }
        }
    }

    private static func words(_ refusal: ProviderSignIns.Refusal) -> String {
        switch refusal {
        case .unknownProvider: "There is no such way to sign in here."
        case .notBegun: "This sign-in was not begun in this browser, took too long, or was answered before. Begin anew."
        case .busy: "Too many people sign in at once. Reload this page in a minute."
        case .unreachable: "The identity provider cannot be reached. Try again later, or ask your admin."
        case .refused: "The identity provider did not sign you in."
        case .notProven: "What the identity provider sent back proves nothing. Your admin finds the reason in the log."
        case .person(.noRole):
            "You are known, but none of your groups has a role here. Ask an admin of your organisation for one."
        case .person(.disabled): "Your account is disabled here. Ask an admin of your organisation."
        case .person(.noAddress): "The identity provider does not vouch for an email address of yours, which is needed."
        case .person(.addressTaken):
            "An account cannot be made for your email address. If you have one with a password, sign in with that."
        case .person(.lastAdmin):
            "You are the last admin, and your groups make you less. Make somebody else an admin first."
        case .person(.noOrganisation):
            "This way to sign in leads to no organisation yet. Ask whoever runs this instance."
        case .office: "This cannot be done now. Try again in a moment."
        }
    }

    static func status(of refusal: ProviderSignIns.Refusal) -> HTTPResponse.Status {
        switch refusal {
        case .unknownProvider: .notFound
        case .notBegun: .badRequest
        case .busy, .office: .serviceUnavailable
        case .unreachable, .notProven: .badGateway
        case .refused, .person: .forbidden
        }
    }
}

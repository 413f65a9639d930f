import Administration
import Hummingbird

/// The pages by which people come in.
struct AccountPages: Sendable {
    /// What a form repeats.
    let formToken: String

    func signIn(failed: Bool = false, email: String = "", providers: [ProviderSignIns.Choice] = []) -> Page {
        page("Sign in", "Sign in to the console.") {
            Tag.h1 { "Sign in" }
            if failed {
                alert("Not signed in.", "The email and password do not match an account, or it pauses after failures.")
            }
            form(.path("signin")) {
                input("email", "Email", "email", .autocomplete("username"), value: email, isBad: failed)
                input("password", "Password", "password", .autocomplete("current-password"), isBad: failed)
                button("Sign in")
            }
            if !providers.isEmpty { Tag.p(.class("or")) { "or" } }
            for provider in providers {
                Tag.a(.class("btn wide"), .href(.path("signin", provider.name))) { "Continue with \(provider.title)" }
            }
            Tag.p(.class("note gap-4")) { "No account? An admin of your organisation sends you an invitation link." }
        }
    }

    /// The first sign-up, or an invitation.
    func join(
        _ link: Administration.Link, token: String, said: String? = nil, organisation: String = "", name: String = "",
        email: String = ""
    ) -> Page {
        let title: String
        switch link {
        case .first: title = "Sign up"
        case .invitation(let organisation, _, _): title = "Join \(organisation)"
        }
        return page(title, "Make an account.") {
            Tag.h1 { title }
            note(link)
            if let said { alert("No account was made.", said) }
            form(.path("join", token)) {
                if link == .first {
                    input("organisation", "Organisation", "text", .autocomplete("organization"), value: organisation)
                }
                input("name", "Your name", "text", .autocomplete("name"), value: name)
                input("email", "Email", "email", .autocomplete("username"), value: address(link) ?? email)
                input("password", "Password", "password", .autocomplete("new-password"))
                Tag.p(.class("note"), .id("password-note")) {
                    "At least \(AdministrationBounds.passwordCharacters) characters."
                }
                button(link == .first ? "Sign up" : "Join")
            }
        }
    }

    /// What became of a form on one's own page.
    enum PasswordOutcome: Sendable, Equatable {
        case changed
        case refused(String)
    }

    /// The signed-in person's own page.
    ///
    /// - Parameter hasPassword: whether there is a password to change.
    func account(
        _ actor: Actor, organisation: Organisation, hasPassword: Bool, outcome: PasswordOutcome? = nil
    ) -> Page {
        page("Your account", "Who is signed in.") {
            Tag.h1 { "Your account" }
            if let outcome { told(outcome) }
            if case .member(_, let email) = actor.who { Tag.p(.class("note gap")) { email } }
            Tag.dl(.class("gap-3")) {
                Tag.dt { "Organisation" }
                Tag.dd { organisation.title }
                Tag.dt { "Role" }
                Tag.dd { actor.role.words }
            }
            form(.path("signout")) { button("Sign out") }
            form(.path("signout", "everywhere")) {
                Tag.button(.class("btn wide")) { "Sign out everywhere" }
            }
            if hasPassword { password(actor, isBad: outcome.map { $0 != .changed } ?? false) }
        }
    }

    private func told(_ outcome: PasswordOutcome) -> HTML {
        switch outcome {
        case .changed:
            Tag.p(.class("note gap-3"), .role("status")) { "Your password is changed. Other browsers are signed out." }
        case .refused(let why): alert("The password is not changed.", why)
        }
    }

    private func password(_ actor: Actor, isBad: Bool) -> HTML {
        form(.path("account", "password")) {
            Tag.h2 { "Change your password" }
            // Says to password managers whose it is.
            if case .member(_, let email) = actor.who {
                VoidTag.input(.type("hidden"), .name("username"), .autocomplete("username"), .value(email))
            }
            input("present", "Present password", "password", .autocomplete("current-password"), isBad: isBad)
            input("password", "New password", "password", .autocomplete("new-password"), isBad: isBad)
            Tag.p(.class("note")) {
                "At least \(AdministrationBounds.passwordCharacters) characters. Your other sign-ins end."
            }
            button("Change password")
        }
    }

    private func note(_ link: Administration.Link) -> HTML {
        switch link {
        case .first:
            Tag.p(.class("note gap")) { "The first account makes the organisation and is its admin." }
        case .invitation(_, let role, _):
            Tag.p(.class("note gap")) { "You will be \(role.words)." }
        }
    }

    private func address(_ link: Administration.Link) -> String? {
        if case .invitation(_, _, let email) = link { email } else { nil }
    }

    private func page(_ title: String, _ description: String, @HTMLBuilder content: () -> HTML) -> Page {
        let content = content()
        return Page(title: title, description: description) { Tag.div(.class("sign")) { Tag.div { content } } }
    }

    private func alert(_ head: String, _ words: String) -> HTML {
        Tag.p(.class("alert gap-3"), .role("alert"), .id("failed")) {
            Tag.b { head }
            " \(words)"
        }
    }

    private func form(_ action: Address, @HTMLBuilder content: () -> HTML) -> HTML {
        let content = content()
        return Tag.form(.class("gap-4"), .post, .action(action)) {
            VoidTag.input(.type("hidden"), .name("form"), .value(formToken))
            content
        }
    }

    private func button(_ words: String) -> HTML { Tag.button(.class("btn main wide")) { words } }

    private func input(
        _ name: String, _ label: String, _ type: StaticString, _ completion: Attribute, value: String = "",
        isBad: Bool = false
    ) -> HTML {
        var attributes: [Attribute] = [
            .id(name), .name(name), .type(type), completion, .required, .maxlength(AdministrationBounds.passwordBytes),
        ]
        if !value.isEmpty { attributes.append(.value(value)) }
        if isBad { attributes += [.ariaInvalid, .ariaDescribedBy("failed")] }
        return Tag.div(.class("field")) {
            Tag.label(.for(name)) { label }
            VoidTag.input(attributes)
        }
    }
}

extension Role {
    /// As people call it.
    var words: String {
        switch self {
        case .viewer: "viewer"
        case .policyManager: "policy manager"
        case .admin: "admin"
        }
    }
}

import Gateway
import IdentityProviders

/// The providers that people may sign in at now, with what was had of them: kept while their settings stay as they are.
struct RunningSignIn: Sendable {
    struct Provider: Sendable {
        let declared: DeclaredSignIn
        let client: SignInClient

        var name: String { declared.settings.provider.name }
    }

    private(set) var providers: [Provider] = []

    func provider(_ name: String) -> Provider? { providers.first { $0.name.utf8.elementsEqual(name.utf8) } }

    func succeeded(by next: [DeclaredSignIn], clock: GatewayClock) -> RunningSignIn {
        var copy = self
        copy.providers = next.map { declared in
            let known = providers.first { $0.declared.settings == declared.settings }
            return Provider(
                declared: declared, client: known?.client ?? SignInClient(declared.settings, clock: clock.steady))
        }
        return copy
    }
}

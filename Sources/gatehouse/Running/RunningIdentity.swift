import Gateway
import IdentityProviders
import Logging

/// The identity providers in force, with the keys that were had of them: kept while their declaration stays as it is.
struct RunningIdentity: Sendable {
    private var declared: [DeclaredProvider] = []
    private var generation = 0
    private var judge: TokenJudge?

    func succeeded(by next: [DeclaredProvider], clock: GatewayClock, logger: Logger) -> RunningIdentity {
        var copy = self
        copy.declared = next
        guard next.map(\.settings) != declared.map(\.settings) || judge == nil else { return copy }
        copy.generation += 1
        copy.judge = TokenJudge(next.map(\.settings), clock: clock.steady, logger: logger)
        return copy
    }

    /// - Parameter grants: all there are, by whose labels mappings name them.
    func rules(for grants: [Grant]) -> IdentityRules {
        guard let judge, !declared.isEmpty else { return .none }
        let providers = declared.map { provider in
            IdentityProvider(
                name: provider.settings.name, issuer: provider.settings.issuer, scopes: provider.scopes,
                mappings: provider.mappings.compactMap { mapping in
                    // A label that is missing was refused when the file was read.
                    guard let grant = grants.first(where: { $0.label == mapping.grant }) else { return nil }
                    return ClaimMapping(when: mapping.conditions, grant: grant)
                })
        }
        return IdentityRules(generation: generation, providers: providers) { token, now in
            await judge.verdict(on: token, at: now)
        }
    }
}

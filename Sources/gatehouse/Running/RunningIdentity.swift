import Gateway
import IdentityProviders
import Logging

/// The identity providers in force, with the keys that were had of them: kept while their declaration stays as it is.
struct RunningIdentity: Sendable {
    private var declared: [DeclaredProvider] = []
    private var generation = 0
    private var judge: TokenJudge?

    /// - Parameter own: the gateway's own authorisation server, the same for as long as the program runs.
    func succeeded(
        by next: [DeclaredProvider], own: OwnIssuer?, clock: GatewayClock, logger: Logger
    ) -> RunningIdentity {
        var copy = self
        copy.declared = next
        guard next.map(\.settings) != declared.map(\.settings) || judge == nil else { return copy }
        copy.generation += 1
        copy.judge = TokenJudge(next.map(\.settings), own: own, clock: clock.steady, logger: logger)
        return copy
    }

    /// - Parameters:
    ///   - grants: those that files declare, by whose labels mappings name them.
    ///   - registered: those of the directory that are in force, by their ids, which mappings may name as well.
    ///   - connected: clients that signed in at the gateway's own authorisation server; nil where there is none.
    func rules(
        for grants: [Grant], registered: [String: Grant], connected: ConnectedClients?
    ) -> IdentityRules {
        guard let judge, !declared.isEmpty || connected != nil else { return .none }
        let providers = declared.map { provider in
            IdentityProvider(
                name: provider.settings.name, issuer: provider.settings.issuer, scopes: provider.scopes,
                mappings: provider.mappings.map { mapping in
                    // A label that is missing was refused when the file was read; a registered grant may be gone.
                    let grant = grants.first { $0.label == mapping.grant } ?? registered[mapping.grant]
                    return ClaimMapping(when: mapping.conditions, grant: grant)
                })
        }
        return IdentityRules(generation: generation, providers: providers, connected: connected) { token, now in
            await judge.verdict(on: token, at: now)
        }
    }
}

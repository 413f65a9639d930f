import Gateway
import IdentityProviders
import PolicyFiles

/// Names that must lead somewhere, once everything is read.
extension ConfigurationReader {
    /// Every name a grant uses must be declared; labels and tokens are one grant's own.
    mutating func checkReferences(_ configuration: DeclaredConfiguration, in document: Located) {
        let servers = configuration.servers.map(\.slug)
        let policies = configuration.policies.map(\.name)
        var labels: Set<String> = []
        var tokens: Set<TokenDigest> = []
        let places = document["grants"].map { elements(of: $0) } ?? []
        for (grant, place) in zip(configuration.grants, places) {
            if !labels.insert(grant.label).inserted {
                report(place, "the label `\(grant.label)` is used twice", "give each grant its own")
            }
            if grant.token == nil, !configuration.identity.contains(where: { $0.leads(to: grant.label) }) {
                reportMissingToken(place)
            }
            if let token = grant.token, !tokens.insert(token).inserted {
                report(place, "two grants have the same token", "make another with `gatehouse grant hash`")
            }
            for pair in grant.pairs {
                if !servers.contains(pair.server) {
                    report(
                        place, "there is no server `\(pair.server)`", Spelling.suggestion(pair.server, among: servers))
                }
                if !policies.contains(pair.policy) {
                    report(
                        place, "there is no policy `\(pair.policy)`", Spelling.suggestion(pair.policy, among: policies))
                }
            }
        }
    }

    /// Every grant that a provider's claims lead to must be declared; and where clients do not reach the port by its own
    /// address, what tokens are issued for must be said.
    mutating func checkIdentity(_ configuration: DeclaredConfiguration, in document: Located) {
        checkAuthorization(configuration, in: document)
        guard let place = document["identity"], !configuration.identity.isEmpty else { return }
        let labels = configuration.grants.map(\.label)
        for provider in configuration.identity {
            let here = place["providers"]?[provider.settings.name] ?? place
            for mapping in provider.mappings
            where !labels.contains(mapping.grant) && !DeclaredProvider.isRegistered(mapping.grant) {
                report(
                    here, "there is no grant `\(mapping.grant)`", Spelling.suggestion(mapping.grant, among: labels))
            }
        }
        if !configuration.knowsEndpoints {
            report(
                place, "`identity` needs `public_url`, which tokens are issued for", "write `https://gateway.example`")
        }
    }
}

extension DeclaredProvider {
    func leads(to label: String) -> Bool { mappings.contains { $0.grant == label } }

    /// Whether a mapping's grant is named by the id of a registered one.
    static func isRegistered(_ grant: String) -> Bool { grant.hasPrefix("gra_") }
}

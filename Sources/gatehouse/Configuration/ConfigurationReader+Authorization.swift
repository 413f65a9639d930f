import Fetching
import PolicyFiles

/// `console: authorization`.
extension ConfigurationReader {
    /// `off`, or a mapping of what differs from the defaults.
    mutating func authorization(_ value: Located) -> DeclaredConsole.Authorization {
        // YAML 1.1 takes a bare `off` for `false`.
        if value.scalarText == "off" || value.bool == false { return .off }
        var origins: [WebAddress] = []
        var certificates: String?
        for member in members(of: value, keys: ["client_origins", "certificates"]) {
            switch member.key {
            case "client_origins":
                for element in elements(of: member.value) {
                    guard let origin = publicOrigin(element) else { continue }
                    if let address = try? WebAddress(origin, isOperatorTyped: true) { origins.append(address) }
                }
            case "certificates": certificates = text(member.value)
            default: break
            }
        }
        return .on(origins: origins, certificates: certificates)
    }

    /// Where clients sign in, what people reach and what tokens are issued for must be known.
    mutating func checkAuthorization(_ configuration: DeclaredConfiguration, in document: Located) {
        guard let place = document["console"], configuration.console.authorization != .off else { return }
        if configuration.console.publicOrigin == nil {
            guard configuration.console.authorization != nil else { return }
            report(place, "`authorization` needs `public_url`, by which people reach the console", nil)
        } else if !configuration.knowsEndpoints {
            report(
                place, "the console's `public_url` needs one of the gateway, which tokens are issued for",
                "write `public_url: https://gateway.example` beside `console`, or `authorization: off` in it")
        }
    }
}

extension DeclaredConsole {
    /// The host by which people reach it, where one is named.
    var names: [String] { publicOrigin.flatMap { $0.split(separator: "/").last.map(String.init) }.map { [$0] } ?? [] }
}

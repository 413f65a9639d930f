import Fetching
import Gateway
import IdentityProviders
import PolicyFiles

/// `identity` and `public_url`.
extension ConfigurationReader {
    private static let keys = ["issuer", "keys", "algorithms", "leeway", "certificates", "scopes", "grants"]

    /// `https://gateway.example`, with a port where there is one, and nothing behind.
    mutating func publicOrigin(_ value: Located) -> String? {
        guard let text = text(value) else { return nil }
        guard let address = try? WebAddress(text, isOperatorTyped: true), address.path == "/",
            !text.utf8.contains(UInt8(ascii: "?"))
        else {
            report(value, "`\(text)` is no address that clients reach this by", "write `https://gateway.example`")
            return nil
        }
        return address.origin
    }

    mutating func identity(_ value: Located) -> [DeclaredProvider] {
        var providers: [DeclaredProvider] = []
        for member in members(of: value, keys: ["providers"]) {
            let named = named(member.value)
            if named.count > IdentityBounds.providers {
                report(member.value, "there may be \(IdentityBounds.providers) providers", nil)
            }
            for provider in named {
                guard let read = self.provider(provider) else { continue }
                if providers.contains(where: { $0.settings.issuer.utf8.elementsEqual(read.settings.issuer.utf8) }) {
                    report(provider.value, "two providers have the issuer `\(read.settings.issuer)`", nil)
                }
                providers.append(read)
            }
        }
        return providers
    }

    private mutating func provider(_ member: Located.Member) -> DeclaredProvider? {
        guard Server.isSlug(member.key) else {
            report(member.at, "`\(member.key)` cannot name a provider", "use 1 to 64 of a-z, 0-9, `-` and single `_`")
            return nil
        }
        var issuer: (text: String, address: WebAddress)?
        var keys: WebAddress?
        var algorithms = Set(SigningAlgorithm.allCases)
        var leeway: Int64 = 30
        var certificates: String?
        var scopes: [String] = []
        var mappings: [DeclaredProvider.Mapping] = []
        for part in members(of: member.value, keys: Self.keys) {
            switch part.key {
            case "issuer": issuer = self.issuer(part.value)
            case "keys": keys = address(part.value)
            case "algorithms": algorithms = Set(elements(of: part.value).compactMap { choice($0) })
            case "leeway": leeway = self.leeway(part.value) ?? leeway
            case "certificates": certificates = text(part.value)
            case "scopes": scopes = elements(of: part.value).compactMap { scope($0) }
            case "grants": mappings = elements(of: part.value).compactMap { mapping($0) }
            default: break
            }
        }
        guard let issuer else {
            if member.value["issuer"] == nil { report(member.value, "a provider needs an `issuer`", nil) }
            return nil
        }
        let settings = ProviderSettings(
            name: member.key, issuer: issuer.text, address: issuer.address, keys: keys, algorithms: algorithms,
            leeway: leeway, certificates: certificates)
        return DeclaredProvider(settings: settings, scopes: scopes, mappings: mappings)
    }

    /// Kept as written: providers' tokens repeat it byte for byte.
    mutating func issuer(_ value: Located) -> (text: String, address: WebAddress)? {
        guard let text = text(value), let address = address(value) else { return nil }
        guard !text.utf8.contains(UInt8(ascii: "?")) else {
            report(value, "an issuer has no query", nil)
            return nil
        }
        return (text, address)
    }

    mutating func address(_ value: Located) -> WebAddress? {
        guard let text = text(value) else { return nil }
        do throws(WebAddressError) { return try WebAddress(text, isOperatorTyped: true) } catch {
            report(value, "\(error)", nil)
            return nil
        }
    }

    mutating func leeway(_ value: Located) -> Int64? {
        guard let duration = duration(value) else { return nil }
        guard IdentityBounds.leeway.contains(duration.components.seconds) else {
            report(value, "clocks may differ by \(IdentityBounds.leeway.upperBound) seconds at most", nil)
            return nil
        }
        return duration.components.seconds
    }

    /// RFC 6749 section 3.3.
    mutating func scope(_ value: Located) -> String? {
        guard let text = text(value) else { return nil }
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != 0x22 && $0 != 0x5C }) else {
            report(value, "`\(text)` is no scope", "scopes are words of visible ASCII, one an element")
            return nil
        }
        return text
    }

    private mutating func mapping(_ value: Located) -> DeclaredProvider.Mapping? {
        var conditions: [ClaimCondition] = []
        var grant: String?
        let before = problems.count
        for part in members(of: value, keys: ["when", "grant"]) {
            if part.key == "grant" { grant = text(part.value) }
            if part.key == "when" { conditions = self.conditions(part.value, in: []) }
        }
        guard problems.count == before else { return nil }
        guard let grant, !conditions.isEmpty else {
            report(value, "a mapping needs `when`, with a claim in it, and `grant`", nil)
            return nil
        }
        return DeclaredProvider.Mapping(conditions: conditions, grant: grant)
    }

    /// `CLAIM: TEXT`, `CLAIM: [TEXT, …]`, or claims inside a claim.
    mutating func conditions(_ value: Located, in path: [String]) -> [ClaimCondition] {
        named(value).flatMap { claim in
            let path = path + [claim.key]
            if claim.value.members != nil { return conditions(claim.value, in: path) }
            let values =
                claim.value.elements == nil ? text(claim.value).map { [$0] } ?? [] : texts(claim.value)
            if values.isEmpty { report(claim.value, "no value of `\(claim.key)` would do", nil) }
            return [ClaimCondition(path: path, values: values)]
        }
    }
}

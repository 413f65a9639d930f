import Administration
import Fetching
import Gateway
import IdentityProviders
import OAuthMessages
import PolicyFiles

/// `sign_in`.
extension ConfigurationReader {
    private static let keys = [
        "issuer", "client_id", "client_secret", "client_secret_file", "title", "organisation", "scopes", "roles",
        "keys",
        "algorithms", "leeway", "certificates",
    ]

    mutating func signIn(_ value: Located) -> [DeclaredSignIn] {
        var providers: [DeclaredSignIn] = []
        for member in members(of: value, keys: ["providers"]) {
            let named = named(member.value)
            if named.count > IdentityBounds.providers {
                report(member.value, "there may be \(IdentityBounds.providers) providers", nil)
            }
            providers += named.compactMap { signInProvider($0) }
        }
        return providers
    }

    private mutating func signInProvider(_ member: Located.Member) -> DeclaredSignIn? {
        guard Server.isSlug(member.key) else {
            report(member.at, "`\(member.key)` cannot name a provider", "use 1 to 64 of a-z, 0-9, `-` and `_`")
            return nil
        }
        var read = ReadSignIn(title: member.key)
        let before = problems.count
        for part in members(of: member.value, keys: Self.keys) {
            switch part.key {
            case "issuer": read.issuer = issuer(part.value)
            case "client_id": read.clientID = text(part.value)
            case "client_secret": if let secret = text(part.value) { read.secrets.append(secret) }
            case "client_secret_file": if let secret = secretFile(part.value) { read.secrets.append(secret) }
            case "title": read.title = text(part.value) ?? read.title
            case "organisation": read.organisation = text(part.value)
            case "scopes": read.scopes = elements(of: part.value).compactMap { scope($0) }
            case "roles": read.mappings = elements(of: part.value).compactMap { roleMapping($0) }
            case "keys": read.keys = address(part.value)
            case "algorithms": read.algorithms = Set(elements(of: part.value).compactMap { choice($0) })
            case "leeway": read.leeway = leeway(part.value) ?? read.leeway
            case "certificates": read.certificates = text(part.value)
            default: break
            }
        }
        guard problems.count == before else { return nil }
        return checked(read, member)
    }

    /// What a provider cannot be without.
    private mutating func checked(_ read: ReadSignIn, _ member: Located.Member) -> DeclaredSignIn? {
        guard let issuer = read.issuer else {
            report(member.value, "a provider needs an `issuer`", nil)
            return nil
        }
        guard let id = read.clientID, !id.isEmpty else {
            report(member.value, "a provider needs the `client_id` that the gateway is registered as there", nil)
            return nil
        }
        guard read.secrets.count <= 1, read.secrets.allSatisfy({ !$0.isEmpty }) else {
            report(member.value, "a provider has one of `client_secret` and `client_secret_file`, or neither", nil)
            return nil
        }
        guard !read.mappings.isEmpty else {
            report(
                member.value, "a provider without `roles` lets nobody in",
                "write `roles: [{ when: { groups: GROUP }, role: viewer }]`")
            return nil
        }
        let provider = ProviderSettings(
            name: member.key, issuer: issuer.text, address: issuer.address, keys: read.keys,
            algorithms: read.algorithms, leeway: read.leeway, certificates: read.certificates)
        let conditions = read.mappings.flatMap(\.conditions)
        // An address leads to a role only with the provider's word for it.
        let verification = conditions.contains(where: \.isAboutEmail) ? ["email_verified"] : []
        return DeclaredSignIn(
            settings: SignInSettings(
                provider: provider, client: ClientAuthentication(id: id, secret: read.secrets.first),
                scopes: read.scopes, wanted: Set(conditions.compactMap(\.path.first) + verification + ["email"])),
            title: read.title, organisation: read.organisation, mappings: read.mappings)
    }

    private mutating func roleMapping(_ value: Located) -> DeclaredSignIn.Mapping? {
        var conditions: [ClaimCondition] = []
        var role: Role?
        let before = problems.count
        for part in members(of: value, keys: ["when", "role"]) {
            if part.key == "role" { role = choice(part.value) }
            if part.key == "when" { conditions = self.conditions(part.value, in: []) }
        }
        guard problems.count == before else { return nil }
        guard let role, !conditions.isEmpty else {
            report(value, "a mapping needs `when`, with a claim in it, and `role`", nil)
            return nil
        }
        return DeclaredSignIn.Mapping(conditions: conditions, role: role)
    }

    private mutating func secretFile(_ value: Located) -> String? {
        guard let path = text(value) else { return nil }
        guard var bytes = try? readFile(path) else {
            report(value, "the secret's file `\(path)` cannot be read", nil)
            return nil
        }
        while let last = bytes.last, last == 0x0A || last == 0x0D { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// What was read of one provider so far.
private struct ReadSignIn {
    var title: String
    var issuer: (text: String, address: WebAddress)?
    var clientID: String?
    var secrets: [String] = []
    var organisation: String?
    var scopes = ["profile", "email", "groups"]
    var mappings: [DeclaredSignIn.Mapping] = []
    var keys: WebAddress?
    var algorithms = Set(SigningAlgorithm.allCases)
    var leeway: Int64 = 30
    var certificates: String?
}

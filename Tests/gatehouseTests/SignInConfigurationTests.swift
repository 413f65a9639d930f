import Administration
import Gateway
import IdentityProviders
import OAuthMessages
import PolicyFiles
import Testing
import WireJSON

@testable import gatehouse

/// `sign_in` in a configuration: who may say who comes in is told in full, or not at all.
struct SignInConfigurationTests {
    private static let roles = "roles: [{ when: { groups: staff }, role: viewer }]"

    private static func read(_ provider: String, name: String = "corp") -> (DeclaredSignIn?, [String]) {
        let text = "sign_in: { providers: { \(name): \(provider) } }\n"
        let (document, syntax) = LocatedDocument.parse(Array(text.utf8), name: "c.yaml")
        guard let document else { return (nil, syntax.map(\.description)) }
        var reader = ConfigurationReader(file: "c.yaml", environment: ["SECRET": "from outside"]) { path in
            guard path == "secret" else { throw MissingFile() }
            return Array("from a file\n".utf8)
        }
        let declared = reader.read(document)
        return (declared?.signIn.first, reader.problems.map(\.message))
    }

    private struct MissingFile: Error {}

    @Test("a provider is read whole, with its secret from the environment or a file")
    func whole() throws {
        let (read, problems) = Self.read(
            """
            { issuer: "https://a.example", client_id: gatehouse, client_secret: "${SECRET}", title: Northwind, \
            organisation: Acme, scopes: [groups], leeway: 5s, algorithms: [RS256], \
            roles: [{ when: { groups: admins }, role: admin }, { when: { r: { a: [x, y] } }, role: policy_manager }] }
            """)
        let provider = try #require(read, "\(problems)")
        #expect(provider.settings.provider.issuer == "https://a.example" && provider.settings.provider.leeway == 5)
        #expect(provider.settings.client == .init(id: "gatehouse", secret: "from outside"))
        #expect(provider.title == "Northwind" && provider.organisation == "Acme")
        #expect(provider.settings.scopes == ["openid", "groups"])
        #expect(provider.settings.wanted == ["groups", "r", "email"])
        #expect(provider.mappings.map(\.role) == [.admin, .policyManager])
        #expect(provider.roles { $0.path == ["groups"] } == [.admin] && provider.roles { _ in false } == [])
        let other = try #require(
            Self.read(
                #"{ issuer: "https://a.example", client_id: g, client_secret_file: secret, \#(Self.roles) }"#
            ).0)
        #expect(other.settings.client == .init(id: "g", secret: "from a file") && other.title == "corp")
        #expect(other.organisation == nil && other.settings.scopes == ["openid", "profile", "email", "groups"])
        #expect(!"\(provider) \(String(reflecting: provider))".contains("from outside"))
    }

    @Test("where an address leads to a role, the provider is asked whether it verified it; else it leads nowhere")
    func address() throws {
        let read = try #require(
            Self.read(
                #"{ issuer: "https://a.example", client_id: g, roles: [{ when: { email: ann@a.example }, role: admin }] }"#
            ).0)
        #expect(read.settings.wanted == ["email", "email_verified"])
        func roles(_ verified: String) throws -> [Role] {
            let claims = try JSON(Array(#"{"email":"ann@a.example"\#(verified)}"#.utf8))
            return read.roles { $0.holds(of: claims) }
        }
        #expect(try roles(#","email_verified":true"#) == [.admin])
        for denied in ["", #","email_verified":false"#, #","email_verified":1"#] { #expect(try roles(denied) == []) }
    }

    @Test(
        "a provider that lacks what it needs, or says what nobody knows, is refused",
        arguments: [
            ("{ client_id: g, \(roles) }", "a provider needs an `issuer`"),
            (#"{ issuer: "https://a", \#(roles) }"#, "a provider needs the `client_id`"),
            (#"{ issuer: "https://a", client_id: g }"#, "a provider without `roles` lets nobody in"),
            (#"{ issuer: "https://a", client_id: g, roles: [] }"#, "a provider without `roles` lets nobody in"),
            (
                #"{ issuer: "https://a", client_id: g, roles: [{ role: admin }] }"#,
                "a mapping needs `when`, with a claim in it, and `role`"
            ),
            (
                #"{ issuer: "https://a", client_id: g, roles: [{ when: {}, role: admin }] }"#,
                "a mapping needs `when`, with a claim in it, and `role`"
            ),
            (#"{ issuer: "https://a", client_id: g, roles: [{ when: { a: b }, role: root }] }"#, "`root` is none of"),
            (#"{ issuer: "ftp://a", client_id: g, \#(roles) }"#, "a url begins with"),
            (#"{ issuer: "https://a?b", client_id: g, \#(roles) }"#, "an issuer has no query"),
            (#"{ issuer: "https://a", client_id: g, algorithms: [none], \#(roles) }"#, "`none` is none of"),
            (#"{ issuer: "https://a", client_id: g, algorithms: [HS256], \#(roles) }"#, "`HS256` is none of"),
            (#"{ issuer: "https://a", client_id: g, client_secret: "", \#(roles) }"#, "one of `client_secret`"),
            (
                #"{ issuer: "https://a", client_id: g, client_secret: a, client_secret_file: secret, \#(roles) }"#,
                "one of `client_secret`"
            ),
            (#"{ issuer: "https://a", client_id: g, client_secret: "${UNSET}", \#(roles) }"#, "`UNSET` is not set"),
            (#"{ issuer: "https://a", client_id: g, client_secret_file: none, \#(roles) }"#, "cannot be read"),
            (#"{ issuer: "https://a", client_id: g, secret: x, \#(roles) }"#, "unknown key `secret`"),
        ])
    func refused(provider: String, told: String) {
        let (read, problems) = Self.read(provider)
        #expect(read == nil && problems.contains { $0.contains(told) }, "\(problems)")
    }

    @Test("a provider's name is one that an address can hold")
    func names() {
        let provider = #"{ issuer: "https://a", client_id: g, \#(Self.roles) }"#
        #expect(Self.read(provider, name: "Corp").0 == nil && Self.read(provider, name: "a/b").0 == nil)
        #expect(Self.read(provider, name: "corp-2").0 != nil)
    }
}

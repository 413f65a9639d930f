import Administration
import GatewayStorage
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import Console

/// A person's way to an identity provider and back, as pages lead through it.
@Suite("Signing in at identity providers")
struct ProviderSignInTests {
    private static let html = "<b>no</b>"

    /// Providers `corp` and `other`; `finish` is played by the query.
    private static func parts() async throws -> ConsoleParts {
        let (office, administration) = try await MemoryOffice.open()
        var parts = ConsoleParts(catalogue: MemoryCatalogue())
        parts.administration = administration
        parts.providers = ProviderSignIns {
            [.init(name: "corp", title: "Northwind <&> Co"), .init(name: "other", title: "Other")]
        } begin: { name, redirect in
            guard name == "corp" else { return .failure(name == "away" ? .unreachable : .unknownProvider) }
            return .success(.init(address: "https://as.example/authorize?redirect_uri=\(redirect)", ticket: "ab12"))
        } finish: { back in
            guard back.provider == "corp", back.ticket == "ab12" else { return .failure(.notBegun) }
            switch back.query {
            case "code=good":
                let person = ProvidedPerson(
                    provider: "corp", organisation: nil, issuer: back.redirect, subject: "1",
                    email: "bob@example.com", fullName: nil, roles: [.viewer])
                do { return try await office.signIn(person).mapError { .person($0) } } catch {
                    return .failure(.office)
                }
            case "error": return .failure(.refused(error: Self.html, description: Self.html))
            case "forged": return .failure(.notProven)
            case "busy": return .failure(.busy)
            case "peer": return .failure(.refused(error: "from \(back.peer)", description: nil))
            case let query:
                for refusal in ProvidedPersonRefusal.allCases where "\(refusal)" == query {
                    return .failure(.person(refusal))
                }
                return .failure(.notBegun)
            }
        }
        return parts
    }

    private static let ticket = HTTPFields([HTTPField(name: .cookie, value: "gatehouse-signin=ab12")])

    @Test("the sign-in page has a button for each provider, and none where there is none")
    func buttons() async throws {
        try await withConsole(try await Self.parts()) { client in
            try await client.execute(uri: "/signin", method: .get) { response in
                #expect(response.text.contains(#"<p class="or">or</p>"#))
                #expect(
                    response.text.contains(
                        #"<a class="btn wide" href="/signin/corp">Continue with Northwind &lt;&amp;&gt; Co</a>"#))
                #expect(response.text.contains(#"href="/signin/other""#))
            }
        }
        var none = ConsoleParts(catalogue: MemoryCatalogue())
        none.administration = try await MemoryOffice.open().parts
        try await withConsole(none) { client in
            try await client.execute(uri: "/signin", method: .get) { #expect(!$0.text.contains("Continue with")) }
            try await client.execute(uri: "/signin/corp", method: .get) { #expect($0.status == .notFound) }
        }
    }

    @Test("who leaves is sent to the provider, keeps a ticket no script reads, and is to come back here")
    func leaves() async throws {
        try await withConsole(try await Self.parts()) { client in
            try await client.execute(uri: "/signin/corp", method: .get) { response in
                #expect(response.status == .seeOther && response.headers[.referrerPolicy] == "no-referrer")
                let location = response.headers[.location] ?? ""
                #expect(location.hasPrefix("https://as.example/authorize?redirect_uri=http://localhost"))
                #expect(location.hasSuffix("/signin/corp/callback"))
                #expect(
                    response.headers[values: .setCookie] == [
                        "gatehouse-signin=ab12; Path=/; HttpOnly; SameSite=Lax; Max-Age=600"
                    ])
                #expect(
                    response.headers[.contentSecurityPolicy] == SecurityHeaders.contentSecurityPolicy)
            }
            try await client.execute(uri: "/signin/nobody", method: .get) { #expect($0.status == .notFound) }
            try await client.execute(uri: "/signin/away", method: .get) { #expect($0.status == .badGateway) }
            // What a request says of the way it came is a stranger's word.
            let forwarded = HTTPFields(
                ["x-forwarded-host", "x-forwarded-proto", "forwarded"].compactMap { HTTPField.Name($0) }.map {
                    HTTPField(name: $0, value: "evil.example")
                })
            try await client.execute(uri: "/signin/corp", method: .get, headers: forwarded) {
                #expect($0.headers[.location]?.contains("evil.example") == false)
            }
            // Known by another name, it would send people elsewhere.
            try await client.execute(uri: "/signin/corp", method: .get, headers: [.host: "evil.example"]) {
                #expect($0.status == .misdirectedRequest && $0.headers[.location] == nil)
            }
        }
    }

    @Test("under TLS the ticket is for this host alone")
    func hostCookie() {
        var response = Response(status: .ok)
        Cookies(isEncrypted: true).setTicket("ab", on: &response)
        #expect(
            response.headers[.setCookie]
                == "__Host-gatehouse-signin=ab; Path=/; HttpOnly; SameSite=Lax; Max-Age=600; Secure")
    }

    @Test("who comes back in order is signed in, with a new form secret and without the ticket")
    func enters() async throws {
        try await withConsole(try await Self.parts()) { client in
            try await client.execute(uri: "/signin/corp/callback?code=good", method: .get, headers: Self.ticket) {
                response in
                #expect(response.status == .seeOther && response.headers[.location] == "/account")
                let cookies = response.headers[values: .setCookie]
                #expect(cookies.contains { $0.hasPrefix("gatehouse=ghc_") })
                #expect(cookies.contains { $0.hasPrefix("gatehouse-form=") })
                #expect(cookies.contains("gatehouse-signin=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0"))
            }
        }
    }

    @Test("what bounds are counted by is where the connection comes from, whatever a request says of its way")
    func peers() async throws {
        let forwarded = HTTPFields(
            ["x-forwarded-for", "x-real-ip", "forwarded"].compactMap { HTTPField.Name($0) }.map {
                HTTPField(name: $0, value: "203.0.113.9")
            } + [HTTPField(name: .cookie, value: "gatehouse-signin=ab12")])
        try await withConsole(try await Self.parts()) { client in
            try await client.execute(uri: "/signin/corp/callback?peer", method: .get, headers: forwarded) {
                #expect($0.text.contains("from 127.0.0.1"))
            }
        }
    }

    @Test(
        "who comes back without the ticket, with two, or with another provider's signs nobody in",
        arguments: [
            "", "gatehouse-signin=", "gatehouse-signin=other", "gatehouse-signin=ab12; gatehouse-signin=ab12",
            "__Host-gatehouse-signin=ab12", "GATEHOUSE-SIGNIN=ab12",
        ])
    func strangers(cookie: String) async throws {
        let headers = HTTPFields([HTTPField(name: .cookie, value: cookie)])
        try await withConsole(try await Self.parts()) { client in
            try await client.execute(uri: "/signin/corp/callback?code=good", method: .get, headers: headers) {
                #expect($0.status == .badRequest && $0.headers[.setCookie] == nil)
            }
            try await client.execute(uri: "/signin/other/callback?code=good", method: .get, headers: Self.ticket) {
                #expect($0.status == .badRequest && $0.headers[.setCookie] == nil)
            }
        }
    }

    @Test("a refusal says what to do, ends the question it answers, and shows a stranger's words as text")
    func refusals() async throws {
        let cases: [(query: String, status: HTTPResponse.Status, words: String)] = [
            ("error", .forbidden, "&lt;b&gt;no&lt;/b&gt;"), ("forged", .badGateway, "proves nothing"),
            ("noRole", .forbidden, "none of your groups has a role"),
            ("disabled", .forbidden, "disabled here"), ("noAddress", .forbidden, "does not vouch"),
            ("addressTaken", .forbidden, "sign in with that"), ("lastAdmin", .forbidden, "the last admin"),
            ("noOrganisation", .forbidden, "no organisation"),
        ]
        try await withConsole(try await Self.parts()) { client in
            for one in cases {
                let address = "/signin/corp/callback?\(one.query)"
                try await client.execute(uri: address, method: .get, headers: Self.ticket) { response in
                    #expect(response.status == one.status && response.text.contains(one.words), "\(one.query)")
                    #expect(!response.text.contains(Self.html) && response.text.contains(#"href="/signin""#))
                    #expect(response.headers[.referrerPolicy] == "no-referrer")
                    #expect(response.headers[values: .setCookie].map { $0.hasPrefix("gatehouse-signin=;") } == [true])
                }
            }
            // What was not looked at is good for another try.
            try await client.execute(uri: "/signin/corp/callback?busy", method: .get, headers: Self.ticket) {
                #expect($0.status == .serviceUnavailable && $0.text.contains("Reload this page in a minute"))
                #expect($0.headers[.setCookie] == nil)
            }
            // What answers another question leaves the open one open.
            try await client.execute(uri: "/signin/corp/callback?else", method: .get, headers: Self.ticket) {
                #expect($0.status == .badRequest && $0.headers[.setCookie] == nil)
            }
        }
    }
}

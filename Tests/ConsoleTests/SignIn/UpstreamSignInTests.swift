import Gateway
import GatewayStorage
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import Console

/// A person's way to an upstream's authorisation server and back.
@Suite("Signing in at servers")
struct UpstreamSignInTests {
    private static var parts: ConsoleParts {
        var parts = ConsoleParts(catalogue: MemoryCatalogue())
        parts.signIns = UpstreamSignIns { key, redirect in
            key == "known" ? .success("https://as.example/authorize?redirect_uri=\(redirect)") : .failure(.unknownLink)
        } finish: { query in
            switch query {
            case "code=c&state=s": .success("notes")
            case "code=c&state=bad": .failure(.failed("the server said <b>no</b>"))
            default: .failure(.unknownLink)
            }
        }
        return parts
    }

    @Test("a link that was given out leads on, back to this very console, and is told to nobody")
    func begins() async throws {
        try await withConsole(Self.parts) { client in
            try await client.execute(uri: "/connect/known", method: .get) { response in
                #expect(response.status == .seeOther)
                let location = response.headers[.location] ?? ""
                #expect(location.hasPrefix("https://as.example/authorize?redirect_uri=http://localhost"))
                #expect(location.hasSuffix("/oauth/callback"))
                #expect(response.headers[.referrerPolicy] == "no-referrer")
            }
            for key in ["/connect/other", "/connect/", "/connect"] {
                try await client.execute(uri: key, method: .get) { #expect($0.status == .notFound) }
            }
        }
    }

    @Test("what the browser brings back is told as it was taken, and a stranger's words are text")
    func ends() async throws {
        try await withConsole(Self.parts) { client in
            try await client.execute(uri: "/oauth/callback?code=c&state=s", method: .get) { response in
                #expect(response.status == .ok && response.text.contains("reach notes"))
            }
            try await client.execute(
                uri: "/oauth/callback?code=c&state=bad", method: .get, headers: [.accept: "text/html"]
            ) { response in
                #expect(response.status == .badGateway && !response.text.contains("<b>no</b>"))
            }
            for query in ["", "?", "?code=c", "?state=x&error=access_denied"] {
                try await client.execute(uri: "/oauth/callback" + query, method: .get) {
                    #expect($0.status == .notFound)
                }
            }
        }
    }
}

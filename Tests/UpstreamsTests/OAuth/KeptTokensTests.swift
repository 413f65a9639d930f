import Fetching
import Gateway
import GatewayStorage
import LoopbackServer
import OAuthMessages
import Synchronization
import Testing

@testable import Upstreams

/// Tokens and secrets go to the server and the issuer they are for, also when these have changed meanwhile.
@Suite("Kept tokens")
struct KeptTokensTests {
    @Test("tokens are kept, and are there after a restart")
    func kept() async throws {
        let store = MemoryCredentials()
        try await AuthorizationWorld.with(OAuthTests.person, store: store) { world in
            try await world.signIn()
            #expect(await world.ask() == nil)
        }
        let kept = try await store.credential(server: "notes")
        #expect(kept.map { String(decoding: $0, as: UTF8.self) }?.contains("refresh-1") ?? false)
        // The same name leads somewhere else now: what is still good elsewhere is shown to nobody there, and forgotten.
        try await AuthorizationWorld.with(OAuthTests.person, store: store) { world in
            #expect(await world.ask()?.detail.contains("sign in") ?? false)
            #expect(world.requests("/token").isEmpty && world.borne.isEmpty)
        }
        #expect(try await store.credential(server: "notes") == nil)
    }

    /// What is different about kept tokens that are otherwise good for another hour.
    static let strange: [(String, @Sendable (inout KeptTokens) -> Void)] = [
        ("another address", { $0.upstream += "/other" }), ("another issuer", { $0.issuer = "https://old.example" }),
        ("another client", { $0.client.id = "other" }), ("no text", { $0.access = "two words" }),
    ]

    @Test(
        "kept tokens of another address, issuer or client are not borne, not renewed, and forgotten",
        arguments: strange.indices)
    func strangeTokens(_ index: Int) async throws {
        let store = MemoryCredentials()
        try await AuthorizationWorld.with(OAuthTests.own, store: store) { world in
            var tokens = KeptTokens(
                upstream: world.server.origin + "/mcp", issuer: world.server.origin,
                client: .init(id: "gate:house", secret: "earlier"))
            tokens.access = "kept"
            tokens.refresh = "kept-too"
            tokens.end = world.clock.value + 3600
            Self.strange[index].1(&tokens)
            try await store.keep(tokens.bytes, server: "notes")
            world.peer.rules.withLock { $0.status = 500 }
            #expect(await world.ask() != nil)
            #expect(world.borne.isEmpty && world.requests("/token").flatMap { $0.form("refresh_token") }.isEmpty)
            #expect(try await store.credential(server: "notes") == nil)
        }
    }

    @Test("kept tokens that fit are borne without a word to the issuer, also under a client's new secret")
    func fitting() async throws {
        let store = MemoryCredentials()
        try await AuthorizationWorld.with(OAuthTests.own, store: store) { world in
            var tokens = KeptTokens(
                upstream: world.server.origin + "/mcp", issuer: world.server.origin,
                client: .init(id: "gate:house", secret: "earlier"))
            tokens.access = "kept"
            tokens.end = world.clock.value + 3600
            try await store.keep(tokens.bytes, server: "notes")
            world.peer.accept("kept")
            #expect(await world.ask() == nil)
            #expect(world.borne == ["Bearer kept"])
            #expect(Set(world.server.requests.map(\.path)) == ["/mcp"])
        }
    }

    @Test(
        "a secret is shown to no issuer that only the server names",
        arguments: [OAuthTests.own, OAuthSettings(client: .init(id: "gatehouse", secret: "s3cret"))])
    func secretWithoutIssuer(_ settings: OAuthSettings) async throws {
        try await AuthorizationWorld.with(settings, typesIssuer: false) { world in
            await #expect(throws: OAuthProblem.unknownIssuer) {
                _ = try await world.authorization.beginSignIn(redirect: AuthorizationWorld.redirect)
            }
            #expect(await world.ask()?.detail.contains("type the `issuer`") ?? false)
            #expect(world.requests("/token").isEmpty)
        }
    }

    @Test("no token and no secret is in any text made of what holds it")
    func unspoken() throws {
        var tokens = KeptTokens(upstream: "https://s", issuer: "https://a", client: .init(id: "c", secret: "hidden"))
        tokens.access = "hidden"
        tokens.refresh = "hidden"
        let issued = TokenAnswer(
            status: 200, Array(#"{"access_token":"hidden","token_type":"Bearer","refresh_token":"hidden"}"#.utf8))
        for text in [
            "\(tokens)", String(reflecting: tokens), "\(issued)", String(reflecting: issued), "\(tokens.client)",
            String(reflecting: OAuthTests.own),
        ] {
            #expect(!text.contains("hidden") && !text.contains("s3cret"))
        }
        var dumped = ""
        dump(tokens, to: &dumped)
        dump(issued, to: &dumped)
        #expect(!dumped.contains("hidden"))
    }
}

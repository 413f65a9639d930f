import Administration
import GatewayStorage
import Testing

/// Connections of members who sign in at an identity provider end with its word for them.
@Suite("Connections and a provider's word")
struct VouchedConnectionTests {
    private let desk: SignInDesk
    private let client: String

    init() async throws {
        desk = try await SignInDesk()
        client = try await desk.register()
    }

    /// Signs in at the provider.
    private func enter() async throws -> Actor {
        let person = ProvidedPerson(
            provider: "corp", organisation: nil, issuer: "https://a.example", subject: "1", email: "pat@example.com",
            fullName: "Pat", roles: [.admin])
        return try await desk.office.signIn(person).get().actor
    }

    private func wait(days: Int64) { desk.instance.wait(.seconds(days * 86_400)) }

    private var end: WallTime {
        get async throws { try #require(try await desk.connections.first).expiresAt }
    }

    @Test("however often it is refreshed, a connection ends thirty days after the last sign-in at the provider")
    func ends() async throws {
        let pat = try await enter()
        let start = desk.instance.world.now
        wait(days: 10)
        var given = try await desk.exchange(try await desk.code(client, by: pat), client)
        let first = start.advanced(by: AuthorizationBounds.vouched)
        #expect(try await end == first)
        wait(days: 19)
        given = try await desk.refresh(given.refresh, client)
        #expect(try await end == first)
        let seen = try await desk.office.connectionsInForce(of: desk.admin.organisation, at: desk.instance.world.now)
        #expect(seen.map(\.connection.expiresAt) == [first])
        // Whom the provider vouches for anew stays connected.
        _ = try await enter()
        given = try await desk.refresh(given.refresh, client)
        wait(days: 29)
        given = try await desk.refresh(given.refresh, client)
        wait(days: 1)
        #expect(try await desk.inForce == 0)
        await expectRefused(.invalidGrant) { _ = try await desk.refresh(given.refresh, client) }
        _ = try await enter()
        #expect(try await desk.inForce == 0)
        await expectRefused(.invalidGrant) { _ = try await desk.refresh(given.refresh, client) }
        _ = try await desk.exchange(try await desk.code(client, by: pat), client)
        #expect(try await desk.inForce == 1)
    }

    @Test("a member whom no provider knows stays connected for as long as the client refreshes")
    func password() async throws {
        var given = try await desk.exchange(try await desk.code(client), client)
        for _ in 0..<4 {
            wait(days: 29)
            given = try await desk.refresh(given.refresh, client)
        }
        #expect(try await desk.inForce == 1)
    }

    @Test("what an earlier version kept counts from the member's first sign-in, until the next")
    func earlier() async throws {
        let pat = try await enter()
        let given = try await desk.exchange(try await desk.code(client, by: pat), client)
        let identity = try #require(
            try await desk.instance.directory.all(MemberIdentity.self, of: desk.admin.organisation).first)
        // A row that has not been vouched for again is one of an earlier version.
        #expect(!identity.row.body.contains("vouched_at"))
        var connection = try #require(try await desk.connections.first)
        let short = connection
        connection.expiresAt = connection.expiresAt.advanced(by: .seconds(20 * 86_400))
        _ = try await desk.instance.directory.store.apply([.replace(short.row, with: connection.row)])
        wait(days: 29)
        #expect(try await desk.inForce == 1)
        wait(days: 1)
        #expect(try await desk.inForce == 0)
        await expectRefused(.invalidGrant) { _ = try await desk.refresh(given.refresh, client) }
        let changes = desk.instance.world.changes
        _ = try await enter()
        #expect(try await desk.inForce == 1 && desk.instance.world.changes == changes + 1)
    }

    @Test("somebody who is turned away is not vouched for by that")
    func turnedAway() async throws {
        let pat = try await enter()
        let given = try await desk.exchange(try await desk.code(client, by: pat), client)
        let before = try await desk.instance.directory.all(MemberIdentity.self, of: desk.admin.organisation)
        wait(days: 1)
        var person = ProvidedPerson(
            provider: "corp", organisation: nil, issuer: "https://a.example", subject: "1", email: "pat@example.com",
            fullName: "Pat", roles: [])
        await #expect(throws: ProvidedPersonRefusal.noRole) { try await desk.office.signIn(person).get() }
        #expect(try await desk.instance.directory.all(MemberIdentity.self, of: desk.admin.organisation) == before)
        person.roles = [.admin]
        _ = try await desk.office.signIn(person).get()
        await expectRefused(.invalidGrant) { _ = try await desk.refresh(given.refresh, client) }
    }
}

import Gateway
import LoopbackServer
import Testing

@testable import Upstreams

/// Hostile F76: a refresh token that is rotated is used once, however many calls find the token at its end.
@Suite("Refresh race")
struct RefreshRaceTests {
    /// Fifty calls; what became of those that failed.
    private static func askAtOnce(_ world: AuthorizationWorld) async -> [String] {
        await withTaskGroup(of: String?.self) { group in
            for _ in 0..<50 { group.addTask { await world.ask().map { "\($0.kind): \($0.detail)" } } }
            return await group.reduce(into: []) { failures, failure in if let failure { failures.append(failure) } }
        }
    }

    /// How a token comes to its end.
    enum End: CaseIterable, Sendable { case past, soon, turnedDown }

    @Test(
        "fifty calls at once cause one refresh: after a token's end, shortly before it, and when the server turns it down",
        arguments: End.allCases)
    func race(_ end: End) async throws {
        try await AuthorizationWorld.with(OAuthTests.person) { world in
            try await world.signIn()
            #expect(await Self.askAtOnce(world) == [])
            for generation in 2...4 {
                switch end {
                case .past: world.clock.change { $0 += 7200 }
                case .turnedDown: world.peer.revokeAll()
                case .soon:
                    // Renewed while calls go on with what there is; whoever comes after its end waits for it.
                    world.clock.change { $0 += 3600 - 30 }
                    #expect(await Self.askAtOnce(world) == [])
                    world.clock.change { $0 += 60 }
                }
                #expect(await Self.askAtOnce(world) == [])
                #expect(world.requests("/token").count == generation)
            }
            // Each of them once, and always the newest.
            let refreshes = world.requests("/token").dropFirst().map { $0.form("refresh_token") }
            #expect(refreshes == [["refresh-1"], ["refresh-2"], ["refresh-3"]])
            #expect(world.needs.value == 0)
        }
    }
}

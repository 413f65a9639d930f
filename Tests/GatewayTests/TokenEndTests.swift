import GatewayTesting
import MCPMessages
import PolicyEngine
import Testing
import WireJSON

@testable import Gateway

/// What a provider's token opened is open no longer than the token, its mapping and its provider stand.
@Suite("The end of a provider's token")
struct TokenEndTests {
    static let endpoint = "https://gateway.example/mcp/tools"
    static let life = Duration.seconds(600)

    static func rules(
        _ world: RunningLine, generation: Int = 1, group: String = "platform", name: String = "corp",
        grant: Grant? = nil
    ) -> IdentityRules {
        let mapping = ClaimMapping(
            when: [ClaimCondition(path: ["group"], values: [group])], grant: grant ?? world.principal.grant)
        let provider = IdentityProvider(name: name, issuer: "https://login.example", mappings: [mapping])
        return IdentityRules(generation: generation, providers: [provider]) { _, _ in .invalid }
    }

    static func token(_ world: RunningLine, life: Duration = life) throws -> VerifiedToken {
        VerifiedToken(
            provider: "corp", subject: "alice", audiences: [endpoint], scopes: [],
            claims: try JSON(Array(#"{"group":"platform"}"#.utf8)),
            end: world.line.clock.secondsSince1970 + life.components.seconds)
    }

    /// Puts the rules in force; the principal of alice's token.
    static func alice(_ world: RunningLine, life: Duration = life) throws -> Principal {
        let rules = rules(world)
        world.line.configuration.replace(servers: [world.server], grants: [:], identity: rules)
        return try rules.principal(for: token(world, life: life), at: endpoint)
    }

    /// A listening session, a subscription and a parked call of one bearer.
    struct Open {
        let session: LineClient
        let stream: LineClient.Sent
        let subscription: LineClient.Sent
        let parked: RecordedExchange

        init(_ world: RunningLine, of alice: Principal) async throws {
            session = try await LineClient(world, .legacy, as: alice)
            let listener = AnswerRecorder()
            _ = world.line.listen(
                Entry(principal: alice, server: RunningLine.slug, headers: nil, sessionID: session.session),
                answering: listener)
            stream = .init(recorder: listener, cancellation: .none)
            let modern = try await LineClient(world, .modern, as: alice, capabilities: RoundTripTests.able)
            subscription = modern.ask("subscriptions/listen", #""notifications":{"toolsListChanged":true}"#)
            world.upstream.script { _ = $0.ask("elicitation/create", params: RoundTripTests.form) }
            _ = try await modern.call("echo").end()
            parked = try #require(world.upstream.calls.value.last)
        }

        func expectOpen() {
            #expect(!parked.isCancelled.value)
            #expect(stream.recorder.heard.value.answer == nil && subscription.recorder.heard.value.answer == nil)
        }

        func expectEnd() async throws {
            #expect(try await stream.end().status == .ok)
            #expect(try await subscription.end().status == .ok)
            #expect(parked.isCancelled.value)
        }
    }

    @Test("streams, subscriptions and parked calls end when the token does; a newer one goes on with the session")
    func end() async throws {
        try await withLine(RoundTripTests.setup(.legacy)) { world in
            let open = try await Open(world, of: Self.alice(world))
            world.clock.advance(by: Self.life - .seconds(1))
            world.line.endWhatIsOver()
            open.expectOpen()
            world.clock.advance(by: .seconds(1))
            world.line.endWhatIsOver()
            try await open.expectEnd()
            // The session is there for who comes with a token that is good, and so is a stream.
            var again = open.session
            again.principal = try Self.alice(world)
            #expect(try await again.ask("ping").end().status == .ok)
            let listener = AnswerRecorder()
            let entry = Entry(
                principal: again.principal, server: RunningLine.slug, headers: nil, sessionID: again.session)
            guard case .opened = world.line.listen(entry, answering: listener) else {
                Issue.record("the stream is not opened again")
                return
            }
            world.line.tell(.tools, at: RunningLine.slug)
            #expect(listener.heard.value.notifications.count == 1)
        }
    }

    @Test("nothing is told to whose token is over, even before its stream is ended")
    func silence() async throws {
        try await withLine(RoundTripTests.setup(.legacy)) { world in
            let open = try await Open(world, of: Self.alice(world))
            let before = open.subscription.recorder.heard.value.notifications.count
            world.clock.advance(by: Self.life)
            world.line.tell(.tools, at: RunningLine.slug)
            #expect(open.subscription.recorder.heard.value.notifications.count == before)
            #expect(open.stream.recorder.heard.value.notifications.isEmpty)
        }
    }

    @Test("a call that was let in outlives its token, not its mapping")
    func underWay() async throws {
        try await withLine(CancellationTests.setup()) { world in
            let client = try await LineClient(world, .modern, as: Self.alice(world))
            world.upstream.script { _ in }
            let call = client.call("echo")
            let exchange = try #require(world.upstream.calls.value.first)
            world.clock.advance(by: Self.life)
            world.line.endWhatIsOver()
            world.line.endWhatIsRevoked()
            #expect(!exchange.isCancelled.value)
            world.line.configuration.replace(
                servers: [world.server], grants: [:], identity: Self.rules(world, group: "other"))
            world.line.endWhatIsRevoked()
            #expect(exchange.isCancelled.value)
            #expect(try await call.end().status == .unauthorized)
        }
    }

    /// What may become of the rules.
    static let changes: [(String, @Sendable (RunningLine) -> IdentityRules)] = [
        ("the provider is gone", { _ in .none }),
        ("the provider is another", { rules($0, name: "other") }),
        ("the mapping is gone", { rules($0, group: "other") }),
        ("the provider is to be verified otherwise", { rules($0, generation: 2) }),
        (
            "the mapping leads to another grant",
            { rules($0, grant: Grant(label: "other", access: $0.principal.grant.access)) }
        ),
        ("the grant no longer reaches the server", { rules($0, grant: Grant(label: "laptop", access: [:])) }),
    ]

    @Test(
        "streams, sessions, subscriptions and parked calls end with the mapping and with the provider",
        arguments: changes.indices)
    func changed(_ index: Int) async throws {
        try await withLine(RoundTripTests.setup(.legacy)) { world in
            let open = try await Open(world, of: Self.alice(world))
            world.line.configuration.replace(servers: [world.server], grants: [:], identity: Self.rules(world))
            world.line.endWhatIsRevoked()
            open.expectOpen()
            // The same grant's own token being there changes nothing.
            world.line.configuration.replace(
                servers: [world.server], grants: [TokenDigest(of: RunningLine.token.utf8): world.principal],
                identity: Self.changes[index].1(world))
            world.line.endWhatIsRevoked()
            try await open.expectEnd()
            let hasGrant = index == Self.changes.indices.last
            #expect(try await open.session.ask("ping").end().status == (hasGrant ? .notFound : .unauthorized))
        }
    }
}

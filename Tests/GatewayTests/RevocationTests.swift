import GatewayTesting
import MCPMessages
import PolicyEngine
import Testing
import ToolCatalogue
import WireJSON

@testable import Gateway

/// What outlives its message ends with its grant.
@Suite("Revocation")
struct RevocationTests {
    @Test(
        "a grant that is gone, or no longer reaches the server, ends its streams and leaves others'",
        arguments: [true, false])
    func streams(isGone: Bool) async throws {
        try await withLine(ConversationTests.setup()) { world in
            let legacy = try await LineClient(world, .legacy)
            let modern = try await LineClient(world, .modern)
            let stream = AnswerRecorder()
            _ = world.line.listen(
                Entry(
                    principal: world.principal, server: RunningLine.slug, headers: nil, sessionID: legacy.session),
                answering: stream)
            let subscription = modern.ask("subscriptions/listen", #""notifications":{"toolsListChanged":true}"#)
            world.line.endWhatIsRevoked()
            #expect(try await legacy.ask("ping").end().status == .ok)
            let other = Principal(grant: Grant(label: world.principal.grant.label, access: [:]))
            world.line.configuration.replace(
                servers: [world.server], grants: isGone ? [:] : [TokenDigest(of: RunningLine.token.utf8): other])
            world.line.endWhatIsRevoked()
            #expect(try await subscription.end().status == .ok)
            // What was watched for it is watched no more.
            #expect(
                world.upstream.watches.value.filter { $0.scope.clientEra == .modern }.allSatisfy {
                    $0.isCancelled.value
                })
            #expect(try await LineClient.Sent(recorder: stream, cancellation: .none).end().status == .ok)
            let session = try #require(legacy.session)
            #expect(
                world.line.conversations.session(
                    session, of: world.principal, server: RunningLine.slug) == nil)
        }
    }

    @Test("a client that was disconnected loses its streams, and its grant's own go on")
    func disconnected() async throws {
        try await withLine(ConversationTests.setup()) { world in
            let token = VerifiedToken(
                provider: ConnectedClients.provider, subject: "mem_1", audiences: ["e"], scopes: [],
                claims: try JSON(Array(#"{"connection":"con_1"}"#.utf8)), end: world.line.clock.secondsSince1970 + 600)
            let plain = Principal(id: "member", grant: world.principal.grant)
            let principal = plain.known(by: .provider(Vouched(token, at: "e", generation: 1)))
            func put(_ connections: [String: Principal]) {
                world.line.configuration.replace(
                    servers: [world.server], grants: [TokenDigest(of: RunningLine.token.utf8): world.principal],
                    identity: IdentityRules(
                        generation: 1, providers: [],
                        connected: ConnectedClients(issuer: "https://c.example", principals: connections)
                    ) { _, _ in .invalid })
                world.line.endWhatIsRevoked()
            }
            put(["con_1": plain])
            let client = try await LineClient(world, .modern, as: principal)
            let other = try await LineClient(world, .legacy)
            let subscription = client.ask("subscriptions/listen", #""notifications":{"toolsListChanged":true}"#)
            put(["con_2": plain])
            #expect(try await subscription.end().status == .ok)
            #expect(try await other.ask("ping").end().status == .ok)
            let session = try #require(other.session)
            #expect(
                world.line.conversations.session(session, of: world.principal, server: RunningLine.slug)
                    != nil)
        }
    }

    @Test("what a person decided is in force; a tool seen otherwise, or a slug used again, has nothing accepted")
    func decided() async throws {
        try await withLine(ConversationTests.setup()) { world in
            let acceptance = world.line.acceptance
            let echo = try #require(ToolName("echo"))
            let known = world.line.configuration.current.definitions(
                of: DefinitionList(server: RunningLine.slug, era: .modern))
            let accepted = try #require(known.accepted[echo])
            func tool() -> Definitions.Accepted? {
                world.line.configuration.current.definitions(
                    of: DefinitionList(server: RunningLine.slug, era: .modern))[echo]
            }
            acceptance.decide([:], seen: [:], of: RunningLine.slug)
            #expect(tool() == nil)
            #expect(!acceptance.isEstablished(RunningLine.slug))
            acceptance.decide([echo: accepted], seen: [:], of: RunningLine.slug)
            #expect(tool() != nil)
            acceptance.decide([:], seen: [:], of: RunningLine.slug)
            acceptance.decide([echo: accepted], seen: [echo: .init(hex: "other")], of: RunningLine.slug)
            #expect(tool() == nil)
        }
    }
}

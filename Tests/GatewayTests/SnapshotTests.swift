import GatewayTesting
import MCPMessages
import PolicyEngine
import Testing
import ToolCatalogue
import WireJSON

@testable import Gateway

/// What a call is judged by is swapped as a whole, between calls (hostile C37).
@Suite("Configuration snapshots")
struct SnapshotTests {
    private static func policy(_ version: Int, _ tools: KeyValuePairs<String, RuleGroup>) -> Policy {
        .sample(.deny, tools: tools, version: version)
    }

    private static let allowing = policy(1, ["echo": RuleGroup()])
    private static let denying = policy(2, ["echo": RuleGroup(action: .deny)])

    private func replace(_ world: RunningLine, with policy: Policy) {
        let principal = Principal(grant: Grant(label: "laptop", access: [RunningLine.slug: .policy(policy, .enforce)]))
        world.line.configuration.replace(
            servers: [world.server], grants: [TokenDigest(of: RunningLine.token.utf8): principal])
    }

    private func client(_ world: RunningLine) async throws -> LineClient {
        let principal = try #require(world.line.authenticate(token: RunningLine.token.utf8))
        return try await LineClient(world, .modern, as: principal)
    }

    @Test("a call under way ends under the version it began with; the next is judged by the new one")
    func swap() async throws {
        let audit = try await withLine(.init(.policy(Self.allowing, .enforce), tools: ["echo"])) { world in
            world.upstream.script { _ in }
            let call = try await client(world).call("echo")
            replace(world, with: Self.denying)
            try await client(world).call("echo").expectToolError()
            world.upstream.calls.value[0].answer(RecordedUpstream.emptyResult)
            try await call.expectAnswer()
            #expect(world.upstream.calls.value.count == 1)
        }
        #expect(audit.words == ["allowed echo", "denied echo /tools/echo/action"])
        #expect(audit.decisions.map { $0["policyVersion"]?.int } == [1, 2])
    }

    @Test("a call that waited for the first list is judged whole by the version it came under")
    func whileEstablishing() async throws {
        var setup = RunningLine.Setup(.policy(Self.allowing, .enforce), tools: ["echo"])
        setup.isEstablished = false
        let audit = try await withLine(setup) { world in
            world.upstream.scriptLists { _ in }
            let call = try await client(world).call("echo")
            let lists = try await world.upstream.lists.value { $0.count == 1 }
            replace(world, with: Self.denying)
            lists[0].answer(RecordedUpstream.page([RunningLine.definition("echo")]))
            try await call.expectAnswer()
            try await client(world).call("echo").expectToolError()
        }
        #expect(audit.words == ["allowed echo", "denied echo /tools/echo/action"])
        #expect(audit.decisions.map { $0["policyVersion"]?.int } == [1, 2])
    }

    @Test("a request whose sender was known before a reload is judged by the version it came under")
    func betweenHeadAndBody() async throws {
        let audit = try await withLine(.init(.policy(Self.denying, .enforce), tools: ["echo"])) { world in
            let early = try await client(world)
            replace(world, with: Self.policy(3, ["echo": RuleGroup()]))
            try await early.call("echo").expectToolError()
            try await client(world).call("echo").expectAnswer()
        }
        #expect(audit.words == ["denied echo /tools/echo/action", "allowed echo"])
        #expect(audit.decisions.map { $0["policyVersion"]?.int } == [2, 3])
    }

    @Test("many calls during many reloads: each decision is one version's whole")
    func storm() async throws {
        let even = RuleGroup(denyIf: [ConditionRule(conditions: [], onDeny: "even")])
        let audit = try await withLine(.init(.policy(Self.allowing, .enforce), tools: ["echo"])) { world in
            await withTaskGroup(of: Void.self) { group in
                group.addTask {
                    for version in 1...200 {
                        replace(
                            world, with: Self.policy(version, ["echo": version.isMultiple(of: 2) ? even : RuleGroup()]))
                    }
                }
                for _ in 0..<2 {
                    group.addTask {
                        for _ in 0..<200 { _ = try? await client(world).call("echo").end() }
                    }
                }
            }
        }
        #expect(audit.decisions.count == 400)
        for decision in audit.decisions {
            let isEven = decision["policyVersion"]?.int?.isMultiple(of: 2) ?? false
            #expect(decision["outcome"]?.string == (isEven ? "denied" : "allowed"))
        }
    }

    @Test("definitions learnt meanwhile outlive a reload")
    func definitions() async throws {
        try await withLine(.init(.policy(Self.allowing, .enforce), tools: ["echo"])) { world in
            let changed = RunningLine.definition("echo", description: "other")
            world.upstream.lists(pages: [RecordedUpstream.page([changed])])
            _ = try await client(world).ask("tools/list").end()
            replace(world, with: Self.policy(3, ["echo": RuleGroup()]))
            try await client(world).call("echo").expectError(.invalidParams)
        }
    }

    @Test("grants that share a policy share its table; servers are told apart")
    func tables() throws {
        let name = try #require(ToolName("echo"))
        let definition = try JSON(Array(RunningLine.definition("echo").utf8))
        var definitions = Definitions()
        definitions.accept([name: .init(hash: DefinitionHash(of: definition), definition: definition)])
        let upstream = RecordedUpstream()
        let servers = try ["one", "two"].map {
            try #require(Server(slug: $0, upstream: upstream, settings: ServerSettings(acceptance: .initial)))
        }
        let grants = (0..<3).map { number in
            Principal(
                grant: Grant(
                    label: "g\(number)",
                    access: ["one": .policy(Self.allowing, .enforce), "two": .policy(Self.denying, .enforce)]))
        }
        let snapshot = Snapshot(
            servers: servers,
            grants: Dictionary(uniqueKeysWithValues: grants.map { (TokenDigest(of: $0.id.utf8), $0) }),
            definitions: [DefinitionList(server: "one", era: .modern): definitions])
        #expect(snapshot.table(of: DefinitionList(server: "one", era: .modern), under: Self.allowing)[name] != nil)
        #expect(snapshot.table(of: DefinitionList(server: "two", era: .modern), under: Self.denying)[name] == nil)
        // A policy that is not in force any more is still told the definitions that are.
        #expect(snapshot.table(of: DefinitionList(server: "one", era: .modern), under: Self.denying)[name] != nil)
        let both = snapshot.replacing(definitions: definitions, of: DefinitionList(server: "two", era: .modern))
        #expect(both.table(of: DefinitionList(server: "two", era: .modern), under: Self.denying)[name] != nil)
    }
}

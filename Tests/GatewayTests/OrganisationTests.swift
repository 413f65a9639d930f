import Gateway
import GatewayTesting
import MCPMessages
import PolicyEngine
import Testing
import WireJSON

/// Two organisations before one server of the test: what one does counts for it alone, and is its own to look at.
@Suite("Organisations on the line")
struct OrganisationTests {
    /// A grant of the same label in each.
    private static func bearer(_ world: RunningLine, of organisation: String) -> Principal {
        let grant = Grant(
            id: "gra_\(organisation)", label: "laptop", of: organisation, access: world.principal.grant.access)
        return Principal(id: "grant:gra_\(organisation)", grant: grant)
    }

    @Test(
        "a limit is counted for each organisation, whatever its grants are called",
        arguments: [LimitScope.grant, .session, .server, .organisation, .principal])
    func counters(_ scope: LimitScope) async throws {
        let limit = LimitRule(counter: "calls", window: .seconds(60), max: 1_000_000, scope: scope)
        try await withLine(LimitTests.setup(RuleGroup(limits: [limit]))) { world in
            for bearer in world.letIn(Self.bearer(world, of: "org_a"), Self.bearer(world, of: "org_b")) {
                let client = try await LineClient(world, .modern, as: bearer)
                try await client.call("pay").expectAnswer()
                try await client.call("pay").expectToolError()
            }
            #expect(world.upstream.calls.value.count == 2)
        }
    }

    @Test("every entry says whose it is: the grant's, or that of the server a stranger asked for")
    func audit() async throws {
        let audit = try await withLine(CancellationTests.setup()) { world in
            let bearer = Self.bearer(world, of: "org_a")
            world.letIn(bearer)
            let client = try await LineClient(world, .modern, as: bearer)
            try await client.call("echo").expectAnswer()
            try await client.call("hidden").expectError(.invalidParams)
            let server = try #require(
                Server(slug: "tools", of: "org_b", upstream: world.upstream, settings: world.server.settings))
            world.line.configuration.replace(servers: [server], grants: [:])
            world.line.refuse(.unauthenticated, subject: CallSubject(server: "tools"))
            world.line.refuse(.unauthenticated, subject: CallSubject(server: "elsewhere"))
        }
        #expect(audit.entries.map { $0["organisation"]?.string } == ["org_a", "org_a", "org_a", "org_b", nil])
        #expect(
            audit.entries.map { $0["kind"]?.string } == ["decision", "completion", "decision", "decision", "decision"])
    }
}

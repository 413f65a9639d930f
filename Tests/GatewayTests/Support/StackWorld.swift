import GatewayTesting
import MCPMessages
import PolicyEngine
import Testing
import WireJSON

@testable import Gateway

/// A grant that reaches three servers, at the stack's address: `aws`, `files` and ``RunningLine/slug``.
struct StackWorld: Sendable {
    var tools = RecordedUpstream(tools: ["echo", "secret"].map { RunningLine.definition($0) })
    var aws = RecordedUpstream(era: .legacy, tools: ["list", "drop", "echo"].map { RunningLine.definition($0) })
    var files = RecordedUpstream(tools: ["read", "x__y"].map { RunningLine.definition($0) })
    var patience = GatewayLimits.stackPatience
    var awsAsks = ClientRequestKind.allCases

    var upstreams: [RecordedUpstream] { [aws, files, tools] }

    /// Of `aws` all but `drop`; of `tools` `echo` without bad arguments; of `files` what is called `read` or `x__y`.
    static let policies: [String: Policy] = [
        "aws": .sample(.allow, hide: ["drop"], id: "for-aws"),
        "files": .sample(.deny, tools: ["read": RuleGroup(), "x__y": RuleGroup()], id: "for-files"),
        RunningLine.slug: .sample(
            .deny, tools: ["echo": .denying("args.bad", .equal, "true")], id: "for-tools"),
    ]

    var setup: RunningLine.Setup {
        var setup = RunningLine.Setup(Self.access(RunningLine.slug), tools)
        var settings = ServerSettings(acceptance: .initial)
        settings.asks = awsAsks
        setup.others = [
            .init("aws", Self.access("aws"), aws, settings: settings), .init("files", Self.access("files"), files),
        ]
        setup.stackPatience = patience
        return setup
    }

    static func access(_ server: String) -> Access { policies[server].map { .policy($0, .enforce) } ?? .everything }

    /// Runs the line; what it leaves behind is a whole audit.
    @discardableResult
    func run(_ body: (RunningLine) async throws -> Void) async throws -> Audit {
        let audit = Audit(entries: try await RunningLine.with(setup, body))
        audit.expectWhole()
        let allowed = audit.decisions.filter { $0["outcome"]?.string == "allowed" }
        let arrived = upstreams.map(\.calls.value.count).reduce(0, +)
        #expect(arrived <= allowed.count, "\(arrived) calls arrived, \(allowed.count) were let through")
        return audit
    }

    /// Runs it with a client of the stack.
    @discardableResult
    func client(
        _ era: Era, capabilities: String = "{}", _ body: (LineClient) async throws -> Void
    ) async throws -> Audit {
        try await run { world in
            try await body(LineClient(world, era, capabilities: capabilities, at: Stack.address))
        }
    }

    /// What arrived, as `server method name`.
    var arrived: [String] {
        zip(["aws", "files", "tools"], upstreams).flatMap { slug, upstream in
            upstream.calls.value.map { call in
                let name = call.params?["name"]?.string ?? call.params?["uri"]?.string ?? ""
                return "\(slug) \(call.method) \(name)"
            }
        }
    }
}

extension Audit {
    /// Each decision as `server outcome tool`.
    var places: [String] {
        decisions.map { decision in
            [decision["server"]?.string, decision["outcome"]?.string, decision["tool"]?.string].compactMap(\.self)
                .joined(separator: " ")
        }
    }
}

extension Answer {
    /// The names of a list's items, sorted as they came.
    func names(_ list: String = "tools", _ key: String = "name") -> [String] {
        let items = (try? json)?["result"]?[list]
        return items.map { $0.elements.compactMap { $0[key]?.string } } ?? []
    }

    /// What the answer says it is without.
    var absent: [String] {
        let list = (try? json)?["result"]?["_meta"]?["dev.gatehouse/unavailable"]
        return list.map { $0.elements.compactMap(\.string) } ?? []
    }
}

import GatewayTesting
import MCPMessages
import PolicyEngine
import Testing
import WireJSON

@testable import Gateway

/// The list that is accepted of a server nothing is known of yet, and servers that have none.
@Suite("First lists")
struct FirstListTests {
    private static func setup(_ era: Era, _ pages: [String], _ policy: Policy = .sample(.allow)) -> RunningLine.Setup {
        let upstream = RecordedUpstream(era: era)
        upstream.lists(pages: pages)
        var setup = RunningLine.Setup(.policy(policy, .enforce), upstream)
        setup.isEstablished = false
        return setup
    }

    private static let pages = [
        RecordedUpstream.page([RunningLine.definition("a")], next: "1"),
        RecordedUpstream.page([RunningLine.definition("b")]),
    ]

    private func names(_ answer: Answer) throws -> [String] {
        try answer.json["result"]?["tools"]?.elements.compactMap { $0["name"]?.string } ?? []
    }

    private func cursors(_ world: RunningLine) -> [String?] {
        world.upstream.lists.value.map { $0.params?["cursor"]?.string }
    }

    @Test("a client's own reading, page by page, is the first list: the server is asked once", arguments: bothEras)
    func reading(_ era: Era) async throws {
        try await withClient(era, Self.setup(era, Self.pages)) { client in
            #expect(try names(await client.ask("tools/list").end()) == ["a"])
            #expect(try names(await client.ask("tools/list", #""cursor":"1""#).end()) == ["b"])
            #expect(cursors(client.world) == [nil, "1"])
            try await client.call("a").expectAnswer()
            try await client.call("b").expectAnswer()
            #expect(cursors(client.world) == [nil, "1"])
        }
    }

    @Test("what was shown of a reading is what is accepted: another definition later is withheld")
    func isCompared() async throws {
        try await withClient(.modern, Self.setup(.modern, Self.pages)) { client in
            _ = try await client.ask("tools/list").end()
            _ = try await client.ask("tools/list", #""cursor":"1""#).end()
            client.world.upstream.lists(pages: [
                RecordedUpstream.page([RunningLine.definition("a", description: "other"), RunningLine.definition("b")])
            ])
            #expect(try names(await client.ask("tools/list").end()) == ["b"])
            try await client.call("a").expectError(.invalidParams)
        }
    }

    @Test("a call in the middle of a reading has the whole list taken, and the reading goes on under it")
    func interrupted() async throws {
        try await withClient(.modern, Self.setup(.modern, Self.pages)) { client in
            _ = try await client.ask("tools/list").end()
            try await client.call("b").expectAnswer()
            #expect(cursors(client.world) == [nil, nil, "1"])
            #expect(try names(await client.ask("tools/list", #""cursor":"1""#).end()) == ["b"])
        }
    }

    @Test("a cursor that does not go on with a reading has the whole list taken first")
    func strayCursor() async throws {
        try await withClient(.modern, Self.setup(.modern, Self.pages)) { client in
            let shown = try names(await client.ask("tools/list", #""cursor":"1""#).end())
            #expect(shown == ["b"])
            #expect(cursors(client.world) == [nil, "1", "1"])
        }
    }

    @Test("a name with two definitions in one reading is not shown again, and is no tool")
    func twice() async throws {
        let pages = [
            RecordedUpstream.page([RunningLine.definition("a")], next: "1"),
            RecordedUpstream.page([RunningLine.definition("a", description: "other"), RunningLine.definition("b")]),
        ]
        try await withClient(.modern, Self.setup(.modern, pages)) { client in
            _ = try await client.ask("tools/list").end()
            #expect(try names(await client.ask("tools/list", #""cursor":"1""#).end()) == ["b"])
            try await client.call("a").expectError(.invalidParams)
        }
    }

    private static let noMethod: RecordedUpstream.Script = {
        $0.answer(error: #"{"code":-32601,"message":"Method not found"}"#)
    }

    private static func unlisted(_ era: Era, _ policy: Policy = .sample(.allow)) -> RunningLine.Setup {
        var setup = setup(era, [], policy)
        setup.settings.acceptance = .names
        return setup
    }

    @Test("a server without a list has no tools, whatever policy allows", arguments: bothEras)
    func noListRefused(_ era: Era) async throws {
        let policy = Policy.sample(.allow, tools: ["read": RuleGroup()])
        try await withClient(era, Self.setup(era, [], policy)) { client in
            client.world.upstream.scriptLists(Self.noMethod)
            try await client.ask("tools/list").expectError(.methodNotFound)
            for tool in ["read", "anything"] { try await client.call(tool).expectToolError() }
            #expect(client.world.upstream.calls.value.isEmpty)
        }
    }

    @Test(
        "once a server is no longer set to `accept: names`, a list it has not is one that is missing",
        arguments: [
            ServerSettings.Acceptance.initial, .manual,
        ])
    func noListAnyMore(_ acceptance: ServerSettings.Acceptance) async throws {
        try await withClient(.modern, Self.unlisted(.modern)) { client in
            let world = client.world
            world.upstream.scriptLists(Self.noMethod)
            try await client.call("a").expectAnswer()
            let server = try #require(
                Server(
                    slug: RunningLine.slug, upstream: world.upstream, settings: ServerSettings(acceptance: acceptance)))
            world.line.configuration.replace(
                servers: [server], grants: [TokenDigest(of: RunningLine.token.utf8): world.principal])
            let answer = try await client.call("a").end()
            #expect(answer.isToolError || answer.errorCode == -32602)
            #expect(world.upstream.calls.value.count == 1)
        }
    }

    @Test(
        "set to `accept: names`, a server without a list has the tools that policy allows by name, and answers for those it does not know"
    )
    func noList() async throws {
        let policy = Policy.sample(
            .allow, hide: ["secret"], tools: ["read": .denying("args.path", .equal, "\"/etc\"", say: "not there")])
        try await withClient(.legacy, Self.unlisted(.legacy, policy)) { client in
            client.world.upstream.scriptLists(Self.noMethod)
            try await client.ask("tools/list").expectError(.methodNotFound)
            try await client.call("anything").expectAnswer()
            try await client.call("secret").expectError(.invalidParams)
            try await client.call("read", #"{"path":"/tmp"}"#).expectAnswer()
            try await client.call("read", #"{"path":"/etc"}"#).expectToolError()
            client.world.upstream.script { $0.answer(error: #"{"code":-32602,"message":"Unknown tool: x"}"#) }
            #expect(try await client.call("x").end().errorMessage == "Unknown tool: x")
            #expect(client.world.upstream.calls.value.count == 3)
        }
    }

    @Test("where nothing is allowed by default, only what policy names may be called of a server without a list")
    func noListDenied() async throws {
        let policy = Policy.sample(.deny, tools: ["read": RuleGroup()])
        try await withClient(.modern, Self.unlisted(.modern, policy)) { client in
            client.world.upstream.scriptLists(Self.noMethod)
            try await client.call("read").expectAnswer()
            try await client.call("write").expectError(.invalidParams)
            #expect(client.world.upstream.calls.value.count == 1)
        }
    }

    @Test("definitions that a server lists after it said it has none are not accepted by themselves")
    func noListLater() async throws {
        try await withClient(.modern, Self.unlisted(.modern)) { client in
            client.world.upstream.scriptLists(Self.noMethod)
            try await client.call("a").expectAnswer()
            client.world.upstream.scriptLists(nil)
            client.world.upstream.lists(pages: [RecordedUpstream.page([RunningLine.definition("a")])])
            #expect(try names(await client.ask("tools/list").end()) == [])
            try await client.call("a").expectError(.invalidParams)
        }
    }

    @Test("the first list that can be read ends judging by name, be it empty", arguments: [[], ["a"]])
    func noListAnyLonger(_ tools: [String]) async throws {
        try await withClient(.modern, Self.unlisted(.modern)) { client in
            client.world.upstream.scriptLists(Self.noMethod)
            try await client.call("a").expectAnswer()
            client.world.upstream.scriptLists(nil)
            client.world.upstream.lists(pages: [RecordedUpstream.page(tools.map { RunningLine.definition($0) })])
            #expect(try names(await client.ask("tools/list").end()) == [])
            for tool in ["a", "b"] { try await client.call(tool).expectError(.invalidParams) }
        }
    }

    @Test("a server without a list that says its tools have changed is asked again, and what it has is not accepted")
    func noListReviewed() async throws {
        try await withClient(.modern, Self.unlisted(.modern)) { client in
            let world = client.world
            world.upstream.scriptLists(Self.noMethod)
            try await client.call("a").expectAnswer()
            world.upstream.scriptLists(nil)
            world.upstream.lists(pages: [RecordedUpstream.page([RunningLine.definition("a")])])
            world.line.heard(.changed(.tools), from: RunningLine.slug)
            try await eventually {
                !world.line.configuration.current.definitions(
                    of: DefinitionList(server: RunningLine.slug, era: .modern)
                ).hasNoList
            }
            try await client.call("a").expectError(.invalidParams)
        }
    }

    @Test("more late tools than are kept count do not leave one that may be called")
    func noListFlood() throws {
        var definitions = Definitions()
        definitions.hasNone()
        let late = try #require(ToolName("late"))
        #expect(ToolTable(policy: .sample(.allow), definitions: definitions)[late] != nil)
        definitions.hasList()
        #expect(ToolTable(policy: .sample(.allow), definitions: definitions)[late] == nil)
        #expect(definitions.isSettled && !definitions.isEstablished)
    }
}

import Gateway
import GatewayStorage
import GatewayTesting
import MCPMessages
import PolicyEngine
import Testing
import WireJSON

/// What a server said before a reload counts for that server only, and as it is set by then (hostile C37).
@Suite("What is learnt across a reload")
struct LearntAcrossReloadTests {
    private static func setup(_ acceptance: ServerSettings.Acceptance = .initial) -> RunningLine.Setup {
        var setup = RunningLine.Setup(.policy(.sample(.allow), .enforce), tools: ["echo"])
        setup.isEstablished = false
        setup.settings.acceptance = acceptance
        return setup
    }

    private func reload(
        _ world: RunningLine, _ upstream: RecordedUpstream? = nil, _ acceptance: ServerSettings.Acceptance = .initial
    ) throws {
        var settings = ServerSettings(acceptance: acceptance)
        settings.acceptsBothEras = false
        let server = try #require(
            Server(slug: RunningLine.slug, upstream: upstream ?? world.upstream, settings: settings))
        world.line.configuration.replace(
            servers: [server], grants: [TokenDigest(of: RunningLine.token.utf8): world.principal])
    }

    private func names(_ answer: Answer) throws -> [String] {
        try answer.json["result"]?["tools"]?.elements.compactMap { $0["name"]?.string } ?? []
    }

    private static let noMethod: RecordedUpstream.Script = {
        $0.answer(error: #"{"code":-32601,"message":"Method not found"}"#)
    }

    @Test("a first list that comes after acceptance was left to a person is not accepted, nor kept")
    func manualMeanwhile() async throws {
        var setup = Self.setup()
        let store = MemoryDefinitions()
        setup.definitions = store
        try await withClient(.modern, setup) { client in
            client.world.upstream.scriptLists { _ in }
            let call = client.call("echo")
            let lists = try await client.world.upstream.lists.value { $0.count == 1 }
            try reload(client.world, nil, .manual)
            lists[0].answer(RecordedUpstream.page([RunningLine.definition("echo")]))
            try await call.expectToolError()
            try await client.call("echo").expectError(.invalidParams)
            #expect(client.world.upstream.calls.value.isEmpty)
            #expect(try await store.accepted(server: RunningLine.slug) == nil)
        }
    }

    /// A store that does what it is given once it has written.
    private final class InterruptedStore: DefinitionStore {
        let kept = MemoryDefinitions()
        let afterwards = Watched<(@Sendable () throws -> Void)?>(nil)

        func accepted(server: String) async throws(StorageError) -> [AcceptedDefinition]? {
            try await kept.accepted(server: server)
        }

        func accept(_ definitions: [AcceptedDefinition], server: String) async throws(StorageError) {
            try await kept.accept(definitions, server: server)
            try? afterwards.value?()
        }

        func takeBack(_ definitions: [AcceptedDefinition], server: String) async throws(StorageError) {
            try await kept.takeBack(definitions, server: server)
        }
    }

    @Test(
        "a first list that was just written when its server became another, or a person's to accept, is not kept",
        arguments: [true, false])
    func whileWriting(_ isAnother: Bool) async throws {
        let store = InterruptedStore()
        var setup = Self.setup()
        setup.definitions = store
        try await withClient(.modern, setup) { client in
            let world = client.world
            store.afterwards.change { afterwards in
                afterwards = {
                    if isAnother { try reload(world, RecordedUpstream()) } else { try reload(world, nil, .manual) }
                }
            }
            try await client.call("echo").expectToolError()
            #expect(world.upstream.calls.value.isEmpty)
            #expect(try await store.accepted(server: RunningLine.slug) == nil)
        }
    }

    @Test("a first list that comes after its name stands for another server is not that server's")
    func anotherServer() async throws {
        try await withClient(.modern, Self.setup()) { client in
            client.world.upstream.scriptLists { _ in }
            let call = client.call("echo")
            let lists = try await client.world.upstream.lists.value { $0.count == 1 }
            let other = RecordedUpstream(tools: [RunningLine.definition("other")])
            try reload(client.world, other)
            lists[0].answer(RecordedUpstream.page([RunningLine.definition("echo")]))
            try await call.expectToolError()
            try await client.call("echo").expectError(.invalidParams)
            try await client.call("other").expectAnswer()
            #expect(other.calls.value.count == 1)
        }
    }

    @Test("a reading that began with one server does not go on with another's pages")
    func twoServersPages() async throws {
        try await withClient(.modern, Self.setup()) { client in
            client.world.upstream.lists(pages: [
                RecordedUpstream.page([RunningLine.definition("a")], next: "1"), RecordedUpstream.page([]),
            ])
            #expect(try names(await client.ask("tools/list").end()) == ["a"])
            let other = RecordedUpstream()
            other.lists(pages: [
                RecordedUpstream.page([RunningLine.definition("b")], next: "1"),
                RecordedUpstream.page([RunningLine.definition("c")]),
            ])
            try reload(client.world, other)
            #expect(try names(await client.ask("tools/list", #""cursor":"1""#).end()) == ["c"])
            try await client.call("b").expectAnswer()
            try await client.call("a").expectError(.invalidParams)
        }
    }

    @Test("what an earlier server of the name lists late changes nothing of what is accepted")
    func lateComparison() async throws {
        try await withClient(.modern, Self.setup()) { client in
            try await client.call("echo").expectAnswer()
            client.world.upstream.scriptLists { _ in }
            let before = client.world.upstream.lists.value.count
            let list = client.ask("tools/list")
            let lists = try await client.world.upstream.lists.value { $0.count == before + 1 }
            try reload(client.world, RecordedUpstream(tools: [RunningLine.definition("echo")]))
            lists[before].answer(RecordedUpstream.page([RunningLine.definition("echo", description: "changed")]))
            #expect(try names(await list.end()) == [])
            try await client.call("echo").expectAnswer()
        }
    }

    @Test("that a server has no list is not carried over to another server of its name")
    func noListOfAnother() async throws {
        try await withClient(.modern, Self.setup(.names)) { client in
            client.world.upstream.scriptLists(Self.noMethod)
            try await client.call("anything").expectAnswer()
            let other = RecordedUpstream(tools: [RunningLine.definition("echo")])
            try reload(client.world, other, .names)
            try await client.call("anything").expectError(.invalidParams)
            try await client.call("echo").expectAnswer()
            #expect(other.calls.value.count == 1)
        }
    }

    @Test("the same server keeps it through a reload that leaves it as it is")
    func noListKept() async throws {
        try await withClient(.modern, Self.setup(.names)) { client in
            client.world.upstream.scriptLists(Self.noMethod)
            try await client.call("anything").expectAnswer()
            try reload(client.world, nil, .names)
            try await client.call("anything").expectAnswer()
            #expect(client.world.upstream.lists.value.count == 1)
        }
    }
}

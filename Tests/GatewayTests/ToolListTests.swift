import Gateway
import GatewayStorage
import GatewayTesting
import MCPMessages
import PolicyEngine
import Testing
import WireJSON

/// `tools/list` shows exactly the visible tools, on every page, otherwise byte for byte (protocol notes 1.7).
@Suite("Tool list")
struct ToolListTests {
    static let policy = Policy.sample(
        .deny, hide: ["secret"],
        tools: ["a": RuleGroup(action: .deny), "b": RuleGroup(), "secret": RuleGroup(), "d*": RuleGroup()])

    private static func setup(_ era: Era, pages: [String]) -> RunningLine.Setup {
        let upstream = RecordedUpstream(era: era)
        upstream.lists(pages: pages)
        return RunningLine.Setup(.policy(policy, .enforce), upstream)
    }

    @Test("each page loses what may not be seen and nothing else", arguments: bothEras)
    func pages(_ era: Era) async throws {
        let tool = #"{ "name":"b", "x": 1.0, "inputSchema":{"$defs":{},"if":{}} , "_meta":{"dev.gatehouse/a":1} }"#
        let setup = Self.setup(
            era,
            pages: [
                #"{"tools": [ {"name":"secret"} , {"name":"a","n":1e2}, {"name":7}, \#(tool) ], "nextCursor":"1", "z":0.10 }"#,
                #"{"tools":[{"name":"unlisted"}],"nextCursor":"2"}"#,
                #"{"tools":[{"name":"d1"},{"name":"D1"}],"_meta":{"dev.gatehouse/x":1,"y":2}}"#,
            ])
        try await withClient(era, setup) { client in
            let shape = era == .modern ? #","resultType":"complete","ttlMs":0,"cacheScope":"private""# : ""
            try await client.ask("tools/list").expectResult(
                #"{"tools": [ {"name":"a","n":1e2}, \#(tool) ], "nextCursor":"1", "z":0.10 \#(shape)}"#)
            try await client.ask("tools/list", #""cursor":"1""#).expectResult(
                #"{"tools":[],"nextCursor":"2"\#(shape)}"#)
            try await client.ask("tools/list", #""cursor":"2""#).expectResult(
                #"{"tools":[{"name":"d1"}],"_meta":{"y":2}\#(shape)}"#)
        }
    }

    @Test("a list crosses the eras in its client's shape")
    func crossing() async throws {
        let result = #"{"tools":[{"name":"b"}],"resultType":"complete","ttlMs":60000,"cacheScope":"public"}"#
        try await withClient(.legacy, Self.setup(.modern, pages: [result])) { client in
            try await client.ask("tools/list").expectResult(#"{"tools":[{"name":"b"}]}"#)
        }
        try await withClient(.modern, Self.setup(.legacy, pages: [#"{"tools":[{"name":"b"}]}"#])) { client in
            try await client.ask("tools/list").expectResult(
                #"{"tools":[{"name":"b"}],"resultType":"complete","ttlMs":0,"cacheScope":"private"}"#)
        }
    }

    static let cursors = ["\"\"", "\"a b\"", #""\u0031""#, "\"caf\u{E9}\""]

    @Test("a cursor goes upstream as received; an empty text is one", arguments: cursors)
    func cursor(_ cursor: String) async throws {
        try await withClient(.modern, Self.setup(.modern, pages: [RecordedUpstream.page([])])) { client in
            let before = client.world.upstream.lists.value.count
            _ = try await client.ask("tools/list", "\"cursor\":\(cursor)").end()
            let asked = client.world.upstream.lists.value[before...].map { $0.params?["cursor"].map { text($0.bytes) } }
            #expect(asked == [cursor])
        }
    }

    struct Trouble: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let script: RecordedUpstream.Script
        let code: Int
    }

    static let troubles = [
        Trouble(
            testDescription: "an error", script: { $0.answer(error: #"{"code":-32602,"message":"no such page"}"#) },
            code: -32602),
        Trouble(testDescription: "no answer", script: { $0.fail(.timedOut, "secret") }, code: -32603),
        Trouble(testDescription: "no list", script: { $0.answer(#"{"tools":{}}"#) }, code: -32603),
        Trouble(
            testDescription: "an unknown type of result", script: { $0.answer(#"{"tools":[],"resultType":"x"}"#) },
            code: -32603),
    ]

    @Test("where there is no list, the client is told so and nothing of the inside", arguments: troubles)
    func trouble(_ trouble: Trouble) async throws {
        try await withClient(.modern, Self.setup(.modern, pages: [RecordedUpstream.page([])])) { client in
            client.world.upstream.scriptLists(trouble.script)
            let answer = try await client.ask("tools/list").end()
            #expect(answer.errorCode == trouble.code && !answer.text.contains("secret"))
        }
    }

    @Test("where the first list cannot be taken, nothing is listed and nothing may be called", arguments: bothEras)
    func unestablished(_ era: Era) async throws {
        var setup = Self.setup(era, pages: [RecordedUpstream.page([RunningLine.definition("b")])])
        setup.isEstablished = false
        let audit = try await withClient(era, setup) { client in
            client.world.upstream.scriptLists { $0.fail(.unreachable) }
            try await client.ask("tools/list").expectError(.internalError)
            #expect(
                try await client.call("b").end().toolText
                    == "Denied by policy: (definitions unavailable) The call was not sent; try again later.")
            client.world.upstream.scriptLists(nil)
            try await client.call("b").expectAnswer()
        }
        #expect(
            audit.words == [
                "unavailable (definitions unavailable)", "unavailable (definitions unavailable)", "allowed b",
            ])
    }

    @Test("where nothing is accepted but by a person, nothing is there until then", arguments: bothEras)
    func manual(_ era: Era) async throws {
        var setup = Self.setup(era, pages: [RecordedUpstream.page([RunningLine.definition("b")])])
        setup.settings.acceptance = .manual
        try await withClient(era, setup) { client in
            #expect(try await client.ask("tools/list").end().json["result"]?["tools"]?.count == 0)
            try await client.call("b").expectError(.invalidParams)
            #expect(client.world.upstream.calls.value.isEmpty)
        }
    }

    @Test("a list without end is given up, and nothing is accepted")
    func endless() async throws {
        var setup = Self.setup(.modern, pages: [])
        setup.isEstablished = false
        try await withLine(setup) { world in
            world.upstream.scriptLists { $0.answer(#"{"tools":[],"nextCursor":"again"}"#) }
            #expect(await world.line.acceptance.establish(world.server, for: .house) == false)
            #expect(world.upstream.lists.value.count == GatewayLimits.listPages)
        }
    }
}

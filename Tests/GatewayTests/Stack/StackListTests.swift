import GatewayTesting
import MCPMessages
import PolicyEngine
import Testing
import WireJSON

@testable import Gateway

/// The lists of several servers as one.
@Suite("Lists of a stack")
struct StackListTests {
    @Test(
        "all servers' tools are listed in one order, under the stack's names, less what each policy hides",
        arguments: bothEras)
    func tools(_ era: Era) async throws {
        let stack = StackWorld()
        try await stack.client(era) { client in
            for id in ["2", "3"] {
                let answer = try await client.ask("tools/list", id: id).end()
                #expect(answer.names() == ["aws__list", "aws__echo", "files__read", "files__x__y", "tools__echo"])
                #expect(answer.absent == [])
                let result = try #require(try answer.json["result"])
                #expect(result["nextCursor"] == nil)
                #expect(result["cacheScope"]?.string == (era == .modern ? "private" : nil))
                // Beside its name each definition is the server's own.
                let own = RunningLine.definition("list").replacing("\"list\"", with: "\"aws__list\"")
                #expect(result["tools"]?[0].map { text($0.bytes) } == own)
            }
        }
        #expect(stack.arrived == [])
    }

    @Test("a server that fails is left out and named, and the rest is whole", arguments: bothEras)
    func partial(_ era: Era) async throws {
        let stack = StackWorld()
        try await stack.client(era) { client in
            stack.files.scriptLists { $0.fail(.unreachable) }
            let failing = try await client.ask("tools/list", id: "2").end()
            #expect(failing.names() == ["aws__list", "aws__echo", "tools__echo"])
            #expect(failing.absent == ["files"])
            stack.files.scriptLists { $0.answer(error: #"{"code":-32603,"message":"no"}"#) }
            #expect(try await client.ask("tools/list", id: "3").end().absent == ["files"])
            stack.files.scriptLists { $0.answer("{}") }
            #expect(try await client.ask("tools/list", id: "4").end().absent == ["files"])
            // A call of another server's is none the worse for it.
            try await client.call("aws__echo", id: "5").expectAnswer()
            stack.files.scriptLists(nil)
            #expect(try await client.ask("tools/list", id: "6").end().absent == [])
        }
    }

    @Test("a server that has no such list has nothing to add; where none has one, that is said", arguments: bothEras)
    func without(_ era: Era) async throws {
        let stack = StackWorld()
        let none = #"{"code":-32601,"message":"Method not found"}"#
        stack.aws.lists(pages: [#"{"prompts":[{"name":"p"}],"resultType":"complete"}"#])
        for upstream in [stack.files, stack.tools] { upstream.scriptLists { $0.answer(error: none) } }
        var setup = stack.setup
        setup.isEstablished = false
        try await RunningLine.with(setup) { world in
            let client = try await LineClient(world, era, at: Stack.address)
            let answer = try await client.ask("prompts/list", id: "2").end()
            #expect(answer.names("prompts") == ["aws__p"] && answer.absent == [])
            stack.aws.scriptLists { $0.answer(error: none) }
            try await client.ask("prompts/list", id: "3").expectError(.methodNotFound)
            stack.aws.scriptLists { $0.fail(.timedOut) }
            // One failed and the others have none: the first that said something is relayed.
            let failed = try await client.ask("prompts/list", id: "4").end()
            #expect(failed.errorCode != nil)
        }
    }

    @Test("where no server can be listed the request fails")
    func none() async throws {
        let stack = StackWorld()
        try await stack.client(.modern) { client in
            for upstream in stack.upstreams { upstream.scriptLists { $0.fail(.unreachable) } }
            let answer = try await client.ask("tools/list").end()
            #expect(answer.errorCode == RPCError.Code.internalError.rawValue, "\(answer.text)")
            #expect(!answer.text.contains("as scripted"))
        }
    }

    @Test("a server that does not answer is not waited for longer than there is patience")
    func slow() async throws {
        let stack = StackWorld(patience: .milliseconds(50))
        try await stack.client(.modern) { client in
            stack.files.scriptLists { _ in }
            let answer = try await client.ask("tools/list").end()
            #expect(answer.names() == ["aws__list", "aws__echo", "tools__echo"])
            #expect(answer.absent == ["files"])
        }
    }

    @Test("a client that leaves takes the questions back")
    func cancelled() async throws {
        let stack = StackWorld()
        try await stack.client(.modern) { client in
            stack.files.scriptLists { _ in }
            let list = client.ask("tools/list")
            let asked = try await stack.files.lists.value { $0.count == 2 }
            list.cancellation.cancel()
            try await asked[1].isCancelled.value { $0 }
        }
    }

    @Test("addresses and templates are listed as the stack's", arguments: bothEras)
    func resources(_ era: Era) async throws {
        let stack = StackWorld()
        try await stack.client(era) { client in
            stack.aws.lists(pages: [
                #"{"resources":[{"uri":"a:1","n":1.0}],"resourceTemplates":[{"uriTemplate":"a:{n}"}]}"#
            ])
            stack.files.lists(pages: [#"{"resources":[{"uri":"f:1"}],"resourceTemplates":[{"uriTemplate":"f:{n}"}]}"#])
            stack.tools.lists(pages: [#"{"resources":[],"resourceTemplates":[]}"#])
            let list = try await client.ask("resources/list", id: "2").end()
            // Of `files` and `tools` the policy allows no resource.
            #expect(list.names("resources", "uri") == ["stack:aws/a:1"])
            #expect(list.text.contains(#"{"uri":"stack:aws/a:1","n":1.0}"#))
            let templates = try await client.ask("resources/templates/list", id: "3").end()
            #expect(templates.names("resourceTemplates", "uriTemplate") == ["stack:aws/a:{n}"])
        }
    }

    @Test("pages are turned with the gateway's own cursor, for each server where it was", arguments: bothEras)
    func pages(_ era: Era) async throws {
        let stack = StackWorld()
        stack.aws.lists(pages: [
            RecordedUpstream.page([RunningLine.definition("list")], next: "1"),
            RecordedUpstream.page([RunningLine.definition("drop")], next: "2"),
            RecordedUpstream.page([RunningLine.definition("echo")]),
        ])
        stack.files.lists(pages: [
            RecordedUpstream.page([RunningLine.definition("read")], next: "1"),
            RecordedUpstream.page([RunningLine.definition("x__y")]),
        ])
        try await stack.client(era) { client in
            var answer = try await client.ask("tools/list", id: "2").end()
            #expect(answer.names() == ["aws__list", "files__read", "tools__echo"])
            var cursors: [String] = []
            for (index, expected) in [["files__x__y"], ["aws__echo"]].enumerated() {
                let cursor = try #require(try answer.json["result"]?["nextCursor"]?.string)
                cursors.append(cursor)
                answer = try await client.ask("tools/list", #""cursor":"\#(cursor)""#, id: "\(index + 3)").end()
                #expect(answer.names() == expected)
            }
            #expect(try answer.json["result"]?["nextCursor"] == nil)
            #expect(Set(cursors).count == 2 && cursors.allSatisfy { !$0.contains("aws") })
            // Another list's, another principal's, a server's own, an invented one: none is this list's.
            let asked = stack.upstreams.map(\.lists.value.count)
            let grant = Grant(label: "other", access: client.world.principal.grant.access)
            let stranger = Principal(grant: grant)
            client.world.letIn(stranger)
            var other = try await LineClient(client.world, era, as: stranger, at: Stack.address)
            try await other.ask("tools/list", #""cursor":"\#(cursors[0])""#, id: "8").expectError(.invalidParams)
            other = client
            try await client.ask("prompts/list", #""cursor":"\#(cursors[0])""#, id: "9").expectError(.invalidParams)
            for (index, cursor) in [#""1""#, #""""#, "1", "null"].enumerated() {
                try await client.ask("tools/list", #""cursor":\#(cursor)"#, id: "1\(index)").expectError(.invalidParams)
            }
            #expect(stack.upstreams.map(\.lists.value.count) == asked)
        }
    }

    /// A page with one tool and a cursor of so many bytes.
    private static func page(_ tool: String, cursor bytes: Int) -> String {
        RecordedUpstream.page([RunningLine.definition(tool)], next: String(repeating: "c", count: bytes - 2))
    }

    @Test("a server whose cursor is too long to be carried ends its own list and nobody else's", arguments: bothEras)
    func longCursor(_ era: Era) async throws {
        let stack = StackWorld()
        try await stack.client(era) { client in
            stack.aws.scriptLists { $0.answer(Self.page("list", cursor: GatewayLimits.stackCursorBytes)) }
            stack.files.lists(pages: [
                RecordedUpstream.page([RunningLine.definition("read")], next: "1"),
                RecordedUpstream.page([RunningLine.definition("x__y")]),
            ])
            let first = try await client.ask("tools/list", id: "2").end()
            #expect(first.names() == ["aws__list", "files__read", "tools__echo"] && first.absent == ["aws"])
            let cursor = try #require(try first.json["result"]?["nextCursor"]?.string)
            let second = try await client.ask("tools/list", #""cursor":"\#(cursor)""#, id: "3").end()
            #expect(second.names() == ["files__x__y"] && second.absent == [])
            #expect(try second.json["result"]?["nextCursor"] == nil)
        }
    }

    @Test("cursors that are too long together are no server's alone: each has its share, and no more")
    func longCursors() async throws {
        let stack = StackWorld()
        let share = GatewayLimits.stackCursorBytes / 2 / 3
        try await stack.client(.modern) { client in
            func list(_ cursors: [Int]) async throws -> Answer {
                for (upstream, (tool, bytes)) in zip(stack.upstreams, zip(["list", "read", "echo"], cursors)) {
                    upstream.scriptLists { $0.answer(Self.page(tool, cursor: bytes)) }
                }
                return try await client.ask("tools/list").end()
            }
            let all = ["aws__list", "files__read", "tools__echo"]
            let many = try await list([share, share, share])
            #expect(many.names() == all && many.absent == ["aws", "files", "tools"])
            #expect(try many.json["result"]?["nextCursor"] == nil)
            // What fits for each fits for all, and is read again.
            let fitting = try await list([share - 16, share - 16, share - 16])
            #expect(fitting.names() == all && fitting.absent == [])
            let cursor = try #require(try fitting.json["result"]?["nextCursor"]?.string)
            for upstream in stack.upstreams { upstream.scriptLists { $0.answer(RecordedUpstream.page([])) } }
            #expect(try await client.ask("tools/list", #""cursor":"\#(cursor)""#, id: "2").end().absent == [])
            let sent = stack.upstreams.compactMap { $0.lists.value.last?.params?["cursor"]?.string?.utf8.count }
            #expect(sent == [share - 18, share - 18, share - 18])
        }
    }

    @Test("a page that grows too long leaves servers for the next, and nothing is lost")
    func long() async throws {
        let stack = StackWorld()
        let filler = String(repeating: "x", count: GatewayLimits.stackListBytes * 2 / 3)
        func prompts(_ names: String...) -> String {
            let items = names.map { #"{"name":"\#($0)","description":"\#(filler)"}"# }
            return #"{"prompts":[\#(items.joined(separator: ","))],"resultType":"complete"}"#
        }
        var setup = stack.setup
        setup.others[1].access = .policy(.sample(.allow), .enforce)
        setup.isEstablished = false
        stack.aws.lists(pages: [prompts("a")])
        stack.files.lists(pages: [prompts("f")])
        stack.tools.lists(pages: [prompts()])
        for number in 0..<6 {
            let many = RecordedUpstream()
            many.lists(pages: [prompts("m")])
            setup.others.append(.init("many\(number)", .policy(.sample(.allow), .enforce), many))
        }
        try await RunningLine.with(setup) { world in
            let client = try await LineClient(world, .modern, at: Stack.address)
            let first = try await client.ask("prompts/list").end()
            #expect(first.names("prompts") == ["aws__a"])
            let cursor = try #require(try first.json["result"]?["nextCursor"]?.string)
            var seen: [String] = []
            var next: String? = cursor
            while let cursor = next {
                let page = try await client.ask("prompts/list", #""cursor":"\#(cursor)""#).end()
                #expect(page.names("prompts").count == 1 && page.absent == [])
                seen += page.names("prompts")
                next = try page.json["result"]?["nextCursor"]?.string
            }
            #expect(seen == ["files__f"] + (0..<6).map { "many\($0)__m" })
        }
    }
}

import GatewayTesting
import MCPMessages
import PolicyEngine
import Testing
import WireJSON

@testable import Gateway

/// Calls that become tasks (SEP-2663), whose ids are the gateway's own.
@Suite("Tasks")
struct TaskTests {
    static let able = #"{"elicitation":{},"extensions":{"io.modelcontextprotocol/tasks":{}}}"#

    private static func task(_ id: String, status: String = "working") -> String {
        #"{"resultType":"task","taskId":"\#(id)","status":"\#(status)","ttlMs":60000,"pollIntervalMs":1.0}"#
    }

    private static func setup(_ policy: Policy = .sample(.allow)) -> RunningLine.Setup {
        .init(.policy(policy, .enforce), RecordedUpstream(tools: ["echo", "other"].map { RunningLine.definition($0) }))
    }

    private static func start(
        _ client: LineClient, _ tool: String = "echo", id: String = "u-1"
    ) async throws -> String {
        client.world.upstream.script { $0.answer(task(id)) }
        let answer = try await client.call(tool).end()
        return try #require(try answer.json["result"]?["taskId"]?.string, "\(answer.text)")
    }

    private func ask(_ client: LineClient, _ method: String, _ id: String, _ members: String = "") -> LineClient.Sent {
        client.ask(method, #""taskId":"\#(id)"\#(members)"#, name: Array(id.utf8))
    }

    @Test("a call that becomes a task is answered with an id of the gateway's own, and nothing else is changed")
    func created() async throws {
        let audit = try await withLine(Self.setup()) { world in
            let client = try await LineClient(world, .modern, capabilities: Self.able)
            world.upstream.script { $0.answer(Self.task("u-1")) }
            let answer = try await client.call("echo").end()
            let id = try #require(try answer.json["result"]?["taskId"]?.string)
            #expect(answer.text == #"{"jsonrpc":"2.0","id":1,"result":\#(Self.task(id))}"#)
            #expect(!id.contains("u-1") && id.utf8.count < 256)
            #expect(try await Self.start(client) != id)
            let told = world.upstream.calls.value[0].params?["_meta"]?["io.modelcontextprotocol/clientCapabilities"]
            #expect(told.map { text($0.bytes) } == Self.able)
        }
        #expect(audit.words == ["allowed echo", "allowed echo"])
    }

    @Test("a task is no answer for a client that does not take tasks, in either era", arguments: bothEras)
    func undeclared(_ era: Era) async throws {
        try await withLine(Self.setup()) { world in
            let others = era == .modern ? #"{"extensions":{"x/y":{}}}"# : Self.able
            for capabilities in ["{}", others] {
                let client = try await LineClient(world, era, capabilities: capabilities)
                world.upstream.script { $0.answer(Self.task("u-1")) }
                let answer = try await client.ask(
                    "tools/call", #""name":"echo","task":{"ttl":1}"#, name: Array("echo".utf8)
                )
                .end()
                #expect(answer.isToolError && !answer.text.contains("u-1"))
            }
            #expect(world.upstream.calls.value.allSatisfy { !$0.text.contains("tasks") && !$0.text.contains("ttl") })
        }
    }

    @Test("what is asked of a task reaches its server under that server's id, and is answered under the client's")
    func followed() async throws {
        let audit = try await withLine(Self.setup()) { world in
            let client = try await LineClient(world, .modern, capabilities: Self.able)
            let id = try await Self.start(client)
            @Sendable func detailed(_ id: String, _ members: String) -> String {
                #"{"resultType":"complete","taskId":"\#(id)","status":"completed"\#(members)}"#
            }
            world.upstream.script {
                $0.answer(
                    detailed("u-1", #","result":{"content":[],"_meta":{"dev.gatehouse/outcome":"allowed","a":1.0}}"#))
            }
            let answer = try await ask(client, "tasks/get", id).end()
            let expected = detailed(id, #","result":{"content":[],"_meta":{"a":1.0}}"#)
            #expect(answer.text == #"{"jsonrpc":"2.0","id":1,"result":\#(expected)}"#)
            world.upstream.script { $0.answer(#"{"resultType":"complete"}"#) }
            try await ask(client, "tasks/update", id, #","inputResponses":{"q":{"action":"accept","n":1.0}}"#)
                .expectResult(#"{"resultType":"complete"}"#)
            try await ask(client, "tasks/cancel", id).expectResult(#"{"resultType":"complete"}"#)
            let calls = world.upstream.calls.value.dropFirst()
            #expect(calls.map(\.method) == ["tasks/get", "tasks/update", "tasks/cancel"])
            #expect(calls.allSatisfy { text($0.mirroredName) == "u-1" && $0.params?["taskId"]?.string == "u-1" })
            #expect(calls.allSatisfy { !$0.text.contains(id) })
            #expect(
                world.upstream.calls.value[2].params?["inputResponses"].map { text($0.bytes) }
                    == #"{"q":{"action":"accept","n":1.0}}"#)
        }
        #expect(audit.words == Array(repeating: "allowed echo", count: 4))
    }

    @Test("another's id is answered like one that nobody gave out, and reaches nobody")
    func foreign() async throws {
        try await withLine(Self.setup()) { world in
            let client = try await LineClient(world, .modern, capabilities: Self.able)
            let id = try await Self.start(client)
            let grant = Grant(label: "other", access: world.principal.grant.access)
            let stranger = Principal(grant: grant)
            world.letIn(stranger)
            let other = try await LineClient(world, .modern, as: stranger, capabilities: Self.able)
            let sent = world.upstream.calls.value.count
            let changed = String(id.dropLast()) + (id.last == "A" ? "B" : "A")
            let elsewhere = try #require(
                TaskSeal().seal(
                    .init(server: RunningLine.slug, tool: Array("echo".utf8), id: Array("u-1".utf8)),
                    for: world.principal.id))
            let misplaced = try #require(
                world.line.taskSeal.seal(
                    .init(server: "elsewhere", tool: Array("echo".utf8), id: Array("u-1".utf8)),
                    for: world.principal.id))
            for method in ["tasks/get", "tasks/update", "tasks/cancel"] {
                for (client, id) in [
                    (other, id), (client, "u-1"), (client, "x"), (client, changed), (client, elsewhere),
                    (client, misplaced), (client, id + id),
                ] {
                    let answer = try await ask(client, method, id).end()
                    #expect(answer.errorCode == -32602 && answer.errorMessage == "Task not found")
                }
                try await client.ask(method).expectError(.invalidParams)
                try await client.ask(method, #""taskId":1"#).expectError(.invalidParams)
            }
            try await client.ask("tasks/list").expectError(.methodNotFound)
            try await client.ask("tasks/result", #""taskId":"\#(id)""#).expectError(.methodNotFound)
            #expect(world.upstream.calls.value.count == sent)
        }
    }

    @Test("a task is followed as long as its tool may be seen")
    func hidden() async throws {
        let audit = try await withLine(Self.setup()) { world in
            let client = try await LineClient(world, .modern, capabilities: Self.able)
            let id = try await Self.start(client)
            func under(_ policy: Policy) async throws -> Answer {
                let grant = Grant(
                    label: world.principal.grant.label, access: [RunningLine.slug: .policy(policy, .enforce)])
                let principal = Principal(grant: grant)
                world.line.configuration.replace(
                    servers: [world.server], grants: [TokenDigest(of: RunningLine.token.utf8): principal])
                let later = try await LineClient(world, .modern, as: principal, capabilities: Self.able)
                return try await ask(later, "tasks/get", id).end()
            }
            world.upstream.script { $0.answer(#"{"resultType":"complete","taskId":"u-1","status":"working"}"#) }
            #expect(try await under(.sample(.allow, version: 2)).errorCode == nil)
            let sent = world.upstream.calls.value.count
            #expect(try await under(.sample(.allow, hide: ["echo"], version: 3)).errorMessage == "Task not found")
            #expect(
                try await under(.sample(.deny, tools: ["other": RuleGroup()], version: 4)).errorMessage
                    == "Task not found")
            #expect(world.upstream.calls.value.count == sent)
        }
        #expect(
            audit.words == [
                "allowed echo", "allowed echo", "not_visible echo (hidden)", "not_visible echo (default deny)",
            ])
    }

    @Test("who does not take tasks asks nothing of them; on the legacy wire there are none")
    func without() async throws {
        try await withLine(Self.setup()) { world in
            let client = try await LineClient(world, .modern, capabilities: Self.able)
            let id = try await Self.start(client)
            let plain = try await LineClient(world, .modern)
            let answer = try await ask(plain, "tasks/get", id).end()
            #expect(answer.errorCode == -32021)
            #expect(
                answer.text.contains(#"{"requiredCapabilities":{"extensions":{"io.modelcontextprotocol/tasks":{}}}}"#))
            let legacy = try await LineClient(world, .legacy, capabilities: Self.able)
            try await ask(legacy, "tasks/get", id).expectError(.methodNotFound)
            #expect(world.upstream.calls.value.count == 1)
        }
    }

    @Test(
        "what a server says of a task it was not asked about, or asks of a client that cannot be asked, is not relayed",
        arguments: [
            #"{"resultType":"complete","taskId":"u-2","status":"working"}"#,
            #"{"resultType":"complete","taskId":7,"status":"working"}"#,
            #"{"resultType":"task","taskId":"u-1","status":"working"}"#,
            #"{"resultType":"complete","taskId":"u-1","inputRequests":{"q":{"method":"sampling/createMessage","params":{}}}}"#,
            #"{"resultType":"complete","taskId":"u-1","inputRequests":{"q":{"method":"tools/call","params":{}}}}"#,
            #"{"resultType":"complete","taskId":"u-1","inputRequests":[]}"#,
        ])
    func untrue(_ result: String) async throws {
        try await withLine(Self.setup()) { world in
            let client = try await LineClient(world, .modern, capabilities: Self.able)
            let id = try await Self.start(client)
            world.upstream.script { $0.answer(result) }
            let answer = try await ask(client, "tasks/get", id).end()
            #expect(answer.errorCode == RPCError.Code.internalError.rawValue && !answer.text.contains("u-"))
        }
    }

    @Test("a task may ask what its client said it can be asked")
    func asks() async throws {
        try await withLine(Self.setup()) { world in
            let client = try await LineClient(world, .modern, capabilities: Self.able)
            let id = try await Self.start(client)
            let asked = #""inputRequests":{"q":{"method":"elicitation/create","params":{"message":"who?"}}}"#
            world.upstream.script {
                $0.answer(#"{"resultType":"complete","taskId":"u-1","status":"input_required",\#(asked)}"#)
            }
            #expect(try await ask(client, "tasks/get", id).end().text.contains(asked))
        }
    }

    @Test("the extension is told to modern clients of modern servers alone")
    func declared() async throws {
        let result = #"{"capabilities":{"extensions":{"io.modelcontextprotocol/tasks":{},"x/y":{}}}}"#
        for version in [ProtocolVersion.modern, .newestLegacy] {
            let setup = Self.setup()
            setup.upstream.describes(
                .success(UpstreamDescription(version: version, result: try JSON(Array(result.utf8)))))
            try await withLine(setup) { world in
                let modern = try await LineClient(world, .modern).ask("server/discover").end()
                #expect(modern.text.contains("io.modelcontextprotocol/tasks") == (version == .modern))
                let legacy = try await LineClient(world, .legacy).ask(
                    "initialize", #""protocolVersion":"2025-11-25","capabilities":{}"#, id: "9"
                ).end()
                #expect(legacy.text.contains("x/y") && !legacy.text.contains("modelcontextprotocol/tasks"))
            }
        }
    }

    @Test("in a stack a task's id leads to its own server, and its result names resources as the stack does")
    func stacked() async throws {
        let stack = StackWorld()
        try await stack.client(.modern, capabilities: Self.able) { client in
            stack.files.script { $0.answer(Self.task("f-1")) }
            stack.tools.script { $0.answer(Self.task("t-1")) }
            var ids: [String] = []
            for name in ["files__read", "tools__echo"] {
                ids.append(try #require(try await client.call(name).end().json["result"]?["taskId"]?.string))
            }
            let link = #"{"content":[{"type":"resource_link","uri":"f:1"}]}"#
            stack.files.script {
                $0.answer(#"{"resultType":"complete","taskId":"f-1","status":"completed","result":\#(link)}"#)
            }
            let answer = try await ask(client, "tasks/get", ids[0]).end()
            #expect(answer.text.contains(#""uri":"stack:files/f:1""#) && answer.text.contains(ids[0]))
            stack.tools.script { $0.answer(#"{"resultType":"complete"}"#) }
            try await ask(client, "tasks/cancel", ids[1]).expectAnswer()
            for id in ["x", ids[0] + "x"] {
                #expect(try await ask(client, "tasks/get", id).end().errorMessage == "Task not found")
            }
            let plain = try await LineClient(client.world, .modern, at: Stack.address)
            for id in ["x", ids[0]] { #expect(try await ask(plain, "tasks/get", id).end().errorCode == -32021) }
            // The same ids are good at the servers' own addresses, for the same principal.
            let own = try await LineClient(client.world, .modern, capabilities: Self.able)
            try await ask(own, "tasks/cancel", ids[1]).expectAnswer()
            #expect(try await ask(own, "tasks/get", ids[0]).end().errorMessage == "Task not found")
        }
        #expect(
            stack.arrived == [
                "files tools/call read", "files tasks/get ", "tools tools/call echo", "tools tasks/cancel ",
                "tools tasks/cancel ",
            ])
    }
}

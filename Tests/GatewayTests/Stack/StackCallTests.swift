import GatewayTesting
import MCPMessages
import PolicyEngine
import Testing
import WireJSON

@testable import Gateway

/// Calls at one endpoint for all servers of a grant.
@Suite("Calls in a stack")
struct StackCallTests {
    @Test(
        "a call reaches the one server whose tool it names, under that tool's own name, with one audit entry",
        arguments: bothEras)
    func called(_ era: Era) async throws {
        let stack = StackWorld()
        let audit = try await stack.client(era) { client in
            try await client.call("tools__echo", #"{"n":1.0}"#, id: "11").expectAnswer()
            try await client.call("aws__echo", id: "12").expectAnswer()
            try await client.call("files__x__y", id: "13").expectAnswer()
        }
        #expect(stack.arrived == ["aws tools/call echo", "files tools/call x__y", "tools tools/call echo"])
        #expect(stack.tools.calls.value[0].text.contains(#""arguments":{"n":1.0}"#))
        #expect(stack.tools.calls.value.map { text($0.mirroredName) } == ["echo"])
        #expect(audit.places == ["tools allowed echo", "aws allowed echo", "files allowed x__y"])
        #expect(audit.decisions.map { $0["policy"]?.string } == ["for-tools", "for-aws", "for-files"])
    }

    @Test(
        "what one server's policy denies or hides reaches no server, whatever another's allows", arguments: bothEras)
    func denied(_ era: Era) async throws {
        let stack = StackWorld()
        let audit = try await stack.client(era) { client in
            try await client.call("tools__echo", #"{"bad":true}"#, id: "1").expectToolError()
            for (index, name) in [
                "aws__drop", "tools__secret", "tools__list", "files__echo", "aws__nothing", "gone__echo", "echo",
                "aws_echo", "aws__", "__echo", "AWS__echo", "aws__aws__echo", "stack:aws/echo", "*__echo",
                "aws__\u{65}cho\u{301}",
            ].enumerated() {
                let answer = try await client.call(name, id: "\(index + 2)").end()
                #expect(answer.errorCode == RPCError.Code.invalidParams.rawValue, "\(answer.text)")
                #expect(answer.errorMessage == "tool not available: \(name)")
            }
        }
        #expect(stack.arrived == [])
        #expect(audit.completions.isEmpty)
        #expect(audit.places[0] == "tools denied echo")
        #expect(audit.decisions.count == 16 && !audit.places.contains { $0.contains("allowed") })
    }

    @Test("a hidden tool, an unknown one and one of a server that is none are answered in the same words")
    func sameWords() async throws {
        try await StackWorld().client(.modern) { client in
            func answer(_ name: String) async throws -> String {
                try await client.call(name).end().text.replacing(name, with: "NAME")
            }
            let hidden = try await answer("aws__drop")
            #expect(try await answer("aws__none") == hidden)
            #expect(try await answer("none__none") == hidden)
        }
    }

    @Test("a tool whose name is too long for many clients is called by a shorter one", arguments: bothEras)
    func cut(_ era: Era) async throws {
        let long = String(repeating: "describe_", count: 9)
        let others = (0..<3).map { RunningLine.definition(long + "\($0)") }
        let stack = StackWorld(files: RecordedUpstream(tools: others))
        let open = Policy.sample(.deny, hide: [long + "1"], tools: ["\(long)*": RuleGroup()])
        var setup = stack.setup
        setup.others[1].access = .policy(open, .enforce)
        setup.isEstablished = false
        try await RunningLine.with(setup) { world in
            // Before anything is accepted, as after a start.
            let client = try await LineClient(world, era, at: Stack.address)
            let second = text(StackNames.name((long + "2").utf8, of: "files"))
            try await client.call(second, id: "1").expectAnswer()
            let listed = try await client.ask("tools/list", id: "2").end().names().filter { $0.hasPrefix("files__") }
            #expect(listed == [0, 2].map { text(StackNames.name((long + "\($0)").utf8, of: "files")) })
            #expect(listed.allSatisfy { $0.utf8.count <= 64 })
            let hidden = text(StackNames.name((long + "1").utf8, of: "files"))
            try await client.call(hidden, id: "3").expectError(.invalidParams)
        }
        #expect(stack.files.calls.value.map { $0.params?["name"]?.string } == [long + "2"])
    }

    @Test("resources and prompts are got and completed by the names of the stack, each judged by its own policy")
    func resources() async throws {
        let stack = StackWorld()
        stack.aws.script { exchange in
            exchange.answer(
                #"{"contents":[{"uri":"a:1","text":"t"}],"messages":[{"role":"user","content":{"type":"resource","#
                    + #""resource":{"uri":"a:2","text":""}}}],"completion":{"values":["uri"]}}"#)
        }
        try await stack.client(.modern) { client in
            let read = try await client.ask(
                "resources/read", #""uri":"stack:aws/a:1""#, name: Array("stack:aws/a:1".utf8)
            )
            .end()
            #expect(read.text.contains(#""uri":"stack:aws/a:1","text":"t""#) && read.text.contains("stack:aws/a:2"))
            try await client.ask("prompts/get", #""name":"aws__p""#, name: Array("aws__p".utf8)).expectAnswer()
            try await client.ask(
                "completion/complete",
                #""ref":{"type":"ref/resource","uri":"stack:aws/a:{n}"},"argument":{"name":"n","value":""}"#
            ).expectAnswer()
            try await client.ask(
                "completion/complete",
                #""ref":{"type":"ref/prompt","name":"aws__p"},"argument":{"name":"n","value":""}"#
            ).expectAnswer()
            for uri in ["stack:files/a:1", "stack:tools/a:1", "stack:none/a:1", "a:1", "stack:aws/"] {
                let answer = try await client.ask("resources/read", #""uri":"\#(uri)""#, name: Array(uri.utf8)).end()
                #expect(answer.errorCode == RPCError.Code.invalidParams.rawValue)
                #expect(answer.errorMessage == "Resource not found" && answer.text.contains(#"{"uri":"\#(uri)"}"#))
            }
            for name in ["files__p", "none__p", "p"] {
                try await client.ask("prompts/get", #""name":"\#(name)""#, name: Array(name.utf8)).expectError(
                    .invalidParams)
                let completed = try await client.ask(
                    "completion/complete", #""ref":{"type":"ref/prompt","name":"\#(name)"}"#
                ).end()
                #expect(completed.errorMessage == "not available: \(name)")
            }
        }
        #expect(
            stack.arrived == [
                "aws resources/read a:1", "aws prompts/get p", "aws completion/complete ", "aws completion/complete ",
            ])
        #expect(
            stack.aws.calls.value[2...].map { $0.params?["ref"].map { text($0.bytes) } } == [
                #"{"type":"ref/resource","uri":"a:{n}"}"#, #"{"type":"ref/prompt","name":"p"}"#,
            ])
    }

    @Test("addresses that a tool gives out are those of the stack, and all else is passed on byte for byte")
    func links() async throws {
        let stack = StackWorld()
        let content =
            #"{"content":[{"type":"resource_link","uri":"f:1","n":1.0},{"type":"text","text":"\"uri\":\"f:2\""},"#
            + #"{"type":"resource","resource":{"uri":"f:3","text":""}},{"type":"other","uri":"f:4"},"#
            + #"{"\u0074ype":"resource_link","\u0075ri":"f:5"}],"structuredContent":{"uri":"f:6"},"resultType":"complete"}"#
        stack.files.script { $0.answer(content) }
        try await stack.client(.modern) { client in
            let answer = try await client.call("files__read").end()
            let expected = content.replacing(#""f:1""#, with: #""stack:files/f:1""#)
                .replacing(#""f:3""#, with: #""stack:files/f:3""#).replacing(#""f:5""#, with: #""stack:files/f:5""#)
            #expect(answer.text == #"{"jsonrpc":"2.0","id":1,"result":\#(expected)}"#)
        }
    }

    @Test("a server that asks is asked back through the stack, bound to that server and tool")
    func roundTrips() async throws {
        let stack = StackWorld()
        let asking =
            #"{"resultType":"input_required","requestState":"s","inputRequests":{"q":{"method":"elicitation/create","params":{}}}}"#
        stack.tools.script {
            $0.params?["requestState"] == nil ? $0.answer(asking) : $0.answer(RecordedUpstream.emptyResult)
        }
        stack.files.script { $0.answer(asking) }
        try await stack.client(.modern, capabilities: RoundTripTests.able) { client in
            let first = try await client.call("tools__echo").end()
            let state = try #require(try first.json["result"]?["requestState"]?.string)
            func again(_ name: String) -> LineClient.Sent {
                client.ask(
                    "tools/call",
                    #""name":"\#(name)","arguments":{},"requestState":"\#(state)","inputResponses":{"q":{"action":"accept"}}"#,
                    name: Array(name.utf8))
            }
            try await again("files__read").expectError(.invalidParams)
            try await again("tools__secret").expectError(.invalidParams)
            try await again("tools__echo").expectAnswer()
        }
        #expect(stack.arrived == ["tools tools/call echo", "tools tools/call echo"])
        #expect(stack.tools.calls.value[1].params?["requestState"]?.string == "s")
    }

    @Test(
        "a legacy server asks a legacy client on its own call's stream, as far as it may ask; progress comes there too")
    func questions() async throws {
        let stack = StackWorld(awsAsks: [.elicitation])
        let asked = Watched<Watched<String?>?>(nil)
        let refused = Watched<String?>(nil)
        stack.aws.script { exchange in
            let sampling = exchange.ask("sampling/createMessage", id: "8").value
            refused.change { $0 = sampling }
            exchange.reportProgress(1)
            asked.change { $0 = exchange.ask("elicitation/create", params: RoundTripTests.form, id: "9") }
        }
        try await stack.client(.legacy, capabilities: RoundTripTests.able) { client in
            let call = client.call("aws__echo", id: "4", meta: #""progressToken":"p""#)
            let other = client.call("tools__echo", id: "5")
            try await other.expectAnswer()
            let heard = try await call.recorder.heard.value { $0.notifications.count == 2 }
            #expect(text(heard.notifications[0]).contains(#""progressToken":"p""#))
            #expect(text(heard.notifications[1]).contains("elicitation/create"))
            _ = try await client.respond(1, #""result":{"action":"accept"}"#).end()
            let answer = try #require(asked.value)
            try await answer.value { $0 != nil }
            #expect(answer.value == #"result {"action":"accept"}"#)
            #expect(refused.value?.hasPrefix("error") ?? false)
            stack.aws.calls.value[0].answer(RecordedUpstream.emptyResult)
            try await call.expectAnswer()
            #expect(
                text(stack.aws.calls.value[0].scope.capabilities.bytes) == #"{"elicitation":{}}"#)
        }
    }

    @Test("a request's id is free again once it has ended, and taken while it is open; a request can be taken back")
    func ids() async throws {
        let stack = StackWorld()
        stack.tools.script { _ in }
        try await stack.client(.legacy) { client in
            let open = client.call("tools__echo", id: "7")
            #expect(try await client.ask("tools/list", id: "7").end().status == .badRequest)
            client.cancel("7")
            _ = try await open.end()
            #expect(stack.tools.calls.value[0].isCancelled.value)
            #expect(try await client.ask("tools/list", id: "7").end().names().count == 5)
            #expect(try await client.ask("ping", id: "7").end().errorCode == nil)
        }
    }

    @Test("a level for logs is told to every server, and kept")
    func levels() async throws {
        let stack = StackWorld()
        let audit = try await stack.client(.legacy) { client in
            try await client.ask("logging/setLevel", #""level":"error""#, id: "2").expectResult("{}", id: 2)
            try await client.ask("logging/setLevel", #""level":"none""#, id: "3").expectError(.invalidParams)
            stack.aws.script { exchange in
                for level in ["info", "error"] {
                    exchange.notify("notifications/message", params: #"{"level":"\#(level)","data":1}"#)
                }
                exchange.answer(RecordedUpstream.emptyResult)
            }
            let call = client.call("aws__echo", id: "4")
            try await call.expectAnswer()
            #expect(call.recorder.heard.value.notifications.count == 1)
        }
        #expect(stack.arrived == ["aws logging/setLevel ", "aws tools/call echo"])
        #expect(audit.places.filter { $0.contains("allowed") }.count == 2)
    }

    @Test("methods that no server's endpoint serves are not served here, and reach nobody", arguments: bothEras)
    func unknown(_ era: Era) async throws {
        let stack = StackWorld()
        let audit = try await stack.client(era) { client in
            for (index, method) in ["vendor/x", "tasks/result", "tools/Call", "sampling/createMessage"].enumerated() {
                try await client.ask(method, #""name":"aws__echo""#, id: "\(index + 2)").expectError(.methodNotFound)
            }
        }
        #expect(stack.arrived == [])
        #expect(audit.places == Array(repeating: "* refused", count: 4))
    }
}

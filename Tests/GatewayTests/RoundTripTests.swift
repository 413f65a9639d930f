import Gateway
import GatewayTesting
import MCPMessages
import PolicyEngine
import Testing
import WireJSON

/// What servers ask of clients, in every combination of eras (protocol notes 1.11, 1.12).
@Suite("Round trips")
struct RoundTripTests {
    static let able = #"{"elicitation":{},"sampling":{},"roots":{}}"#
    static let form = #"{"message":"who?","requestedSchema":{"type":"object","n":1.0}}"#

    static func setup(_ era: Era) -> RunningLine.Setup {
        .init(
            .policy(.sample(.deny, tools: ["echo": .denying("args.bad", .equal, "true")]), .enforce),
            RecordedUpstream(era: era, tools: [RunningLine.definition("echo"), RunningLine.definition("other")]))
    }

    // MARK: A legacy server and a legacy client

    @Test("a legacy server's question goes to a legacy client on its call's stream, and the answer back, byte for byte")
    func legacyBoth() async throws {
        try await withLine(Self.setup(.legacy)) { world in
            let client = try await LineClient(world, .legacy, capabilities: Self.able)
            let asked = Watched<Watched<String?>?>(nil)
            world.upstream.script { exchange in
                asked.change { $0 = exchange.ask("elicitation/create", params: Self.form, id: "\"s 1\"") }
            }
            let call = client.call("echo")
            let heard = try await call.recorder.heard.value { !$0.notifications.isEmpty }
            #expect(
                heard.notifications.map { text($0) } == [
                    #"{"jsonrpc":"2.0","id":1,"method":"elicitation/create","params":\#(Self.form)}"#
                ])
            #expect(
                world.upstream.calls.value[0].scope.capabilities.bytes
                    == Array(#"{"elicitation":{},"roots":{},"sampling":{}}"#.utf8))
            let response = client.respond(1, #""result":{"action":"accept","content":{"n":1.0}}"#)
            #expect(try await response.end().status == .accepted)
            let answer = try #require(asked.value)
            try await answer.value { $0 != nil }
            #expect(answer.value == #"result {"action":"accept","content":{"n":1.0}}"#)
            // Answered once: a second answer finds nothing.
            _ = try await client.respond(1, #""result":{"action":"decline"}"#).end()
            world.upstream.calls.value[0].answer(RecordedUpstream.emptyResult)
            try await call.expectAnswer()
            #expect(answer.value == #"result {"action":"accept","content":{"n":1.0}}"#)
        }
    }

    @Test("a client is not asked for what it did not say it can give", arguments: ["{}", #"{"elicitation":{}}"#])
    func incapable(_ capabilities: String) async throws {
        try await withLine(Self.setup(.legacy)) { world in
            for era in bothEras {
                let client = try await LineClient(world, era, capabilities: capabilities)
                world.upstream.script { exchange in
                    let first = exchange.ask("sampling/createMessage").value ?? ""
                    let second =
                        exchange.ask("elicitation/create", params: #"{"mode":"url","url":"https://x"}"#).value ?? ""
                    let third = exchange.ask("vendor/anything").value ?? ""
                    #expect(first.contains("-32600") && second.contains("-32600") && third.contains("-32601"))
                    exchange.answer(RecordedUpstream.emptyResult)
                }
                let call = client.call("echo")
                try await call.expectAnswer()
                #expect(call.recorder.heard.value.notifications.isEmpty)
            }
        }
    }

    @Test("an answer counts in the conversation that was asked and in no other")
    func foreignAnswer() async throws {
        try await withLine(Self.setup(.legacy)) { world in
            let (asked, other) = (
                try await LineClient(world, .legacy, capabilities: Self.able),
                try await LineClient(world, .legacy, capabilities: Self.able)
            )
            let answer = Watched<Watched<String?>?>(nil)
            world.upstream.script { exchange in answer.change { $0 = exchange.ask("roots/list") } }
            let call = asked.call("echo")
            try await call.recorder.heard.value { !$0.notifications.isEmpty }
            _ = try await other.respond(1, #""result":{"roots":[]}"#).end()
            #expect(answer.value?.value == nil)
            _ = try await asked.respond(1, #""error":{"code":-1,"message":"no"}"#).end()
            #expect(answer.value?.value == #"error {"code":-1,"message":"no"}"#)
            world.upstream.calls.value[0].answer(RecordedUpstream.emptyResult)
            try await call.expectAnswer()
        }
    }

    // MARK: A legacy server and a modern client

    @Test("a legacy server's question ends a modern client's leg; the next leg brings the answer and gets the result")
    func parked() async throws {
        let audit = try await withLine(Self.setup(.legacy)) { world in
            let client = try await LineClient(world, .modern, capabilities: Self.able)
            let asked = Watched<Watched<String?>?>(nil)
            world.upstream.script { exchange in
                asked.change { $0 = exchange.ask("elicitation/create", params: Self.form) }
            }
            let first = try await client.call("echo", #"{"a":1}"#).end().json["result"]
            #expect(first?["resultType"]?.string == "input_required")
            let question = first?["inputRequests"]?["q1"]
            #expect(question?["method"]?.string == "elicitation/create")
            #expect(question?["params"].map { text($0.bytes) } == Self.form)
            let state = try #require(first?["requestState"]?.string)
            // With other arguments, or for another tool, or changed, the state is nothing.
            for (tool, arguments, state) in [
                ("echo", #"{"a":2}"#, state), ("echo", "{}", state), ("echo", #"{"a":1}"#, state + "A"),
                ("echo", #"{"a":1}"#, String(state.dropLast())),
            ] {
                let answer = try await retry(client, tool, arguments, state, #"{"q1":{"action":"accept"}}"#).end()
                #expect(answer.errorCode == -32602 && answer.text.contains("invalid_request_state"), "\(answer.text)")
            }
            #expect(asked.value?.value == nil)
            // Without its answer it is asked again.
            let second = try await retry(client, "echo", #"{"a":1}"#, state, #"{"other":{}}"#).end().json["result"]
            let next = try #require(second?["requestState"]?.string)
            #expect(next != state && second?["inputRequests"]?["q1"] != nil)
            let last = retry(client, "echo", #"{"a":1}"#, next, #"{"q1":{"action":"accept"}}"#)
            let answer = try #require(asked.value)
            try await answer.value { $0 != nil }
            #expect(answer.value == #"result {"action":"accept"}"#)
            world.upstream.calls.value[0].answer(#"{"content":[],"n":1.0}"#)
            try await last.expectResult(#"{"content":[],"n":1.0,"resultType":"complete"}"#)
            // A state is good for one leg.
            let again = try await retry(client, "echo", #"{"a":1}"#, next, #"{"q1":{"action":"accept"}}"#).end()
            #expect(again.errorCode == -32602)
            #expect(world.upstream.calls.value.count == 1)
        }
        #expect(audit.endings == ["input_required", "input_required", "completed"])
    }

    @Test("a leg that policy refuses ends the parked call it belongs to")
    func refusedLeg() async throws {
        try await withLine(Self.setup(.legacy)) { world in
            let client = try await LineClient(world, .modern, capabilities: Self.able)
            world.upstream.script { exchange in _ = exchange.ask("elicitation/create", params: Self.form) }
            let first = try await client.call("echo").end().json["result"]
            let state = try #require(first?["requestState"]?.string)
            let stricter = Policy.sample(.deny, tools: ["echo": .denying("tool.name", .equal, "\"echo\"")], version: 2)
            let grant = Grant(label: "laptop", access: [RunningLine.slug: .policy(stricter, .enforce)])
            let later = try await LineClient(world, .modern, as: Principal(grant: grant), capabilities: Self.able)
            try await retry(later, "echo", "{}", state, #"{"q1":{"action":"accept"}}"#).expectToolError()
            try await world.upstream.calls.value[0].isCancelled.value { $0 }
        }
    }

    @Test("what ends while nobody waits is told to the next leg")
    func heldEnd() async throws {
        try await withLine(Self.setup(.legacy)) { world in
            let client = try await LineClient(world, .modern, capabilities: Self.able)
            world.upstream.script { exchange in
                _ = exchange.ask("elicitation/create", params: Self.form)
                exchange.answer(#"{"content":[],"late":true}"#)
            }
            let first = try await client.call("echo").end().json["result"]
            let state = try #require(first?["requestState"]?.string)
            try await retry(client, "echo", "{}", state, "{}").expectResult(
                #"{"content":[],"late":true,"resultType":"complete"}"#)
        }
    }

    // MARK: A modern server and a modern client

    static let states = [#""plain""#, #""{\"a\": \"b\\u0063\"}""#, "\"\"", #""\u00e9\/""#]

    @Test("a modern server gets its own state back, byte for byte; a client sees none of it", arguments: states)
    func sealed(_ state: String) async throws {
        try await withLine(Self.setup(.modern)) { world in
            let client = try await LineClient(world, .modern, capabilities: Self.able)
            world.upstream.script { exchange in
                guard exchange.params?["requestState"] == nil else {
                    return exchange.answer(RecordedUpstream.emptyResult)
                }
                exchange.answer(
                    #"{"resultType":"input_required","inputRequests":{"k":{"method":"roots/list"}},"requestState":\#(state),"x":1.0}"#
                )
            }
            let first = try await client.call("echo", #"{"a":1}"#).end().json["result"]
            let sealed = try #require(first?["requestState"]?.string)
            #expect(first?["x"].map { text($0.bytes) } == "1.0")
            #expect(first?["inputRequests"].map { text($0.bytes) } == #"{"k":{"method":"roots/list"}}"#)
            for (arguments, state) in [(#"{"a":2}"#, sealed), (#"{"a":1}"#, sealed + "-TAMPERED"), (#"{"a":1}"#, "x")] {
                try await retry(client, "echo", arguments, state, "{}").expectError(.invalidParams)
            }
            // An equal number is the same argument.
            try await retry(client, "echo", #"{"a":1.0}"#, sealed, #"{"k":{"roots":[]},"y":null}"#).expectAnswer()
            let calls = world.upstream.calls.value
            #expect(calls.count == 2)
            #expect(calls[1].params?["requestState"].map { text($0.bytes) } == state)
            #expect(calls[1].params?["inputResponses"].map { text($0.bytes) } == #"{"k":{"roots":[]},"y":null}"#)
        }
    }

    @Test("another principal's state is nothing")
    func foreignState() async throws {
        try await withLine(Self.setup(.modern)) { world in
            let client = try await LineClient(world, .modern, capabilities: Self.able)
            world.upstream.script { $0.answer(#"{"resultType":"input_required","requestState":"s"}"#) }
            let first = try await client.call("echo").end().json["result"]
            let state = try #require(first?["requestState"]?.string)
            let other = Principal(grant: Grant(label: "other", access: world.principal.grant.access))
            world.letIn(other)
            let thief = try await LineClient(world, .modern, as: other, capabilities: Self.able)
            try await retry(thief, "echo", "{}", state, "{}").expectError(.invalidParams)
            #expect(world.upstream.calls.value.count == 1)
        }
    }

    @Test("every leg is judged with its own arguments; answers without a state are a call like any other")
    func judgedAgain() async throws {
        try await withLine(Self.setup(.modern)) { world in
            let client = try await LineClient(world, .modern, capabilities: Self.able)
            let denied = client.ask(
                "tools/call", #""name":"echo","arguments":{"bad":true},"inputResponses":{"k":1}"#,
                name: Array("echo".utf8))
            try await denied.expectToolError()
            let allowed = client.ask(
                "tools/call", #""name":"echo","inputResponses":{"k":null}"#, name: Array("echo".utf8))
            try await allowed.expectAnswer()
            #expect(world.upstream.calls.value.count == 1)
            #expect(world.upstream.calls.value[0].params?["inputResponses"].map { text($0.bytes) } == #"{"k":null}"#)
        }
    }

    @Test("a modern server that asks for what the client cannot give is an error that names it")
    func missingCapability() async throws {
        try await withLine(Self.setup(.modern)) { world in
            let client = try await LineClient(world, .modern, capabilities: #"{"roots":{}}"#)
            world.upstream.script {
                $0.answer(#"{"resultType":"input_required","inputRequests":{"k":{"method":"sampling/createMessage"}}}"#)
            }
            let answer = try await client.call("echo").end()
            #expect(answer.errorCode == -32021)
            #expect(answer.status == .badRequest)
            #expect(answer.text.contains(#""requiredCapabilities":{"sampling":{}}"#))
        }
    }

    @Test("a parked call ends when its client has not come back after ten minutes")
    func expired() async throws {
        let setup = Self.setup(.legacy)
        try await withLine(setup) { world in
            let client = try await LineClient(world, .modern, capabilities: Self.able)
            world.upstream.script { exchange in _ = exchange.ask("elicitation/create", params: Self.form) }
            let first = try await client.call("echo").end().json["result"]
            let state = try #require(first?["requestState"]?.string)
            setup.clock.advance(by: .seconds(599))
            world.line.tidy()
            setup.clock.advance(by: .seconds(2))
            try await retry(client, "echo", "{}", state, "{}").expectError(.invalidParams)
            world.line.tidy()
            try await world.upstream.calls.value[0].isCancelled.value { $0 }
        }
    }

    /// A further leg.
    private func retry(
        _ client: LineClient, _ tool: String, _ arguments: String, _ state: String, _ responses: String
    ) -> LineClient.Sent {
        client.ask(
            "tools/call",
            #""name":"\#(tool)","arguments":\#(arguments),"requestState":"\#(state)","inputResponses":\#(responses)"#,
            name: Array(tool.utf8))
    }
}

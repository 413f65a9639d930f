import Gateway
import GatewayTesting
import MCPMessages
import PolicyEngine
import Testing
import WireJSON

/// A modern server that wants input of a legacy client (protocol notes 1.12).
@Suite("Calls led through a round trip")
struct LedCallTests {
    @Test("a modern server's request for input is led through with a legacy client")
    func led() async throws {
        // One call of two legs: more arrives than was let through anew.
        let entries = try await RunningLine.with(RoundTripTests.setup(.modern)) { world in
            let client = try await LineClient(world, .legacy, capabilities: RoundTripTests.able)
            world.upstream.script { exchange in
                guard let responses = exchange.params?["inputResponses"] else {
                    return exchange.answer(
                        #"{"resultType":"input_required","inputRequests":{"a":{"method":"roots/list"},"b":{"method":"elicitation/create","params":{"message":"m"}}},"requestState":"s"}"#
                    )
                }
                #expect(exchange.params?["requestState"]?.string == "s")
                #expect(text(responses.bytes) == #"{"a":{"roots":[]},"b":{"action":"accept","content":{}}}"#)
                exchange.answer(RecordedUpstream.emptyResult)
            }
            let call = client.call("echo")
            let heard = try await call.recorder.heard.value { $0.notifications.count == 2 }
            #expect(
                heard.notifications.map { text($0) } == [
                    #"{"jsonrpc":"2.0","id":1,"method":"roots/list"}"#,
                    #"{"jsonrpc":"2.0","id":2,"method":"elicitation/create","params":{"message":"m"}}"#,
                ])
            _ = try await client.respond(1, #""result":{"roots":[]}"#).end()
            _ = try await client.respond(2, #""result":{"action":"accept","content":{}}"#).end()
            try await call.expectResult(#"{"content":[]}"#)
            #expect(world.upstream.calls.value.count == 2)
        }
        let audit = Audit(entries: entries)
        audit.expectWhole()
        #expect(audit.words == ["allowed echo"] && audit.endings == ["completed"])
    }

    @Test("a legacy client that answers a modern server's question with an error gets its call back with that error")
    func couldNotAnswer() async throws {
        let audit = try await withLine(RoundTripTests.setup(.modern)) { world in
            let client = try await LineClient(world, .legacy, capabilities: RoundTripTests.able)
            world.upstream.script {
                $0.answer(#"{"resultType":"input_required","inputRequests":{"a":{"method":"roots/list"}}}"#)
            }
            let call = client.call("echo")
            try await call.recorder.heard.value { !$0.notifications.isEmpty }
            _ = try await client.respond(1, #""error":{"code":-7,"message":"no"}"#).end()
            let answer = try await call.end()
            #expect(answer.errorCode == -7 && answer.errorMessage == "no")
        }
        #expect(audit.endings == ["cancelled"])
    }

    @Test(
        "a legacy client's call is judged again before it goes on: by the policy as it is now, and not without the grant",
        arguments: [true, false])
    func judgedAnew(_ hasGrant: Bool) async throws {
        try await withLine(RoundTripTests.setup(.modern)) { world in
            let client = try await LineClient(world, .legacy, capabilities: RoundTripTests.able)
            // Without its grant the client could not say anything: the call goes on by itself after a while.
            let wanted = hasGrant ? #""inputRequests":{"a":{"method":"roots/list"}}"# : #""requestState":"s""#
            world.upstream.script { $0.answer(#"{"resultType":"input_required",\#(wanted)}"#) }
            let call = client.call("echo")
            if hasGrant { try await call.recorder.heard.value { !$0.notifications.isEmpty } }
            let stricter = Policy.sample(.deny, tools: ["echo": RuleGroup(action: .deny)], version: 2)
            let grant = Grant(
                label: world.principal.grant.label, access: [RunningLine.slug: .policy(stricter, .enforce)])
            world.line.configuration.replace(
                servers: [world.server],
                grants: hasGrant ? [TokenDigest(of: RunningLine.token.utf8): Principal(grant: grant)] : [:])
            let response = try await client.respond(1, #""result":{"roots":[]}"#).end()
            #expect(response.status == (hasGrant ? .accepted : .unauthorized))
            try await call.expectToolError()
            #expect(world.upstream.calls.value.count == 1)
        }
    }
}

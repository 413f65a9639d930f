import Gateway
import MCPMessages
import NIOCore
import NIOPosix
import Testing
import WireJSON

@testable import Upstreams

/// Revision 2026-07-28, "Subscriptions": what a modern server tells outside requests.
@Suite("Watching a modern server over HTTP", .timeLimit(.minutes(1)))
struct HTTPListenTests {
    @Test("a watch is a subscription with what is wanted, and what comes on it are events")
    func listens() async throws {
        let server = SpeakingHTTPServer()
        try await HTTPUpstreamTesting.running(server.modern()) { testing in
            let (failure, _) = await testing.watch([.tools, .resourceTemplates], ["b:2", "a:1"])
            #expect(failure == nil)
            let request = try #require(testing.server.journal.requests.last)
            #expect(request.rpcMethod == "subscriptions/listen")
            #expect(request.header("mcp-method") == ["subscriptions/listen"])
            #expect(
                request.params?["notifications"].map { String(decoding: $0.bytes, as: UTF8.self) }
                    == #"{"toolsListChanged":true,"resourcesListChanged":true,"resourceSubscriptions":["a:1","b:2"]}"#)
            for kind in ListKind.allCases { server.say(kind.changeNotification) }
            server.say("notifications/resources/updated", params: #"{"uri":"a:1"}"#)
            server.stream?.event(#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#)
            await testing.events.wait(for: 5)
            #expect(
                testing.events.texts == [
                    "tools", "prompts", "resources", "resources", "* notifications/resources/updated",
                ])
            #expect(testing.server.journal.methods == ["server/discover", "subscriptions/listen"])
        }
    }

    @Test("what two watch is asked for once, and ends with the last of them")
    func shares() async throws {
        let server = SpeakingHTTPServer()
        try await HTTPUpstreamTesting.running(server.modern()) { testing in
            let first = await testing.watch([.tools], ["a:1"])
            let second = await testing.watch([.tools], ["a:1", "b:2"])
            let bob = await testing.watch([.tools], for: UpstreamScope(principal: "bob", clientEra: .modern))
            let listens = testing.server.journal.requests.filter { $0.rpcMethod == "subscriptions/listen" }
            #expect(listens.count == 2)
            #expect(
                listens.last?.params?["notifications"].map { String(decoding: $0.bytes, as: UTF8.self) }
                    == #"{"resourceSubscriptions":["b:2"]}"#)
            second.cancellation.cancel()
            try await testing.server.journal.waitForClose(of: listens[1].connection)
            first.cancellation.cancel()
            server.say("notifications/tools/list_changed")
            bob.cancellation.cancel()
            try await testing.server.journal.waitForClose(of: listens[0].connection)
            #expect([first.failure, second.failure, bob.failure].allSatisfy { $0 == nil })
        }
    }

    @Test("a subscription that broke off is asked for again, and what may have been missed counts as changed")
    func listensAnew() async throws {
        let server = SpeakingHTTPServer()
        try await HTTPUpstreamTesting.running(server.modern(), configure: { $0.pace.first = .milliseconds(20) }) {
            testing in
            let (_, cancellation) = await testing.watch([.prompts])
            for round in 2...4 {
                if round % 2 == 0 { server.stream?.close() } else { server.stream?.endEvents() }
                try await testing.server.journal.waitFor("subscriptions/listen", count: round)
                await testing.events.wait(for: round - 1)
            }
            #expect(testing.events.texts == ["prompts", "prompts", "prompts"])
            let ids = testing.server.journal.requests.filter { $0.rpcMethod == "subscriptions/listen" }.map(\.rpcID)
            #expect(Set(ids).count == ids.count)
            cancellation.cancel()
            let last = try #require(testing.server.journal.requests.last)
            try await testing.server.journal.waitForClose(of: last.connection)
        }
    }

    @Test("a server that refuses to be watched is said so, with its own error")
    func tellsOfRefusals() async throws {
        try await HTTPUpstreamTesting.running(
            HTTPServerPersonality.modern { $1.error(-32601, status: 404, to: $0) }
        ) { testing in
            let (failure, _) = await testing.watch([.tools])
            #expect(failure?.kind == .unsupported)
            #expect(failure?.error?["code"]?.int == -32601)
            #expect(testing.server.journal.methods.count { $0 == "subscriptions/listen" } == 1)
        }
    }

    @Test("subscriptions take no connection from calls")
    func leavesConnections() async throws {
        let server = SpeakingHTTPServer()
        let loop = HTTPUpstreamTesting.group.next()
        try await HTTPUpstreamTesting.running(
            server.modern(), on: loop, configure: { $0.limits.connectionsPerLoop = 1 }
        ) { testing in
            for index in 0..<20 { #expect(await testing.watch([], ["r:\(index)"]).failure == nil) }
            let result = try await testing.call().recorder.result
            #expect(result == "{}")
        }
    }

    @Test("shutting down ends what is watched and asks for nothing more")
    func shutsDown() async throws {
        let server = SpeakingHTTPServer()
        try await HTTPUpstreamTesting.running(server.modern()) { testing in
            _ = await testing.watch([.tools])
            let listen = try #require(testing.server.journal.requests.last)
            await testing.upstream.shutDown()
            try await testing.server.journal.waitForClose(of: listen.connection)
            let (failure, _) = await testing.watch([.tools])
            #expect(failure?.kind == .closed)
        }
    }
}

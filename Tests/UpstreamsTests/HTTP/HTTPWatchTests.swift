import Gateway
import GatewayTesting
import MCPMessages
import NIOCore
import Synchronization
import Testing
import WireJSON

@testable import Upstreams

/// Revision 2025-11-25, "Subscriptions" and "Listening for Messages from the Server": what a legacy server tells outside
/// requests.
@Suite("Watching a legacy server over HTTP", .timeLimit(.minutes(1)))
struct HTTPWatchTests {
    private static func subscriptions(_ testing: HTTPUpstreamTesting) -> [String] {
        testing.server.journal.requests.compactMap { request in
            guard let method = request.rpcMethod, method.hasPrefix("resources/") else { return nil }
            return
                "\(request.header("mcp-session-id").first ?? "") \(method.dropFirst(10)) \(request.params?["uri"]?.string ?? "")"
        }
    }

    @Test("a watch opens the session's stream and subscribes, once for all who watch, and the last ends both")
    func watches() async throws {
        let server = SpeakingHTTPServer()
        try await HTTPUpstreamTesting.running(server.legacy()) { testing in
            let first = await testing.watch([.tools], ["test://a"])
            let second = await testing.watch([], ["test://a", "test://b"])
            #expect(first.failure == nil && second.failure == nil)
            #expect(Self.subscriptions(testing) == ["session-1 subscribe test://a", "session-1 subscribe test://b"])
            let stream = try #require(testing.server.journal.requests.first { $0.method == "GET" })
            #expect(stream.header("accept") == ["text/event-stream"])
            #expect(stream.header("mcp-session-id") == ["session-1"])
            #expect(stream.header("last-event-id").isEmpty)
            for kind in ListKind.allCases { server.say(kind.changeNotification) }
            server.say("notifications/resources/updated", params: #"{"uri":"test://a"}"#)
            await testing.events.wait(for: 5)
            #expect(
                testing.events.texts == [
                    "tools", "prompts", "resources", "resources", "alice notifications/resources/updated",
                ])
            first.cancellation.cancel()
            second.cancellation.cancel()
            try await testing.server.journal.waitForClose(of: stream.connection)
            try await testing.server.journal.waitFor("resources/unsubscribe", count: 2)
            #expect(testing.server.journal.methods.count { $0 == "GET" } == 1)
        }
    }

    @Test("each scope watches in its own session")
    func keepsScopesApart() async throws {
        let server = SpeakingHTTPServer()
        try await HTTPUpstreamTesting.running(server.legacy()) { testing in
            _ = await testing.watch([], ["test://a"])
            _ = await testing.watch([], ["test://a"], for: UpstreamScope(principal: "bob", clientEra: .legacy))
            #expect(Self.subscriptions(testing) == ["session-1 subscribe test://a", "session-2 subscribe test://a"])
            server.say("notifications/resources/updated")
            await testing.events.wait(for: 1)
            #expect(testing.events.texts == ["bob notifications/resources/updated"])
        }
    }

    @Test("a server without a stream is watched as far as it goes", arguments: [405, 400, 501])
    func doesWithoutAStream(_ status: Int) async throws {
        let server = SpeakingHTTPServer()
        try await HTTPUpstreamTesting.running(server.legacy(status: status)) { testing in
            let (failure, _) = await testing.watch([.tools], ["test://a"])
            #expect(failure == nil)
            #expect(Self.subscriptions(testing) == ["session-1 subscribe test://a"])
            #expect(testing.server.journal.methods.count { $0 == "GET" } == 1)
        }
    }

    @Test(
        "a server that answers 404 to whoever asks for the stream has none: one session more tells it from a lost one")
    func doesWithoutAStreamOnceMore() async throws {
        let server = SpeakingHTTPServer()
        try await HTTPUpstreamTesting.running(server.legacy(status: 404)) { testing in
            let (failure, _) = await testing.watch([.tools], ["test://a"])
            #expect(failure == nil)
            #expect(Self.subscriptions(testing) == ["session-2 subscribe test://a"])
            #expect(
                testing.server.journal.methods.filter { ["GET", "initialize"].contains($0) } == [
                    "initialize", "GET", "initialize", "GET",
                ])
        }
    }

    @Test("a server that answers 404 to a subscription in one session after another refuses it")
    func refusesAsUnknown() async throws {
        let server = SpeakingHTTPServer()
        try await HTTPUpstreamTesting.running(server.legacy(unsubscribable: true)) { testing in
            let (failure, _) = await testing.watch([], ["test://a"])
            #expect(failure != nil)
            #expect(testing.server.journal.methods.count { $0 == "initialize" } == 2)
            #expect(testing.server.journal.methods.count { $0 == "resources/subscribe" } == 2)
        }
    }

    @Test("a subscription that is refused fails its watch with the server's error, and no other")
    func tellsOfRefusals() async throws {
        let server = SpeakingHTTPServer()
        try await HTTPUpstreamTesting.running(server.legacy()) { testing in
            let (refusal, _) = await testing.watch([], ["test://refused"])
            #expect(refusal?.kind == .refused)
            #expect(refusal?.error?["code"]?.int == -32002)
            let (failure, _) = await testing.watch([], ["test://a"])
            #expect(failure == nil)
        }
    }

    @Test("a stream that ended is asked for again where it broke off, after the server's time")
    func reconnects() async throws {
        let server = SpeakingHTTPServer()
        try await HTTPUpstreamTesting.running(server.legacy(opening: "id: s::1\nretry: 25\ndata:\n\n")) { testing in
            _ = await testing.watch([.tools])
            try await eventually { server.count == 1 }
            for round in 2...5 {
                if round % 2 == 0 { server.stream?.endEvents() } else { server.stream?.close() }
                try await eventually { server.count == round }
            }
            let streams = testing.server.journal.requests.filter { $0.method == "GET" }
            #expect(streams.map { $0.header("last-event-id") } == [[], ["s::1"], ["s::1"], ["s::1"], ["s::1"]])
            #expect(streams.allSatisfy { $0.header("mcp-session-id") == ["session-1"] })
        }
    }

    @Test("a session that was lost is replaced and watched again, whoever met the loss")
    func watchesAgain() async throws {
        for meetsOnStream in [true, false] {
            let server = SpeakingHTTPServer()
            try await HTTPUpstreamTesting.running(
                server.legacy(), configure: { $0.pace.first = .milliseconds(20) }
            ) { testing in
                _ = await testing.watch([.tools], ["test://a"])
                server.forget("session-1")
                if meetsOnStream {
                    try await eventually { server.count == 1 }
                    server.stream?.close()
                } else {
                    let result = try await testing.call().recorder.result
                    #expect(result == "{}")
                }
                try await testing.server.journal.waitFor("resources/subscribe", count: 2)
                #expect(
                    Self.subscriptions(testing) == ["session-1 subscribe test://a", "session-2 subscribe test://a"])
                // What changed in between is not told again.
                await testing.events.wait(for: 1)
                #expect(testing.events.texts == ["tools"])
                #expect(testing.server.journal.methods.count { $0 == "initialize" } == 2)
            }
        }
    }

    @Test("a request on the session's stream is put to its newest open call, and with none there is nobody to ask")
    func asksNewestCall() async throws {
        let server = SpeakingHTTPServer()
        let script = server.legacy { request, reply in
            if request.rpcMethod == nil { reply.accepted() }
        }
        try await HTTPUpstreamTesting.running(script) { testing in
            _ = await testing.watch([.tools])
            server.stream?.event(HTTPServerRequestTests.ask(#""early""#))
            try await testing.server.journal.waitFor("POST", count: 1)
            _ = try testing.call("old", to: HTTPAnswerRecorder(onAsked: { _, _ in Issue.record("asked") }))
            try await testing.server.journal.waitFor("tools/call", count: 1)
            let recorder = HTTPAnswerRecorder(onAsked: { $1.answer(.result(Array(#"{"id":"\#($0.method)"}"#.utf8))) })
            try testing.call("new", to: recorder)
            try await testing.server.journal.waitFor("tools/call", count: 2)
            server.stream?.event(HTTPServerRequestTests.ask(#""late""#))
            server.stream?.event(HTTPServerRequestTests.ask("3", "ping"))
            try await testing.server.journal.waitFor("POST", count: 3)
            let answers = testing.server.journal.requests.filter { $0.rpcMethod == nil && $0.method == "POST" }
            #expect(answers.first?.json?["error"]?["code"]?.int == -32601)
            let late = try #require(answers.first { $0.json?["id"]?.hasText("late") ?? false })
            #expect(late.json?["result"]?["id"]?.string == "elicitation/create")
            #expect(late.header("mcp-session-id") == ["session-1"])
        }
    }

    @Test("a call has the stream open where the server is known to have one")
    func keepsTheStreamForCalls() async throws {
        let server = SpeakingHTTPServer()
        let script = server.legacy { request, reply in
            if request.rpcMethod == nil { reply.accepted() }
        }
        try await HTTPUpstreamTesting.running(script) { testing in
            let bob = UpstreamScope(principal: "bob", clientEra: .legacy)
            try testing.call(for: bob)
            try await testing.server.journal.waitFor("tools/call")
            #expect(!testing.server.journal.methods.contains("GET"))
            let (_, cancellation) = await testing.watch([.tools])
            cancellation.cancel()
            try testing.call(for: bob)
            try await testing.server.journal.waitFor("GET", count: 2)
            #expect(
                testing.server.journal.requests.last { $0.method == "GET" }?.header("mcp-session-id") == ["session-1"])
        }
    }
}

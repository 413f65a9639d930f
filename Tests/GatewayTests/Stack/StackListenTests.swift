import GatewayTesting
import MCPMessages
import PolicyEngine
import Testing
import WireJSON

@testable import Gateway

/// Listening to all servers of a grant at once.
@Suite("Listening to a stack")
struct StackListenTests {
    private static func world() throws -> StackWorld {
        let stack = StackWorld()
        let result = try JSON(Array(#"{"capabilities":{"tools":{},"resources":{"subscribe":true}}}"#.utf8))
        for upstream in stack.upstreams {
            upstream.describes(
                .success(
                    UpstreamDescription(
                        version: upstream.era == .modern ? .modern : .newestLegacy, result: result)))
        }
        return stack
    }

    private static func updated(_ uri: String) throws -> UpstreamEvent {
        let text = #"{"jsonrpc":"2.0","method":"notifications/resources/updated","params":{"uri":"\#(uri)"}}"#
        guard case .notification(let notification) = try Message(try JSON(Array(text.utf8))) else {
            throw WaitedTooLong(last: text)
        }
        return .notification(notification)
    }

    private func heard(_ recorder: AnswerRecorder) -> [String] {
        recorder.heard.value.notifications.map { message in
            let json = try? JSON(lenient: message)
            let method = json?["method"]?.string?.replacing("notifications/", with: "") ?? ""
            return [method, json?["params"]?["uri"]?.string].compactMap(\.self).joined(separator: " ")
        }
    }

    @Test("one acknowledgement names what all honour; what each tells comes under the stack's names")
    func listening() async throws {
        let stack = try Self.world()
        try await stack.client(.modern) { client in
            let line = client.world.line
            let listen = client.ask(
                "subscriptions/listen",
                #""notifications":{"toolsListChanged":true,"promptsListChanged":true,"resourceSubscriptions":["stack:aws/a:1","stack:files/f:1","a:1"]}"#,
                id: "17")
            let acknowledged =
                #"{"jsonrpc":"2.0","method":"notifications/subscriptions/acknowledged","params":{"notifications":{"toolsListChanged":true,"resourceSubscriptions":["stack:aws/a:1"]},"_meta":{"io.modelcontextprotocol/subscriptionId":17}}}"#
            #expect(listen.recorder.heard.value.notifications.map { text($0) } == [acknowledged])
            // Each server is watched for its own, and `files` for no resource, of which its policy allows none.
            #expect(stack.aws.watches.value.flatMap(\.interest.resources).map { text($0) } == ["a:1"])
            #expect(stack.files.watches.value.flatMap(\.interest.resources).isEmpty)
            line.heard(try Self.updated("a:1"), from: "aws")
            line.heard(try Self.updated("a:1"), from: "files")
            line.heard(try Self.updated("a:2"), from: "aws")
            line.tell(.tools, at: "files")
            line.tell(.prompts, at: "files")
            line.tell(.tools, at: "elsewhere")
            line.tellListsChanged(at: ["aws", "files"])
            #expect(
                heard(listen.recorder) == [
                    "subscriptions/acknowledged", "resources/updated stack:aws/a:1", "tools/list_changed",
                    "tools/list_changed",
                ])
            #expect(
                listen.recorder.heard.value.notifications.allSatisfy {
                    text($0).contains(#""io.modelcontextprotocol/subscriptionId":17"#)
                })
            listen.cancellation.cancel()
            line.tell(.tools, at: "aws")
            line.tellListsChanged(at: ["aws"])
            #expect(heard(listen.recorder).count == 4)
            #expect(stack.upstreams.flatMap(\.watches.value).allSatisfy { $0.isCancelled.value })
        }
    }

    @Test(
        "a server that the grant no longer reaches goes alone: the rest is heard on, and the lists are told as changed")
    func revoked() async throws {
        let stack = try Self.world()
        try await stack.run { world in
            let line = world.line
            let modern = try await LineClient(world, .modern, at: Stack.address)
            let legacy = try await LineClient(world, .legacy, at: Stack.address)
            let listen = modern.ask("subscriptions/listen", #""notifications":{"toolsListChanged":true}"#)
            let stream = AnswerRecorder()
            let entry = Entry(
                principal: world.principal, server: Stack.address, headers: nil, sessionID: legacy.session)
            _ = line.listen(entry, answering: stream)
            let left = world.servers.filter { $0.slug != "aws" }
            line.configuration.replace(
                servers: left, grants: [TokenDigest(of: RunningLine.token.utf8): world.principal])
            line.endWhatIsRevoked()
            #expect(heard(listen.recorder) == ["subscriptions/acknowledged", "tools/list_changed"])
            line.tellListsChanged(at: left.map(\.slug))
            line.tell(.tools, at: "files")
            line.tell(.tools, at: "aws")
            #expect(heard(listen.recorder).count == 4)
            #expect(
                heard(stream) == [
                    "tools/list_changed", "prompts/list_changed", "resources/list_changed", "tools/list_changed",
                ])
            #expect(
                try await modern.ask("tools/list", id: "2").end().names() == [
                    "files__read", "files__x__y", "tools__echo",
                ])
            try await modern.call("aws__echo", id: "3").expectError(.invalidParams)
            #expect(try await legacy.ask("tools/list", id: "4").end().names().count == 3)
            // Without any server left there is nothing to hear.
            line.configuration.replace(servers: [], grants: [:])
            line.endWhatIsRevoked()
            #expect(try await listen.end().status == .ok)
            #expect(try await stream.awaitAnswer().status == .ok)
        }
        #expect(stack.arrived == [])
    }

    @Test("a server that is reached late is told of as a change of the lists")
    func late() async throws {
        var stack = try Self.world()
        stack.patience = .milliseconds(50)
        let pending = Watched<(@Sendable () -> Void)?>(nil)
        stack.files.describesLate { go in pending.change { $0 = go } }
        try await stack.run { world in
            let client = try await LineClient(world, .modern, at: Stack.address)
            let listen = client.ask("subscriptions/listen", #""notifications":{"toolsListChanged":true}"#)
            try await listen.recorder.heard.value { !$0.notifications.isEmpty }
            #expect(heard(listen.recorder) == ["subscriptions/acknowledged"])
            #expect(
                listen.recorder.heard.value.notifications.allSatisfy {
                    text($0).contains(#""dev.gatehouse/unavailable":["files"]"#)
                })
            pending.value?()
            #expect(heard(listen.recorder) == ["subscriptions/acknowledged", "tools/list_changed"])
        }
    }

    /// A principal of another organisation, with a stream of the stack's.
    private func stranger(_ world: RunningLine, reaching slug: String) async throws -> AnswerRecorder {
        let access = world.principal.grant.access.filter { $0.key == slug }
        let other = Principal(grant: Grant(label: slug, of: "org_2", access: access))
        world.letIn(other)
        let client = try await LineClient(world, .legacy, as: other, at: Stack.address)
        let stream = AnswerRecorder()
        _ = world.line.listen(
            Entry(principal: other, server: Stack.address, headers: nil, sessionID: client.session), answering: stream)
        return stream
    }

    @Test("who asks what a stack can do and leaves has nobody told anything", arguments: ["aws", "files"])
    func leaving(_ slug: String) async throws {
        let stack = try Self.world()
        let pending = Watched<[@Sendable () -> Void]>([])
        try await stack.run { world in
            let stream = try await stranger(world, reaching: slug)
            stack.files.describesLate { go in pending.change { $0.append(go) } }
            let client = try await LineClient(world, .modern, at: Stack.address)
            for number in 0..<8 { client.ask("server/discover", id: "\(number)").cancellation.cancel() }
            for go in pending.value { go() }
            #expect(pending.value.count == 8 && heard(stream) == [])
        }
    }

    @Test("a server that is too late for many is told of at a bounded rate, and only to those who reach it")
    func lateForMany() async throws {
        var stack = try Self.world()
        stack.patience = .milliseconds(20)
        let pending = Watched<[@Sendable () -> Void]>([])
        try await stack.run { world in
            let outside = try await stranger(world, reaching: "aws")
            let inside = try await LineClient(world, .legacy, at: Stack.address)
            let stream = AnswerRecorder()
            _ = world.line.listen(
                Entry(principal: world.principal, server: Stack.address, headers: nil, sessionID: inside.session),
                answering: stream)
            stack.files.describesLate { go in pending.change { $0.append(go) } }
            let client = try await LineClient(world, .modern, at: Stack.address)
            let asked = (0..<8).map { client.ask("server/discover", id: "\($0)") }
            for sent in asked { #expect(try await sent.end().absent == ["files"]) }
            for go in pending.value { go() }
            let lists = ["tools/list_changed", "prompts/list_changed", "resources/list_changed"]
            try await eventually { heard(stream).count == 6 }
            #expect(pending.value.count == 8 && Set(heard(stream)) == Set(lists) && heard(outside) == [])
        }
    }

    @Test("a legacy client subscribes to resources of several servers, and is told of each by the stack's name")
    func subscribe() async throws {
        let stack = try Self.world()
        try await stack.run { world in
            let client = try await LineClient(world, .legacy, at: Stack.address)
            let stream = AnswerRecorder()
            let entry = Entry(
                principal: world.principal, server: Stack.address, headers: nil, sessionID: client.session)
            _ = world.line.listen(entry, answering: stream)
            try await client.ask("resources/subscribe", #""uri":"stack:aws/a:1""#, id: "2").expectAnswer()
            for uri in ["stack:files/a:1", "stack:tools/a:1", "a:1", "stack:none/a:1"] {
                try await client.ask("resources/subscribe", #""uri":"\#(uri)""#, id: "3").expectError(.resourceNotFound)
            }
            for server in ["aws", "files", "tools"] { world.line.heard(try Self.updated("a:1"), from: server) }
            #expect(heard(stream) == ["resources/updated stack:aws/a:1"])
            try await client.ask("resources/unsubscribe", #""uri":"stack:aws/a:1""#, id: "4").expectAnswer()
            world.line.heard(try Self.updated("a:1"), from: "aws")
            #expect(heard(stream).count == 1)
        }
    }

    @Test("what is to be listened for must be said")
    func malformed() async throws {
        let stack = try Self.world()
        try await stack.client(.modern) { client in
            for params in ["", #""notifications":1"#, #""notifications":{"resourceSubscriptions":1}"#] {
                try await client.ask("subscriptions/listen", params).expectError(.invalidParams)
            }
        }
        #expect(stack.upstreams.allSatisfy { $0.watches.value.isEmpty })
    }
}

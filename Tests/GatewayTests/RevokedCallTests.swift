import GatewayTesting
import MCPMessages
import PolicyEngine
import Synchronization
import Testing
import WireJSON

@testable import Gateway

/// A grant that goes takes the calls with it that are under way: the server is told, whoever waits is answered.
@Suite("Revoked calls")
struct RevokedCallTests {
    /// What happens to the grant, and how a call under way is then answered.
    enum End: String, CaseIterable, Sendable {
        case revoked, rotated, detached, serverStopped

        var status: Answer.Status {
            switch self {
            case .revoked, .rotated: .unauthorized
            case .detached, .serverStopped: .notFound
            }
        }

        func happen(to world: RunningLine) {
            let grant = world.principal.grant
            let digest = TokenDigest(of: RunningLine.token.utf8)
            let grants: [TokenDigest: Principal] =
                switch self {
                case .revoked: [:]
                case .rotated: [TokenDigest(of: "ghs_another".utf8): world.principal]
                case .detached: [digest: Principal(grant: Grant(label: grant.label, access: [:]))]
                case .serverStopped: [digest: world.principal]
                }
            world.line.configuration.replace(servers: self == .serverStopped ? [] : [world.server], grants: grants)
            world.line.endWhatIsRevoked()
        }
    }

    static func bearer(_ world: RunningLine) throws -> Principal {
        let principal: Principal? = world.line.authenticate(token: RunningLine.token.utf8)
        return try #require(principal)
    }

    @Test(
        "a call under way is ended at its server, and answered, when its grant goes", arguments: bothEras, End.allCases)
    func underWay(_ era: Era, _ end: End) async throws {
        let audit = try await withLine(CancellationTests.setup()) { world in
            let client = try await LineClient(world, era, as: Self.bearer(world))
            // A server that goes on and answers all the same: what it says comes too late.
            world.upstream.endsCancelled(false)
            world.upstream.script { _ in }
            let call = client.call("echo", meta: #""progressToken":1"#)
            let exchange = try #require(world.upstream.calls.value.first)
            world.line.endWhatIsRevoked()
            #expect(!exchange.isCancelled.value)
            end.happen(to: world)
            #expect(exchange.isCancelled.value)
            let answer = try await call.end()
            #expect(answer.status == end.status)
            #expect(answer.errorCode == RPCError.Code.denied.rawValue)
            exchange.reportProgress(1)
            exchange.answer(RecordedUpstream.emptyResult)
            #expect(call.recorder.heard.value.notifications.isEmpty)
            #expect(world.line.openCalls.all.isEmpty)
        }
        #expect(audit.endings == ["cancelled"])
    }

    @Test("another grant's call goes on, and so does one whose grant only got another policy", arguments: bothEras)
    func others(_ era: Era) async throws {
        let audit = try await withLine(CancellationTests.setup()) { world in
            let other = Principal(
                id: "grant:2", grant: Grant(id: "2", label: "laptop", access: world.principal.grant.access))
            let digest = TokenDigest(of: "ghs_other".utf8)
            world.line.configuration.replace(
                servers: [world.server],
                grants: [TokenDigest(of: RunningLine.token.utf8): world.principal, digest: other])
            let bearer: Principal? = world.line.authenticate(digest)
            let client = try await LineClient(world, era, as: bearer)
            world.upstream.script { _ in }
            let call = client.call("echo")
            let policy = Access.policy(.sample(.allow), .enforce)
            let changed = Principal(
                id: "grant:2", grant: Grant(id: "2", label: "laptop", access: [RunningLine.slug: policy]))
            world.line.configuration.replace(servers: [world.server], grants: [digest: changed])
            world.line.endWhatIsRevoked()
            let exchange = try #require(world.upstream.calls.value.first)
            #expect(!exchange.isCancelled.value)
            exchange.answer(RecordedUpstream.emptyResult)
            try await call.expectAnswer()
            #expect(world.line.openCalls.all.isEmpty)
        }
        #expect(audit.endings == ["completed"])
    }

    @Test(
        "a call that waits to be charged, or for the first list, is not sent once its grant is gone",
        arguments: [true, false])
    func beforeSending(_ isCharged: Bool) async throws {
        var setup = CancellationTests.setup(isCharged ? .limited(to: 1) : RuleGroup())
        setup.isEstablished = isCharged
        try await withLine(setup) { world in
            let client = try await LineClient(world, .modern, as: Self.bearer(world))
            world.counters.hold()
            world.upstream.scriptLists { _ in }
            let call = client.call("echo")
            if isCharged {
                try await eventually { world.counters.held == 1 }
            } else {
                _ = try await world.upstream.lists.value { $0.count == 1 }
            }
            End.revoked.happen(to: world)
            world.counters.letGo()
            world.upstream.lists.value.first?.answer(RecordedUpstream.page([RunningLine.definition("echo")]))
            let answer = try await call.end()
            #expect(answer.toolText?.hasSuffix("The call was not sent.") == true)
            #expect(world.upstream.calls.value.isEmpty)
            #expect(world.line.openCalls.all.isEmpty)
        }
    }

    @Test(
        "a message whose sender was known before the grant went reaches no server, whole as it may come afterwards",
        arguments: [RunningLine.slug, Stack.address], End.allCases)
    func beforeItsBody(_ server: String, _ end: End) async throws {
        let audit = try await withLine(CancellationTests.setup()) { world in
            world.upstream.relaysListening(true)
            let client = try await LineClient(world, .modern, as: Self.bearer(world), at: server)
            let legacy = try await LineClient(world, .legacy, as: Self.bearer(world), at: server)
            let stranger = LineClient(legacy, session: nil)
            let lists = world.upstream.lists.value.count
            end.happen(to: world)
            let tool = server == Stack.address ? "tools__echo" : "echo"
            let messages = [
                client.call(tool), client.ask("tools/list"), client.ask("prompts/list"), client.ask("server/discover"),
                client.ask("subscriptions/listen", #""notifications":{"toolsListChanged":true}"#),
                legacy.call(tool), legacy.ask("ping"),
                stranger.ask("initialize", #""protocolVersion":"2025-11-25","capabilities":{}"#),
                client.send(Array(#"{"jsonrpc":"2.0","method":"notifications/roots/list_changed"}"#.utf8)),
            ]
            for message in messages { #expect(try await message.end().status == end.status) }
            #expect(stranger.world.line.conversations.contains { _ in true } == false)
            #expect(world.upstream.calls.value.isEmpty && world.upstream.lists.value.count == lists)
            #expect(world.upstream.watches.value.isEmpty && world.upstream.notices.value.isEmpty)
        }
        let reason = end.status == .unauthorized ? "unknown token" : "unknown server"
        #expect(audit.words == Array(repeating: "refused (\(reason))", count: 9))
    }

    @Test(
        "a server of the stack that a grant no longer reaches is not reached by a message that began before",
        arguments: [true, false])
    func oneOfTheStack(_ isAnothers: Bool) async throws {
        let stack = StackWorld()
        try await stack.run { world in
            let bearer = try Self.bearer(world)
            let client = try await LineClient(world, .modern, as: bearer, at: Stack.address)
            let alone = try await LineClient(world, .modern, as: bearer, at: "aws")
            let asked = stack.aws.lists.value.count
            // The name is free, or another organisation's by now.
            let left = world.servers.filter { $0.slug != "aws" }
            let taken = Server(
                slug: "aws", of: "org_2", upstream: stack.aws, settings: ServerSettings(acceptance: .initial))
            let access = bearer.grant.access.filter { $0.key != "aws" }
            let grant = Grant(id: bearer.grant.id, label: bearer.grant.label, access: access)
            world.line.configuration.replace(
                servers: isAnothers ? left + [taken].compactMap(\.self) : left,
                grants: [TokenDigest(of: RunningLine.token.utf8): Principal(grant: grant)])
            world.line.endWhatIsRevoked()
            try await client.call("aws__list").expectError(.invalidParams)
            let list = try await client.ask("tools/list", id: "2").end()
            #expect(list.names() == ["files__read", "files__x__y", "tools__echo"])
            #expect(try await alone.call("list").end().status == .notFound)
            #expect(stack.aws.lists.value.count == asked)
        }
        #expect(stack.arrived == [])
    }

    @Test("a call that is gone on with is among those under way before its leg can be answered, and not afterwards")
    func resumed() async throws {
        try await withLine(RoundTripTests.setup(.legacy)) { world in
            let client = try await LineClient(world, .modern, as: Self.bearer(world), capabilities: RoundTripTests.able)
            let open = world.line.openCalls
            let found = Watched<InFlight?>(nil)
            world.upstream.script { exchange in
                found.change { $0 = open.all.first }
                _ = exchange.ask("elicitation/create", params: RoundTripTests.form)
            }
            let first = try await client.call("echo").end().json["result"]
            let (flight, state) = (try #require(found.value), try #require(first?["requestState"]?.string))
            let answers = #""requestState":"\#(state)","inputResponses":{"q1":{"action":"accept"}}"#
            let leg = Watched<LineClient.Sent?>(nil)
            await withTaskGroup(of: Void.self) { group in
                // Nothing is put among the open calls for as long as this looks.
                open.calls.withLock { calls in
                    group.addTask {
                        let sent = client.ask(
                            "tools/call", #""name":"echo","arguments":{},\#(answers)"#, name: Array("echo".utf8))
                        leg.change { $0 = sent }
                    }
                    let end = ContinuousClock.now + .milliseconds(300)
                    var isWaitedFor = false
                    while !isWaitedFor, ContinuousClock.now < end {
                        isWaitedFor = flight.state.withLock { $0.client != nil }
                    }
                    #expect(!isWaitedFor && calls.isEmpty)
                }
            }
            let sent = try #require(leg.value)
            #expect(open.all.count == 1)
            world.upstream.calls.value[0].answer(RecordedUpstream.emptyResult)
            try await sent.expectAnswer()
            #expect(open.all.isEmpty)
        }
    }

    @Test("what is refused, answered or parked is under way no more")
    func forgotten() async throws {
        try await withLine(RoundTripTests.setup(.legacy)) { world in
            let client = try await LineClient(world, .modern, as: Self.bearer(world), capabilities: RoundTripTests.able)
            world.upstream.script { _ = $0.ask("elicitation/create", params: RoundTripTests.form) }
            let leg = client.call("echo", #"{"a":1}"#)
            _ = try await leg.end()
            #expect(world.line.openCalls.all.isEmpty)
            let exchange = try #require(world.upstream.calls.value.first)
            #expect(!exchange.isCancelled.value)
            // Revoked, a parked call is ended at its server too.
            End.revoked.happen(to: world)
            #expect(exchange.isCancelled.value)
        }
    }
}

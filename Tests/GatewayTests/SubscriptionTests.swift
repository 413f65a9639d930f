import Gateway
import GatewayTesting
import MCPMessages
import PolicyEngine
import Testing
import WireJSON

/// Listening to a server outside any request (protocol notes 1.10).
@Suite("Subscriptions")
struct SubscriptionTests {
    private static func setup(_ policy: Policy = .sample(.allow)) throws -> RunningLine.Setup {
        let upstream = RecordedUpstream(tools: [RunningLine.definition("echo")])
        let result = #"{"capabilities":{"tools":{},"resources":{"subscribe":true}}}"#
        upstream.describes(
            .success(UpstreamDescription(version: .modern, result: try JSON(Array(result.utf8)))))
        return .init(.policy(policy, .enforce), upstream)
    }

    private static func updated(_ uri: String) throws -> UpstreamEvent {
        let text = #"{"jsonrpc":"2.0","method":"notifications/resources/updated","params":{"uri":"\#(uri)","n":1.0}}"#
        guard case .notification(let notification) = try Message(try JSON(Array(text.utf8))) else {
            throw WaitedTooLong(last: text)
        }
        return .notification(notification)
    }

    private static func told(_ principal: String, _ uri: String) throws -> UpstreamEvent {
        guard case .notification(let notification) = try updated(uri) else { throw WaitedTooLong(last: uri) }
        return .told(notification, principal: principal)
    }

    private func heard(_ sent: LineClient.Sent) -> [String] {
        sent.recorder.heard.value.notifications.map { text($0) }
    }

    @Test("what is honoured is acknowledged first; every message names the subscription; nothing else is told")
    func listening() async throws {
        try await withLine(try Self.setup()) { world in
            let client = try await LineClient(world, .modern)
            let listen = client.ask(
                "subscriptions/listen",
                #""notifications":{"toolsListChanged":true,"promptsListChanged":true,"resourceSubscriptions":["a:1"]}"#,
                id: "17")
            let mark = #""_meta":{"io.modelcontextprotocol/subscriptionId":17}"#
            let acknowledged =
                #"{"jsonrpc":"2.0","method":"notifications/subscriptions/acknowledged","params":{"notifications":{"toolsListChanged":true,"resourceSubscriptions":["a:1"]},\#(mark)}}"#
            #expect(heard(listen) == [acknowledged])
            let line = world.line
            for event in [
                .changed(.prompts), .changed(.tools), try Self.updated("a:1"), try Self.updated("a:2"),
                try Self.told("grant:other", "a:1"), try Self.told(world.principal.id, "a:1"),
            ] as [UpstreamEvent] {
                line.heard(event, from: RunningLine.slug)
                line.heard(event, from: "elsewhere")
            }
            let update =
                #"{"jsonrpc":"2.0","method":"notifications/resources/updated","params":{"uri":"a:1","n":1.0,\#(mark)}}"#
            #expect(
                heard(listen) == [
                    acknowledged, #"{"jsonrpc":"2.0","method":"notifications/tools/list_changed","params":{\#(mark)}}"#,
                    update, update,
                ])
            listen.cancellation.cancel()
            line.heard(try Self.updated("a:1"), from: RunningLine.slug)
            #expect(heard(listen).count == 4)
            let watches = world.upstream.watches.value
            #expect(watches.map(\.interest.resources.count).sorted() == [0, 1])
            #expect(watches.allSatisfy { $0.isCancelled.value })
        }
    }

    @Test("a resource that may not be read may not be watched, in either era", arguments: bothEras)
    func hidden(_ era: Era) async throws {
        let document = PolicyDocument(
            tools: RuleSection(standing: .allow),
            resources: RuleSection(
                standing: .deny,
                entries: [
                    .init(try #require(NamePattern("a:*")), RuleGroup()),
                    .init(
                        try #require(NamePattern("a:denied")),
                        RuleGroup(denyIf: [ConditionRule(conditions: [], onDeny: "no")])),
                ]))
        let policy = try Policy(compiling: document, id: "sections", version: 1)
        try await withLine(try Self.setup(policy)) { world in
            let client = try await LineClient(world, era)
            for (uri, isFine) in [("a:1", true), ("b:1", false), ("a:denied", false)] {
                switch era {
                case .modern:
                    let listen = client.ask(
                        "subscriptions/listen", #""notifications":{"resourceSubscriptions":["\#(uri)"]}"#)
                    #expect(heard(listen).count == 1 && heard(listen)[0].contains(uri) == isFine)
                    listen.cancellation.cancel()
                case .legacy:
                    let answer = try await client.ask("resources/subscribe", #""uri":"\#(uri)""#).end()
                    #expect((answer.errorCode == nil) == isFine, "\(answer.text)")
                }
            }
            let watched = world.upstream.watches.value.flatMap(\.interest.resources).map { text($0) }
            #expect(watched == ["a:1"])
        }
    }

    @Test(
        "who may no longer read a resource, or reach its server, is told nothing more of it, in either era",
        arguments: bothEras)
    func noLonger(_ era: Era) async throws {
        try await withLine(try Self.setup()) { world in
            let client = try await LineClient(world, era)
            let sent: LineClient.Sent
            switch era {
            case .modern:
                sent = client.ask(
                    "subscriptions/listen",
                    #""notifications":{"toolsListChanged":true,"resourceSubscriptions":["a:1"]}"#)
            case .legacy:
                _ = try await client.ask("resources/subscribe", #""uri":"a:1""#).end()
                sent = LineClient.Sent(recorder: AnswerRecorder(), cancellation: .none)
                _ = world.line.listen(
                    Entry(
                        principal: client.principal, server: RunningLine.slug, headers: nil, sessionID: client.session),
                    answering: sent.recorder)
            }
            let before = heard(sent).count
            func told() throws -> Int {
                world.line.heard(try Self.updated("a:1"), from: RunningLine.slug)
                return heard(sent).count - before
            }
            #expect(try told() == 1)
            let hidden = Policy.sample(.allow, id: "sections", version: 2)
            let document = PolicyDocument(
                tools: RuleSection(standing: .allow), resources: RuleSection(standing: .deny))
            for policy in [try Policy(compiling: document, id: "sections", version: 3), nil] {
                let access = policy.map { [RunningLine.slug: Access.policy($0, .enforce)] } ?? [:]
                let principal = Principal(grant: Grant(label: world.principal.grant.label, access: access))
                world.line.configuration.replace(
                    servers: [world.server], grants: [TokenDigest(of: RunningLine.token.utf8): principal])
                #expect(try told() == 1)
            }
            // Without the grant nothing is told of lists either.
            world.line.tell(.tools, at: RunningLine.slug)
            #expect(heard(sent).count - before == 1)
            let again = Principal(
                grant: Grant(
                    label: world.principal.grant.label, access: [RunningLine.slug: .policy(hidden, .enforce)]))
            world.line.configuration.replace(
                servers: [world.server], grants: [TokenDigest(of: RunningLine.token.utf8): again])
            #expect(try told() == 2)
            sent.cancellation.cancel()
        }
    }

    @Test("reads, lists and prompts pass the same gate; nothing denied arrives", arguments: bothEras)
    func sections(_ era: Era) async throws {
        let document = PolicyDocument(
            tools: RuleSection(standing: .deny),
            resources: RuleSection(
                standing: .deny,
                entries: [
                    .init(try #require(NamePattern("file:///open/*")), .denying("args.uri", .contains, "\"private\""))
                ]
            ),
            prompts: RuleSection(
                standing: .allow, hide: [try #require(NamePattern("secret"))],
                entries: [
                    .init(try #require(NamePattern("greet")), .denying("args.who", .equal, "\"root\"", say: "no"))
                ]))
        let policy = try Policy(compiling: document, id: "sections", version: 1)
        try await withLine(try Self.setup(policy)) { world in
            let client = try await LineClient(world, era)
            func read(_ uri: String) -> LineClient.Sent {
                client.ask("resources/read", #""uri":"\#(uri)""#, name: Array(uri.utf8))
            }
            func get(_ name: String, _ arguments: String) -> LineClient.Sent {
                client.ask("prompts/get", #""name":"\#(name)","arguments":\#(arguments)"#, name: Array(name.utf8))
            }
            let unknown: RPCError.Code = era == .modern ? .invalidParams : .resourceNotFound
            try await read("file:///etc/passwd").expectError(unknown)
            try await read("FILE:///open/a").expectError(unknown)
            try await read("file:///open/../etc").expectError(unknown)
            try await read("file:///open/private").expectError(.denied)
            try await read("file:///open/a").expectAnswer()
            try await get("secret", "{}").expectError(.invalidParams)
            try await get("Secret", "{}").expectAnswer()
            try await get("greet", #"{"who":"root"}"#).expectError(.denied)
            try await get("greet", #"{"who":["root"]}"#).expectError(.denied)
            try await get("greet", #"{"who":"ann"}"#).expectAnswer()
            for (ref, isFine) in [
                (#"{"type":"ref/prompt","name":"secret"}"#, false), (#"{"type":"ref/prompt","name":"greet"}"#, true),
                (#"{"type":"ref/resource","uri":"b:{x}"}"#, false), ("{}", false),
            ] {
                let answer = try await client.ask("completion/complete", #""ref":\#(ref)"#).end()
                #expect((answer.errorCode == nil) == isFine, "\(answer.text)")
            }
            let arrived = world.upstream.calls.value.map { text($0.mirroredName) }
            #expect(arrived == ["file:///open/a", "Secret", "greet", ""])
            world.upstream.lists(pages: [
                #"{"resources":[{"uri":"file:///open/a","x":1.0},{"uri":"file:///etc/passwd"},{"name":"none"}],"resultType":"complete"}"#
            ])
            let list = try await client.ask("resources/list").end().json["result"]
            #expect(list?["resources"].map { text($0.bytes) } == #"[{"uri":"file:///open/a","x":1.0}]"#)
        }
    }

    @Test("a tool is called only with headers that repeat its annotated arguments, and they are derived anew upstream")
    func parameterHeaders() async throws {
        let schema =
            #"{"type":"object","properties":{"region":{"type":"string","x-mcp-header":"Region"},"n":{"type":"integer","x-mcp-header":"N"}}}"#
        let bad = #"{"type":"object","properties":{"region":{"type":"number","x-mcp-header":"Region"}}}"#
        let upstream = RecordedUpstream(tools: [
            RunningLine.definition("echo", schema: schema), RunningLine.definition("bad", schema: bad),
        ])
        try await withLine(.init(.policy(.sample(.allow), .enforce), upstream)) { world in
            let client = try await LineClient(world, .modern)
            let rows: [(arguments: String, headers: [(String, String)], isFine: Bool)] = [
                (#"{"region":"eu","n":42}"#, [("mcp-param-region", "eu"), ("Mcp-Param-N", "42.0")], true),
                (#"{"region":"eu"}"#, [("Mcp-Param-Region", "eu"), ("Mcp-Param-Other", "x")], true),
                (#"{"region":"Süd"}"#, [("Mcp-Param-Region", "=?base64?U8O8ZA==?=")], true),
                (#"{"region":"eu"}"#, [], false),
                (#"{"region":"eu"}"#, [("Mcp-Param-Region", "us")], false),
                (#"{"region":"eu"}"#, [("Mcp-Param-Region", "eu"), ("mcp-param-region", "eu")], false),
                ("{}", [("Mcp-Param-Region", "eu")], false),
                (#"{"region":"Süd"}"#, [("Mcp-Param-Region", "=?base64?U8O8ZA?=")], false),
                (#"{"n":42}"#, [("Mcp-Param-N", "43")], false),
            ]
            for row in rows {
                let body =
                    #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":\#(row.arguments),"_meta":{\#(LineClient.envelope)}}}"#
                let headers = MirroredHeaders(
                    protocolVersion: ["2026-07-28"], method: ["tools/call"], name: ["echo"],
                    parameters: row.headers.map { (name: $0.0, value: $0.1) })
                let answer = try await client.send(Array(body.utf8), headers).end()
                #expect(answer.errorCode == (row.isFine ? nil : -32020), "\(row)")
                #expect(answer.status == (row.isFine ? .ok : .badRequest))
            }
            #expect(world.upstream.calls.value.count == rows.count { $0.isFine })
            // A tool whose annotations are invalid is not shown and cannot be called.
            #expect(!(try await client.ask("tools/list").end().text.contains("bad")))
            try await client.call("bad").expectError(.invalidParams)
        }
    }
}

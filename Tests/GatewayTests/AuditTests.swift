import Gateway
import GatewayStorage
import GatewayTesting
import MCPMessages
import PolicyEngine
import Testing
import WireJSON

/// One record for every request that ends at the house or goes through it (product, "Audit").
@Suite("Audit")
struct AuditTests {
    static let policy = Policy.sample(.deny, tools: ["echo": RuleGroup()])

    static func setup() -> RunningLine.Setup { .init(.policy(policy, .enforce), tools: ["echo"]) }

    struct Ending: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let script: RecordedUpstream.Script
        var isToolError = false
        var code: Int?
        /// What a legacy client is told instead, where that is another thing.
        var legacyCode: Int?
    }

    static let endings =
        [
            Ending(testDescription: "completed", script: { $0.answer(#"{"content":[],"resultType":"complete"}"#) }),
            Ending(testDescription: "completed", script: { $0.answer("{}") }),
            Ending(
                testDescription: "tool_error", script: { $0.answer(#"{"isError":true,"content":[]}"#) },
                isToolError: true),
            Ending(
                testDescription: "error", script: { $0.answer(error: #"{"code":-32603,"message":"x"}"#) }, code: -32603),
            Ending(testDescription: "error", script: { $0.answer(error: #"{"code":7,"message":"x"}"#) }, code: 7),
            Ending(
                testDescription: "failed", script: { $0.answer(#"{"resultType":"input_required"}"#) }, isToolError: true
            ),
            Ending(
                testDescription: "cancelled", script: { $0.fail(.cancelled) }, isToolError: true, legacyCode: -32800),
        ]
        + UpstreamFailure.Kind.allCases.filter { $0 != .cancelled }.map { kind in
            Ending(testDescription: "failed", script: { $0.fail(kind, "secret detail") }, isToolError: true)
        }

    @Test("a call that was sent leaves its decision and one completion, however it ended", arguments: endings)
    func completions(_ ending: Ending) async throws {
        for era in bothEras {
            let audit = try await withClient(era, Self.setup()) { client in
                client.world.upstream.script { exchange in
                    client.world.clock.advance(by: .milliseconds(3))
                    ending.script(exchange)
                }
                let answer = try await client.call("echo", #"{"b":1,"a":2}"#).end()
                let legacyCode = era == .legacy ? ending.legacyCode : nil
                #expect(answer.isToolError == (ending.isToolError && legacyCode == nil))
                #expect(answer.errorCode == legacyCode ?? ending.code)
                #expect(!answer.text.contains("secret"))
            }
            #expect(audit.words == ["allowed echo"])
            #expect(audit.endings == [ending.testDescription])
            let completion = try #require(audit.completions.first)
            #expect(completion["latencyMicroseconds"]?.int == 3000)
            #expect(completion["server"]?.string == "tools" && completion["tool"]?.string == "echo")
            #expect(completion["code"]?.int == ending.code)
        }
    }

    @Test("a decision says who asked what of whom, and no argument's value unless that is asked for")
    func subject() async throws {
        for capture in ServerSettings.Capture.allCases {
            var setup = Self.setup()
            setup.settings.capture = capture
            let audit = try await withClient(.legacy, setup) { client in
                _ = try await client.call("echo", "{\"b\":\n\"hush\",\"a\":1.0}").end()
            }
            let decision = try #require(audit.decisions.first)
            #expect(decision["grant"]?.string == "laptop" && decision["principal"]?.string == "grant:laptop")
            #expect(decision["server"]?.string == "tools" && decision["method"]?.string == "tools/call")
            #expect(decision["client"]?.string == "client/7" && decision["session"]?.string?.hasPrefix("gs-") == true)
            #expect(decision["policy"]?.string == "sample" && decision["policyVersion"]?.int == 1)
            #expect(decision["definition"]?.string?.utf8.count == 64 && decision["mode"]?.string == "enforce")
            #expect(decision["argumentKeys"].map { text($0.bytes) } == #"["a","b"]"#)
            #expect(decision["argumentsDigest"]?.string?.utf8.count == 64)
            #expect(decision["arguments"]?["b"]?.string == (capture == .full ? "hush" : nil))
            #expect(text(decision.source).contains("hush") == (capture == .full))
            #expect(!text(decision.source).contains(RunningLine.token))
            // One line, so that nothing an agent sends can look like an entry of its own.
            #expect(!decision.source.contains(0x0A))
        }
    }

    @Test("the same arguments have the same digest, however they are written")
    func digests() async throws {
        let audit = try await withClient(.modern, Self.setup()) { client in
            for arguments in [#"{"a":1,"b":"é"}"#, #"{ "b":"\u00e9" , "a":1.0 }"#, #"{"a":1,"b":"e\u0301"}"#] {
                _ = try await client.call("echo", arguments).end()
            }
        }
        let digests = audit.decisions.compactMap { $0["argumentsDigest"]?.string }
        #expect(digests.count == 3 && digests[0] == digests[1] && digests[0] != digests[2])
    }

    @Test("strangers' words are shortened and escaped")
    func shortened() async throws {
        let name = "\u{1B}[31m\n" + String(repeating: "é", count: 2000)
        let audit = try await withClient(.modern, Self.setup()) { client in
            _ = try await client.call(name).end()
        }
        let decision = try #require(audit.decisions.first)
        let tool = try #require(decision["tool"]?.string)
        #expect(tool.utf8.count <= GatewayLimits.auditTextBytes + 3 && tool.hasSuffix("é…"))
        #expect(decision.source.allSatisfy { $0 >= 0x20 })
    }

    struct Refused: Sendable, CustomTestStringConvertible {
        let reason: RefusalReason
        let send: @Sendable (LineClient) -> LineClient.Sent
        let status: Answer.Status
        let code: Int

        init(
            _ reason: RefusalReason, _ status: Answer.Status, _ code: Int,
            _ send: @escaping @Sendable (LineClient) -> LineClient.Sent
        ) {
            self.reason = reason
            self.send = send
            self.status = status
            self.code = code
        }

        var testDescription: String { reason.rawValue }
    }

    private static func raw(_ text: String) -> @Sendable (LineClient) -> LineClient.Sent {
        { $0.send(Array(text.utf8), method: "ping") }
    }

    static let legacy = [
        Refused(.malformed, .badRequest, -32700, raw("{")),
        Refused(.ambiguous, .badRequest, -32600, raw("[]")),
        Refused(.invalidParams, .badRequest, -32602, raw(#"{"jsonrpc":"2.0","id":1,"method":"ping","params":[]}"#)),
        Refused(.invalidParams, .ok, -32602) { $0.ask("tools/call", #""name":7"#) },
        Refused(.invalidParams, .ok, -32602) { $0.ask("tools/list", #""cursor":7"#) },
        Refused(.unknownMethod, .ok, -32601) { $0.ask("resources/anything") },
        Refused(.unknownMethod, .ok, -32601) { $0.ask("server/discover") },
        Refused(
            .notificationCall, .badRequest, -32600,
            raw(#"{"jsonrpc":"2.0","method":"tools/call","params":{"name":"echo"}}"#)),
        Refused(.wrongEra, .badRequest, -32600) {
            $0.send(
                Array(#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#.utf8),
                MirroredHeaders(protocolVersion: ["2024-01-01"]))
        },
        Refused(.unknownSession, .notFound, -32600) { client in
            var client = client
            client.session = "gs-00000000000000000000000000000000"
            return client.ask("ping")
        },
        Refused(.missingSession, .badRequest, -32600) { client in
            var client = client
            client.session = nil
            return client.call("echo")
        },
        Refused(.missingSession, .badRequest, -32600) { client in
            var client = client
            client.session = nil
            return client.send(Array(#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#.utf8))
        },
        Refused(.unknownServer, .notFound, -32600) { client in
            let recorder = AnswerRecorder()
            let entry = Entry(principal: client.principal, server: "other", headers: nil)
            return .init(
                recorder: recorder, cancellation: client.world.line.receive([], from: entry, answering: recorder))
        },
    ]

    static let modern = [
        Refused(.headerMismatch, .badRequest, -32020) {
            $0.ask("tools/call", #""name":"echo""#, name: Array("evil".utf8))
        },
        Refused(.wrongEra, .badRequest, -32602, raw(#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#)),
        Refused(.wrongEra, .badRequest, -32022) {
            let meta = LineClient.envelope.replacing("2026-07-28", with: "2027-01-01")
            let body = #"{"jsonrpc":"2.0","id":1,"method":"ping","params":{"_meta":{\#(meta)}}}"#
            return $0.send(Array(body.utf8), MirroredHeaders(protocolVersion: ["2027-01-01"], method: ["ping"]))
        },
        Refused(.unknownMethod, .notFound, -32601) { $0.ask("ping") },
        Refused(.unknownMethod, .notFound, -32601) { $0.ask("initialize") },
        Refused(.unknownMethod, .notFound, -32601) { $0.ask("resources/subscribe") },
        Refused(.unknownMethod, .notFound, -32601) { $0.ask("vendor/anything") },
        Refused(.invalidParams, .badRequest, -32602) {
            $0.ask("tools/call", #""name":"echo","arguments":[]"#, name: Array("echo".utf8))
        },
        Refused(.notificationCall, .badRequest, -32600) {
            $0.send(Array(#"{"jsonrpc":"2.0","method":"tools/call","params":{"name":"echo"}}"#.utf8))
        },
        Refused(.ambiguous, .badRequest, -32600) { $0.send(Array(#"{"jsonrpc":"2.0","id":1,"result":{}}"#.utf8)) },
    ]

    @Test("each refusal leaves one entry with its reason, and its own answer", arguments: legacy)
    func legacyRefusal(_ row: Refused) async throws { try await expect(row, .legacy) }

    @Test("each refusal of a modern client leaves one entry with its reason, and its own answer", arguments: modern)
    func modernRefusal(_ row: Refused) async throws { try await expect(row, .modern) }

    private func expect(_ row: Refused, _ era: Era) async throws {
        let audit = try await withClient(era, Self.setup()) { client in
            let answer = try await row.send(client).end()
            #expect(answer.errorCode == row.code)
            #expect(answer.status == row.status)
            #expect(client.world.upstream.calls.value.isEmpty)
        }
        #expect(audit.words == ["refused (\(row.reason.rawValue))"])
        #expect(audit.decisions.first?["grant"]?.string == "laptop")
    }
}

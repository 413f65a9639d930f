import GatewayTesting
import MCPMessages
import PolicyEngine
import Testing
import WireJSON

@testable import Gateway

/// No hostile body makes a server do what policy denies, however the server reads, and the audit says what was done.
@Suite("Hostile bodies")
struct HostileBodyTests {
    static let policy = Policy.sample(
        .deny, hide: ["evil"],
        tools: [
            "echo": RuleGroup(), "caf\u{E9}": RuleGroup(), "evil": RuleGroup(),
            "read": .denying("args.path", .equal, "\"/etc/passwd\""),
        ])

    private func setup(_ personality: Personality) -> RunningLine.Setup {
        .init(.policy(Self.policy, .enforce), tools: ["echo", "evil", "read", "caf\u{E9}"], personality: personality)
    }

    private func bytes(_ body: HostileBodies.Body, _ era: Era) -> [UInt8] {
        let meta = Array((era == .modern ? "\"_meta\":{\(LineClient.envelope)}" : "\"_meta\":{}").utf8)
        // By bytes: not every body is a text.
        var whole: [UInt8] = []
        var rest = body.bytes[...]
        while let place = rest.firstIndex(of: UInt8(ascii: "$")) {
            whole += rest[..<place] + meta
            rest = rest[place...].dropFirst(2)
        }
        return whole + rest
    }

    /// A body of megabytes is read by one kind of server only.
    private func personalities(for body: HostileBodies.Body) -> [Personality] {
        body.bytes.count > 100_000 ? [.lastKeyWins] : Personality.allCases
    }

    @Test("a hostile body is refused, or is the call it plainly is", arguments: HostileBodies.all)
    func hostile(_ body: HostileBodies.Body) async throws {
        for era in bothEras {
            for personality in personalities(for: body) {
                let setup = setup(personality)
                let audit = try await withClient(era, setup) { client in
                    let name =
                        body.name.contains("composed") ? "caf\u{E9}" : body.name.contains("read") ? "read" : "echo"
                    let answer = try await client.send(bytes(body, era), name: Array(name.utf8)).end()
                    switch (body.code, era) {
                    case (nil, _): #expect(answer.errorCode == nil, "\(answer.text)")
                    case (0?, .legacy): #expect(answer.isToolError)
                    case (let code?, .legacy): #expect(answer.errorCode == code, "\(answer.text)")
                    // Some meet the headers first.
                    case (_?, .modern): #expect(answer.errorCode != nil || answer.isToolError, "\(answer.text)")
                    }
                }
                try expectHarmless(setup.upstream, audit)
                #expect(setup.upstream.calls.value.count == (body.code == nil ? 1 : 0))
                #expect(audit.decisions.count == 1)
            }
        }
    }

    /// What ran is what was let through, and the audit knows it: tool and arguments, as the server read them.
    private func expectHarmless(_ upstream: RecordedUpstream, _ audit: Audit) throws {
        let allowed = audit.decisions.filter { $0["outcome"]?.string == "allowed" }
        for (call, decision) in zip(upstream.calls.value, allowed) {
            let effective = try #require(call.effective)
            #expect(!upstream.personality.takes(effective.tool, for: "evil"))
            #expect(effective.arguments.map { !text($0).contains("/etc/passwd") } ?? true)
            #expect(decision["tool"]?.utf8 == effective.tool)
            // A server that folds keys may hold fewer than it was sent: what it was sent is what the audit has.
            guard upstream.personality == .firstKeyWins || upstream.personality == .lastKeyWins else { continue }
            let digest = try effective.arguments.map {
                Hexadecimal.text(AuditText.digest(try JSON($0).canonicalExact()))
            }
            #expect(decision["argumentsDigest"]?.string == digest)
        }
    }

    @Test("random mutations of a call never make a server run what is denied", arguments: Personality.allCases)
    func mutations(_ personality: Personality) async throws {
        let seed = UInt64.random(in: .min ... .max)
        var dice = SeededGenerator(seed: seed)
        let setup = setup(personality)
        let audit = try await withClient(.legacy, setup) { client in
            let pieces = [
                "\"name\":\"echo\"", "\"name\":\"evil\"", "\"Name\":\"evil\"",
                "\"arguments\":{\"path\":\"/etc/passwd\"}",
                "\"n\\u0061me\":\"evil\"", ",", "{", "}", "[", "]", ":", "\"", "\\", "\u{FEFF}", "\0", "\"params\":{",
                "evil", "null", " ",
            ]
            for round in 0..<600 {
                var body = Array(
                    #"{"jsonrpc":"2.0","id":\#(round),"method":"tools/call","params":{"name":"echo","arguments":{"path":"/a"}}}"#
                )
                for _ in 0..<Int.random(in: 1...3, using: &dice) {
                    let place = Int.random(in: 0..<body.count, using: &dice)
                    let end = min(body.count, place + Int.random(in: 0...2, using: &dice))
                    body.replaceSubrange(place..<end, with: pieces.randomElement(using: &dice) ?? "")
                }
                _ = try await client.send(Array(String(body).utf8)).end()
            }
        }
        for call in setup.upstream.calls.value {
            let effective = try #require(call.effective, "seed \(seed)")
            #expect(!personality.takes(effective.tool, for: "evil"), "seed \(seed): \(call.text)")
        }
        try expectHarmless(setup.upstream, audit)
    }
}

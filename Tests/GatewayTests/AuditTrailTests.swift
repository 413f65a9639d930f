import GatewayStorage
import GatewayTesting
import Logging
import MCPMessages
import PolicyEngine
import Testing
import WireJSON

@testable import Gateway

/// Nothing goes upstream of which the audit cannot keep a record.
@Suite("Audit trail")
struct AuditTrailTests {
    static let unavailable = "Denied by policy: (audit unavailable) The call was not sent; try again later."

    private func setup(
        _ audit: ControlledAudit, isStrict: Bool = false, group: RuleGroup = RuleGroup()
    ) -> RunningLine.Setup {
        var setup = RunningLine.Setup(.policy(.sample(.deny, tools: ["echo": group]), .enforce), tools: ["echo"])
        setup.audit = audit
        setup.settings.isAuditStrict = isStrict
        return setup
    }

    private func entry(bytes: Int = 0) -> AuditEntry {
        AuditEntry(
            time: WallTime(milliseconds: 0), request: "filler",
            content: .decision(
                .init(
                    subject: CallSubject(requestBytes: bytes), outcome: .refused(.malformed), advisory: nil, mode: nil,
                    policy: nil, charges: [])))
    }

    @Test(
        "while the writer fails calls are denied, and what was promised before is written once it can",
        arguments: [false, true])
    func failing(isStrict: Bool) async throws {
        let store = ControlledAudit(over: MemoryAudit())
        let audit = try await RunningLine.with(setup(store, isStrict: isStrict, group: .limited(to: 1))) { world in
            let client = try await LineClient(world, .modern)
            store.fail(with: .diskFull(path: "/"))
            #expect(world.line.trail.record(entry()))
            // A second attempt shows that the first one's failure is known.
            try await store.attempts.value { $0 >= 2 }
            for _ in 0..<3 { #expect(try await client.call("echo").end().toolText == Self.unavailable) }
            #expect(world.upstream.calls.value.isEmpty)
            store.fail(with: nil)
            try await eventually { world.line.trail.record(entry()) }
            // What the denied calls were charged is free again.
            try await client.call("echo").expectAnswer()
        }
        #expect(audit.contains { $0["request"]?.string == "filler" })
    }

    @Test("where the queue is full, the call is denied and nothing is charged or sent")
    func full() async throws {
        let store = ControlledAudit(over: MemoryAudit())
        try await RunningLine.with(setup(store, group: .limited(to: 1))) { world in
            let client = try await LineClient(world, .modern)
            store.hold()
            #expect(world.line.trail.record(entry()))
            try await store.attempts.value { $0 >= 1 }
            // One entry weighs what its request does; this one takes all there is.
            #expect(world.line.trail.record(entry(bytes: GatewayLimits.auditQueueBytes - 512)))
            #expect(!world.line.trail.record(entry()))
            #expect(try await client.call("echo").end().toolText == Self.unavailable)
            #expect(world.upstream.calls.value.isEmpty)
            store.letGo()
            try await store.attempts.value { $0 >= 2 }
            try await client.call("echo").expectAnswer()
        }
    }

    @Test("the queue holds so many entries and not one more, and a completion all the same")
    func bound() async throws {
        let trail = AuditTrail(MemoryAudit(), logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        for _ in 0..<GatewayLimits.auditQueueEntries { #expect(trail.record(entry())) }
        #expect(!trail.record(entry()))
        trail.complete(entry())
        trail.close()
        #expect(!trail.record(entry()))
        await trail.run()
    }

    @Test("a strict server's call waits until its decision is durable")
    func strict() async throws {
        let store = ControlledAudit(over: MemoryAudit())
        let audit = try await RunningLine.with(setup(store, isStrict: true)) { world in
            let client = try await LineClient(world, .modern)
            store.hold()
            let call = client.call("echo")
            try await store.attempts.value { $0 >= 1 }
            #expect(world.upstream.calls.value.isEmpty && call.recorder.answer == nil)
            store.letGo()
            try await call.expectAnswer()
            #expect(world.upstream.calls.value.count == 1)
        }
        Audit(entries: audit).expectWhole()
    }

    @Test(
        "a strict server's call whose decision could not be written is denied at the first failure, and never sent later"
    )
    func strictFailing() async throws {
        let store = ControlledAudit(over: MemoryAudit())
        let audit = try await RunningLine.with(setup(store, isStrict: true, group: .limited(to: 1))) { world in
            let client = try await LineClient(world, .legacy)
            store.fail(with: .diskFull(path: "/"))
            #expect(try await client.call("echo").end().toolText == Self.unavailable)
            store.fail(with: nil)
            // What was not kept is not written when it can be again, and its charge is free.
            try await eventually { try await client.call("echo").end().isToolError == false }
            #expect(world.upstream.calls.value.count == 1)
        }
        Audit(entries: audit).expectWhole()
        #expect(audit.count { $0["outcome"]?.string == "allowed" } == 1)
    }

    @Test("when the trail ends, whoever still waits is told that nothing was kept")
    func ending() async throws {
        let store = ControlledAudit(over: MemoryAudit())
        store.fail(with: .overloaded)
        let trail = AuditTrail(store, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let told = Watched<[Bool]>([])
        let many = GatewayLimits.auditBatch + 7
        for _ in 0..<many {
            #expect(trail.record(entry()) { isDurable in told.change { $0.append(isDurable) } })
        }
        trail.close()
        await trail.run()
        #expect(told.value == Array(repeating: false, count: many))
    }

    @Test("entries are written in their order, whatever the batches, and their chain holds")
    func chain() async throws {
        let store = MemoryAudit()
        let trail = AuditTrail(store, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        async let running: Void = trail.run()
        for number in 0..<3000 {
            var entry = entry()
            entry.request = "r\(number)"
            #expect(trail.record(entry))
        }
        trail.close()
        await running
        let requests = try await store.records(after: 0, limit: 5000).map { try JSON($0.entry)["request"]?.string }
        #expect(requests == (0..<3000).map { "r\($0)" })
        #expect(try await AuditVerifier(store).verify() == .intact(store.head()))
    }

    @Test("a second run goes on where the first one ended")
    func resuming() async throws {
        let store = MemoryAudit()
        for _ in 0..<2 {
            let trail = AuditTrail(store, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            #expect(trail.record(entry()))
            trail.close()
            await trail.run()
        }
        #expect(try await store.head()?.sequence == 2)
        #expect(try await AuditVerifier(store).verify() == .intact(store.head()))
    }
}

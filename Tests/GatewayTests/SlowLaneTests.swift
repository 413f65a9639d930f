import GatewayTesting
import Synchronization
import Testing

@testable import Gateway

/// Work that waits for something outside the process.
@Suite("Slow lane", .timeLimit(.minutes(1)))
struct SlowLaneTests {
    private func running(_ lane: SlowLane, _ body: () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await lane.run() }
            do {
                try await body()
            } catch {
                lane.close()
                throw error
            }
            lane.close()
            try await group.waitForAll()
        }
    }

    @Test("jobs that have not ended are bounded, whether they run or wait to")
    func bounded() async throws {
        let lane = SlowLane()
        let gate = Watched(false)
        let ended = Watched(0)
        try await running(lane) {
            for _ in 0..<GatewayLimits.slowLaneJobs {
                #expect(
                    lane.submit {
                        _ = try? await gate.value { $0 }
                        ended.change { $0 += 1 }
                    })
            }
            #expect(!lane.submit {})
            gate.change { $0 = true }
            try await ended.value { $0 == GatewayLimits.slowLaneJobs }
            try await eventually { lane.submit {} }
        }
    }

    @Test("a job that was put off is put off no longer than until the lane closes, and is done")
    func closing() async throws {
        let lane = SlowLane()
        let done = Watched(0)
        try await running(lane) {
            for _ in 0..<10 { #expect(lane.submit(after: .seconds(3600)) { done.change { $0 += 1 } }) }
            #expect(lane.submit(after: .milliseconds(1)) { done.change { $0 += 1 } })
            try await done.value { $0 == 1 }
        }
        #expect(done.value == 11)
        #expect(!lane.submit {})
    }
}

import CAllocationCount
import PolicyEngine
import WireJSON

#if canImport(Glibc)
import Glibc
#endif

/// How long one call takes to be decided by one policy.
///
/// Time is that of this thread's processor, in many short spells of which the quickest counts: what else the machine
/// does is not measured.
struct Measurement {
    /// The rules at hand and the arguments parsed, as for most calls.
    let decide: Double
    /// The tool found by its name, and its visibility with it.
    let find: Double
    /// The arguments read from their bytes too.
    let readAndDecide: Double
    let bindMicroseconds: Double
    let allocations: Double

    init(of policy: Policy, _ tool: ToolName, _ call: [UInt8]) throws {
        let context = PolicyContext(tool: tool, serverName: "bench", grantLabel: "laptop", time: 1_785_240_000_000)
        let request = PolicyRequest(arguments: try JSON(call), context: context)
        let rules = policy.rules(for: tool, inputSchema: nil)
        guard case .permitted = rules.decide(request) else { throw Problem(description: "the call is denied") }

        var permitted = 0
        decide = Self.nanoseconds(each: 1_000) {
            if case .permitted = rules.decide(request) { permitted += 1 }
        }
        find = Self.nanoseconds(each: 1_000) {
            if policy.visibility(of: tool) == .visible { permitted += 1 }
        }
        readAndDecide = try Self.nanoseconds(each: 1_000) {
            let request = PolicyRequest(arguments: try JSON(call), context: context)
            if case .permitted = rules.decide(request) { permitted += 1 }
        }
        bindMicroseconds =
            Self.nanoseconds(each: 20) {
                if policy.rules(for: tool, inputSchema: nil).isUnconditional { permitted += 1 }
            } / 1_000
        let before = allocation_count()
        for _ in 0..<10_000 {
            if case .permitted = rules.decide(request) { permitted += 1 }
        }
        allocations = Double(allocation_count() - before) / 10_000
        guard permitted > 0 else { throw Problem(description: "nothing was permitted") }
    }

    func line(for policy: String) -> String {
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("policy", policy)
        for (key, value) in [
            ("decide_ns", decide), ("find_ns", find), ("read_and_decide_ns", readAndDecide),
            ("bind_us", bindMicroseconds), ("allocations", allocations),
        ] {
            writer.key(key)
            writer.raw(Array("\((value * 10).rounded() / 10)".utf8))
        }
        writer.endObject()
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    private static func nanoseconds<Failure: Error>(
        each count: Int, _ body: () throws(Failure) -> Void
    ) throws(Failure) -> Double {
        var best = Int64.max
        for _ in 0..<300 {
            let start = processorTime()
            for _ in 0..<count { try body() }
            best = min(best, processorTime() - start)
        }
        return Double(best) / Double(count)
    }

    private static func processorTime() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}

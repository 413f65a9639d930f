import CChildProcess
import Gateway
import Glibc
import NIOCore
import Synchronization

/// Sees to it that children use no more than they may: sets what the kernel bounds for each process, and counts what it
/// does not bound for a child and its descendants together.
final class StdioWarden: Sendable {
    private let limits: StdioLimits
    private let wards = Mutex<[ProcessGroup: NIOLoopBound<StdioChild>]>([:])

    init(_ limits: StdioLimits) { self.limits = limits }

    /// Bounds a child that has just been started, and counts it from now on.
    func take(_ group: ProcessGroup, _ child: NIOLoopBound<StdioChild>) throws(UpstreamFailure) {
        var reason: CInt = 0
        let data = UInt64(clamping: limits.memory.multipliedReportingOverflow(by: StdioLimits.memoryBurst).partialValue)
        let isConfined = gatehouse_confine(group.leader, data, UInt64(clamping: limits.descriptors), &reason) == 0
        // One that has ended already needs no bounds.
        guard isConfined || reason == ESRCH else {
            throw UpstreamFailure(.unreachable, "the process could not be bounded: errno \(reason)", wroteNothing: true)
        }
        wards.withLock { $0[group] = child }
    }

    func forget(_ group: ProcessGroup) { _ = wards.withLock { $0.removeValue(forKey: group) } }

    /// Counts until cancelled.
    func run() async {
        while (try? await Task.sleep(for: limits.census)) != nil { inspect() }
    }

    private func inspect() {
        let wards = wards.withLock { $0 }
        guard !wards.isEmpty else { return }
        let census = ProcessCensus.recent(within: limits.census / 2)
        for (group, child) in wards {
            guard excess(of: ProcessUsage(census.household(of: group.leader))) != nil else { continue }
            // Numbers of processes are given anew: nobody is ended by an old list.
            let usage = ProcessUsage(ProcessCensus.take().household(of: group.leader))
            guard let bound = excess(of: usage) else { continue }
            child.eventLoop.execute { child.value.used(usage, over: bound) }
        }
    }

    /// What is too much, in words.
    private func excess(of usage: ProcessUsage) -> String? {
        if usage.bytes > limits.memory {
            return "used \(usage.bytes >> 20) MiB of memory, more than \(limits.memory >> 20)"
        }
        if usage.people.count > limits.processes {
            return "was \(usage.people.count) processes, more than \(limits.processes)"
        }
        return nil
    }
}

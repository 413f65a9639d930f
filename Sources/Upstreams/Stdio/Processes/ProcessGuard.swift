import CChildProcess
import Glibc
import Synchronization

/// Sees to it that no child outlives this process, however it ends: a forked guard is told of every process group and
/// kills them all when this process is gone.
///
/// Closing a child's input is the polite way and some children do not look, nor do their children; a death signal set
/// on the child (`PR_SET_PDEATHSIG`) goes off when the *thread* that spawned it ends, and reaches no grandchild. One
/// guard serves the whole process. It costs a copied page table, sleeps in `recv`, and is ended by the socket.
final class ProcessGuard: Sendable {
    static let shared = ProcessGuard()

    private struct State {
        var socket: CInt = -1
        var pid: pid_t = 0
        var groups: Set<ProcessGroup> = []
    }

    private let state = Mutex(State())

    /// Kills `group` when this process is gone. Where no guard can be had (no process left to fork), children still see
    /// the end of their input.
    func watch(_ group: ProcessGroup) {
        state.withLock { state in
            state.groups.insert(group)
            if Self.tell(state.socket, group, isWatched: true) { return }
            // There is no guard, or it was killed or stopped: a new one is told everything.
            Self.replace(&state)
        }
    }

    /// To be called once the group is gone, before its number can mean another.
    func forget(_ group: ProcessGroup) {
        state.withLock { state in
            guard state.groups.remove(group) != nil else { return }
            _ = Self.tell(state.socket, group, isWatched: false)
        }
    }

    /// The guard's process, where there is one.
    var pid: pid_t? { state.withLock { $0.socket < 0 ? nil : $0.pid } }

    private static func replace(_ state: inout State) {
        if state.socket >= 0 {
            // In this order: a guard that lives and sees its socket end takes this process for gone, and kills. Its
            // number is its own until it is reaped here.
            kill(state.pid, SIGKILL)
            waitpid(state.pid, nil, 0)
            close(state.socket)
        }
        var reason: CInt = 0
        state.socket = gatehouse_guard_start(&state.pid, &reason)
        for group in state.groups { _ = tell(state.socket, group, isWatched: true) }
    }

    private static func tell(_ socket: CInt, _ group: ProcessGroup, isWatched: Bool) -> Bool {
        guard socket >= 0 else { return false }
        var record = gatehouse_guard_record(group: group.leader, watched: isWatched ? 1 : 0)
        let size = MemoryLayout<gatehouse_guard_record>.size
        return send(socket, &record, size, Int32(MSG_NOSIGNAL | MSG_DONTWAIT)) == size
    }
}

import Glibc

/// The process group of a child that leads a session of its own: the child and whatever it started and did not send
/// away.
struct ProcessGroup: Sendable, Hashable {
    let leader: pid_t

    /// - Parameter leader: a process that was started in a new session. Never 0 or 1, which would mean this process's
    ///   own group, and everybody.
    init(leader: pid_t) {
        precondition(leader > 1, "a process group has a leader")
        self.leader = leader
    }

    /// Asks everyone in it to end.
    func terminate() { Glibc.kill(-leader, SIGTERM) }

    /// Ends everyone in it.
    func kill() { Glibc.kill(-leader, SIGKILL) }
}

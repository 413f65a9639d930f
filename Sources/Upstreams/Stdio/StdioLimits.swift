/// Every bound of a stdio server: sizes, numbers and waits that are not `UpstreamTimeouts`.
public struct StdioLimits: Sendable, Equatable {
    /// One line of a child's output, bytes. A longer one ends the child.
    public var lineBytes = 16 << 20
    /// Requests written to one child and not answered.
    public var openRequests = 1024
    /// Requests that wait for one child: to start, to have room, to read what was written.
    public var waitingRequests = 1024
    /// The same in bytes of their parameters.
    public var waitingBytes = 32 << 20
    /// A legacy server's own requests, passed on to a client and not answered, of one child.
    public var questions = 32
    /// Watchers of one child; of a modern server's that is everybody's.
    public var watches = 16_384
    /// Addresses of resources watched on one child.
    public var watchedResources = 4096
    /// The same in bytes of the addresses.
    public var watchedBytes = 1 << 20
    /// Bytes written and not taken by the child: above this, requests wait; answers to the child's own are dropped.
    public var unwrittenBytes = 1 << 20
    /// Children of one server that live at a time, those on their way out included.
    public var children = 64
    /// Conversations of one principal with a legacy server: one for each set of capabilities that its clients declare.
    public var childrenPerPrincipal = 8

    /// Memory that a child and all it started may have resident or swapped out together, bytes: above this they are
    /// ended. Of private writable memory each may map `memoryBurst` times as much.
    public var memory = 2 << 30
    /// Processes of one child, itself included: above this they are ended.
    public var processes = 256
    /// Descriptors that each of them may have open.
    public var descriptors = 4096
    /// How often memory and processes are counted.
    public var census: Duration = .seconds(1)

    /// How much more than `memory` a process may map. What is mapped need not be used: threads' stacks, heaps grown ahead.
    static let memoryBurst = 4

    /// How long a child may leave `server/discover` unanswered before it is asked to `initialize` as well.
    public var probe: Duration = .seconds(10)
    /// A legacy principal's child with nothing to do is ended after this long.
    public var idle: Duration = .seconds(15 * 60)
    /// The same where only the house has asked for its lists.
    public var houseIdle: Duration = .seconds(30)
    /// The longest a call lasts, however often it reports progress.
    public var longestCall: Duration = .seconds(60 * 60)

    /// From closing a child's input to SIGTERM.
    public var inputGrace: Duration = .seconds(2)
    /// From SIGTERM to SIGKILL, to the whole process group each.
    public var terminateGrace: Duration = .seconds(3)
    /// From SIGKILL until an end is no longer waited for.
    public var killGrace: Duration = .seconds(2)
    /// How long output is still read after the child has ended, where a process that left its group holds it open.
    public var drain: Duration = .seconds(1)

    /// The wait after the first failure; doubled with each further one.
    public var firstBackoff: Duration = .milliseconds(100)
    public var longestBackoff: Duration = .seconds(30)
    /// Requests wait for a restart that is this near; a later one is answered at once.
    public var restartPatience: Duration = .seconds(1)
    /// The wait before a server that ended a subscription, or would not renew one, is asked for it again.
    public var rewatch: Duration = .seconds(5)
    /// A child that lived this long has put earlier failures behind it.
    public var steadyAfter: Duration = .seconds(60)

    /// One line of a child's stderr or noise in the log, bytes; the rest of it is cut.
    public var loggedBytes = 2048
    /// Such lines a second, with a burst of five times as many; further ones are counted.
    public var loggedLines = 20
    /// Notifications outside any request a second, with a burst of five times as many; of further ones, the last of each
    /// change is told later, and others are dropped.
    public var events = 100
    /// Changes of different things kept to be told later.
    public var heldEvents = 1024

    public init() {}

    /// The longest that ending a child takes.
    var longestGoodbye: Duration { inputGrace + terminateGrace + killGrace + drain }
}

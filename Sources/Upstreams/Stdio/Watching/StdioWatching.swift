import NIOCore

/// A lane's watchers, and how its present child is asked to tell what they want.
struct StdioWatching {
    var watches = StdioWatches()
    /// How a modern child is.
    var listen = ListenSubscription()
    /// How a legacy child is.
    var resources = ResourceSubscriptions()
    /// Of what has been asked and not answered.
    var timers: [Int: Scheduled<Void>] = [:]
    /// A child that was watched is gone; nobody knows what changed meanwhile.
    var hasMissed = false

    /// The child is gone, and with it all that it was asked.
    mutating func childLost() {
        for timer in timers.values { timer.cancel() }
        timers = [:]
        listen = ListenSubscription()
        resources = ResourceSubscriptions()
        hasMissed = hasMissed || !watches.isEmpty
    }
}

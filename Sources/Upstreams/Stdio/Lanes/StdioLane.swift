import Gateway
import MCPMessages
import NIOCore

/// One conversation with the server: at most one child at a time, and the requests for it. Confined to the loop.
///
/// This file is what it is and what state it is in; `+Requests` is what comes from this side, `+Start` how a child
/// comes up, `+Messages` what a child says, `+End` how a child goes.
final class StdioLane {
    enum Stage {
        /// No child. The next request starts one.
        case resting
        /// Waits until a child may be started: for a back-off, for the last one's end.
        case pausing(Scheduled<Void>?)
        case starting(Start)
        case ready(StdioChild, UpstreamDescription)
        /// The child runs and declined the era its client asked for; it can still be asked for the other.
        case declined(StdioChild)
        /// Nothing is taken any more.
        case over
    }

    /// A child on its way up.
    struct Start {
        var child: StdioChild
        var handshake: StdioHandshake
        /// On whose behalf a legacy server is initialized.
        var scope: UpstreamScope
        /// The ids of the questions asked.
        var questions: [Int: StdioHandshake.Question] = [:]
        /// What to begin with on a child that replaces one that died.
        var firstQuestion: StdioHandshake.Question?
        let limit: Scheduled<Void>
        var probe: Scheduled<Void>?
    }

    let lanes: StdioLanes
    let settings: StdioSettings
    var key: StdioLanes.Key
    var stage = Stage.resting
    /// A child told to leave that has not gone yet. The next waits for it: two at a time may want one file.
    var departing: StdioChild?
    var requests = StdioRequests()
    /// What the present child was told that it can ask for; nothing of a modern one, which is told with each request.
    var declared = ClientCapabilities.none
    var backoff: StdioBackoff
    var questions = StdioQuestions()
    var watching = StdioWatching()
    /// What waits for a time to watch again.
    var rewatch: Scheduled<Void>?
    var events: StdioEvents
    /// When what came too soon after other events is told.
    var heldEvents: Scheduled<Void>?
    var idleCheck: Scheduled<Void>?
    var lastUse: NIODeadline
    /// Whether any client has asked for anything, or only the house.
    var servesClients = false
    /// What the server declined, where its client's era is followed: not asked again.
    var refusedEras: [Era: UpstreamFailure] = [:]

    var loop: any EventLoop { settings.loop }
    var limits: StdioLimits { settings.limits }

    init(key: StdioLanes.Key, lanes: StdioLanes, settings: StdioSettings) {
        self.key = key
        self.lanes = lanes
        self.settings = settings
        backoff = StdioBackoff(settings.limits)
        events = StdioEvents(settings.limits, at: settings.loop.now)
        lastUse = settings.loop.now
    }

    /// Whether a child runs or is on its way up.
    var isLive: Bool {
        switch stage {
        case .pausing, .starting, .ready, .declined: true
        case .resting, .over: false
        }
    }

    /// Whether only one principal's messages go through it.
    var isOnePrincipals: Bool {
        switch key {
        case .own, .followed: true
        case .undetermined, .shared: false
        }
    }

    /// Whether nobody would miss the child now.
    var isIdle: Bool {
        switch stage {
        case .resting, .ready: requests.isEmpty && watching.watches.isEmpty
        case .pausing, .starting, .declined, .over: false
        }
    }

    /// Whether forgetting the lane would forget anything.
    var isForgettable: Bool {
        guard case .resting = stage else { return false }
        return departing == nil && requests.isEmpty && watching.watches.isEmpty
            && backoff.wait(at: loop.now) == .zero
    }

    /// Batches came and went with revision 2025-03-26.
    var readsBatches: Bool {
        guard case .ready(_, let description) = stage else { return false }
        return description.version == .v2025_03_26
    }

    /// A turn of the loop after `wait`.
    func after(_ wait: TimeAmount, _ perform: @escaping () -> Void) -> Scheduled<Void> {
        loop.assumeIsolated().scheduleTask(in: wait, perform)
    }
}

import Gateway
import Logging
import MCPMessages
import NIOCore
import WireJSON

/// One child process as its event loop knows it: its two channels, its group, and how far it is on its way out.
///
/// Confined to the loop. It tells its lane, in this order: started, any number of messages, silent, gone; or, instead
/// of all that, that it could not be started.
final class StdioChild {
    private enum Phase {
        /// Ordered from the nursery.
        case ordered
        case running(ProcessGroup)
        /// Told to leave, or left by itself. No group where it was told so before it was started.
        case leaving(ProcessGroup?)
        case gone
    }

    private let lane: StdioLane
    private let limits: StdioLimits
    private let jsonLimits: JSONLimits
    private let loop: any EventLoop
    private var log: StdioLog
    private var phase = Phase.ordered
    private var conversation: (any Channel)?
    private var errors: (any Channel)?
    private var steps: [Scheduled<Void>] = []
    /// How the process ended, once it has.
    private(set) var end: String?

    init(lane: StdioLane, settings: StdioSettings) {
        self.lane = lane
        limits = settings.limits
        jsonLimits = JSONLimits(
            depth: JSONLimits.upstream.depth, bytes: limits.lineBytes, values: JSONLimits.upstream.values)
        loop = settings.loop
        log = StdioLog(logger: settings.logger, limits: settings.limits, now: settings.loop.now)
    }

    /// How it ended, with the last it said on stderr, for operators.
    var lastWords: String {
        let end = end ?? "closed its output"
        return log.lastError.map { "the process \(end); its last words: \($0)" } ?? "the process \(end)"
    }

    var isGone: Bool {
        guard case .gone = phase else { return false }
        return true
    }

    // MARK: Speaking

    /// Whether it runs and takes what is written to it.
    var isReceptive: Bool {
        guard case .running = phase else { return false }
        return conversation?.isWritable ?? false
    }

    /// Writes one message as one line.
    func send(_ message: [UInt8]) {
        guard case .running = phase, let conversation else { return }
        var line = conversation.allocator.buffer(capacity: message.count + 1)
        line.writeBytes(OneLine.of(message))
        line.writeInteger(UInt8(ascii: "\n"))
        conversation.writeAndFlush(line, promise: nil)
    }

    // MARK: What its channels tell

    func received(line: [UInt8]) {
        lane.received(IncomingLine(line, limits: jsonLimits, readsBatches: lane.readsBatches), from: self, line)
    }

    func receivedTooLongLine() {
        lane.offended(
            self, UpstreamFailure(.tooLarge, "the process wrote a line of more than \(limits.lineBytes) bytes"))
    }

    /// It uses more than it may: it is ended, and so are those that it started, wherever they went.
    func used(_ usage: ProcessUsage, over bound: String) {
        guard case .running = phase else { return }
        log.exceeded(bound)
        lane.offended(self, UpstreamFailure(.closed, "the process \(bound)"))
        usage.killAll()
    }

    func receptivenessChanged() { lane.mayWrite(to: self) }

    func outputEnded() {
        conversation = nil
        lane.silent(self)
        finishIfGone()
    }

    func errorsEnded() {
        errors = nil
        finishIfGone()
    }

    func said(_ line: [UInt8], cut: Bool) { log.stderr(line, cut: cut, now: loop.now) }

    func madeNoise(_ line: [UInt8], _ reason: String) { log.noise(line, reason, now: loop.now) }

    // MARK: What its life tells

    func adopt(conversation channel: any Channel) throws {
        guard case .ordered = phase else { throw ChannelError.ioOnClosedChannel }
        try channel.pipeline.syncOperations.addHandlers(
            LineFramer(limit: limits.lineBytes), ConversationHandler(child: self))
        conversation = channel
    }

    func adopt(errors channel: any Channel) throws {
        guard case .ordered = phase else { throw ChannelError.ioOnClosedChannel }
        try channel.pipeline.syncOperations.addHandler(ErrorLinesHandler(child: self, limit: limits.loggedBytes))
        errors = channel
    }

    func started(_ group: ProcessGroup) {
        guard case .ordered = phase else {
            // Told to leave while it was being started.
            phase = .leaving(group)
            group.kill()
            return
        }
        phase = .running(group)
        log.started(group)
        lane.started(self)
    }

    func failedToStart(_ failure: UpstreamFailure) {
        phase = .gone
        closeChannels()
        lane.failedToStart(self, failure)
    }

    func ended(_ end: String) {
        self.end = end
        log.ended(end)
        cancelSteps()
        // What it wrote before it ended is still in the pipes. They end now, unless a process that left the group holds
        // them open.
        phase = .leaving(nil)
        after(limits.drain) { $0.closeChannels() }
        finishIfGone()
    }

    // MARK: Leaving

    /// Ends the child: closes its input, then SIGTERM, then SIGKILL to its group, each after its grace.
    ///
    /// - Parameter atOnce: SIGKILL now.
    func leave(atOnce: Bool = false) {
        let group: ProcessGroup?
        switch phase {
        case .ordered: group = nil
        case .running(let running): group = running
        case .leaving(let leaving):
            guard atOnce, let leaving else { return }
            group = leaving
        case .gone: return
        }
        phase = .leaving(group)
        guard let group else { return }
        cancelSteps()
        if atOnce {
            group.kill()
            return
        }
        conversation?.close(mode: .output, promise: nil)
        after(limits.inputGrace) { child in
            group.terminate()
            child.after(child.limits.terminateGrace) { _ in group.kill() }
        }
    }

    private func after(_ wait: Duration, _ perform: @escaping (StdioChild) -> Void) {
        steps.append(loop.assumeIsolated().scheduleTask(in: TimeAmount(wait)) { perform(self) })
    }

    private func cancelSteps() {
        for step in steps { step.cancel() }
        steps = []
    }

    private func closeChannels() {
        conversation?.close(promise: nil)
        errors?.close(promise: nil)
    }

    private func finishIfGone() {
        guard end != nil, conversation == nil, errors == nil else { return }
        guard case .leaving = phase else { return }
        phase = .gone
        cancelSteps()
        lane.gone(self)
    }
}

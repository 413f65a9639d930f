import Logging
import NIOCore

/// What the log is told of one child: its stderr and its noise on stdout, made harmless, and no more than it can bear.
struct StdioLog {
    private let logger: Logger
    private let limit: Int
    private var gate: RateGate
    /// The last line on stderr, for whoever asks why the child ended.
    private(set) var lastError: String?

    init(logger: Logger, limits: StdioLimits, now: NIODeadline) {
        self.logger = logger
        limit = limits.loggedBytes
        gate = RateGate(perSecond: limits.loggedLines, now: now)
    }

    mutating func stderr(_ line: [UInt8], cut: Bool, now: NIODeadline) {
        let text = LoggedText.harmless(line, limit: limit, cut: cut)
        if !text.isEmpty { lastError = text }
        log("child stderr", text, now: now)
    }

    mutating func noise(_ line: [UInt8], _ reason: String, now: NIODeadline) {
        log("child stdout is no message", LoggedText.harmless(line, limit: limit, cut: false), now: now, reason)
    }

    func started(_ group: ProcessGroup) {
        logger.debug("child started", metadata: [StdioLogKey.pid: "\(group.leader)"])
    }

    func exceeded(_ bound: String) {
        logger.warning("child ended for what it used", metadata: [StdioLogKey.reason: "\(bound)"])
    }

    func ended(_ how: String) {
        logger.debug("child ended", metadata: [StdioLogKey.reason: "\(how)"])
    }

    private mutating func log(
        _ message: Logger.Message, _ text: String, now: NIODeadline, _ reason: String? = nil
    ) {
        guard gate.admits(at: now) else { return }
        var metadata: Logger.Metadata = [StdioLogKey.text: "\(text)"]
        if let reason { metadata[StdioLogKey.reason] = "\(reason)" }
        let suppressed = gate.takeSuppressed()
        if suppressed > 0 { metadata[StdioLogKey.suppressed] = "\(suppressed)" }
        logger.info(message, metadata: metadata)
    }
}

/// Metadata keys of stdio servers' log entries.
enum StdioLogKey {
    static let pid = "pid"
    static let reason = "reason"
    /// Lines that were left out before this one.
    static let suppressed = "suppressed"
    static let text = "text"
}

import MCPMessages
import Synchronization
import WireJSON

/// How much a client wants to be told (RFC 5424 section 6.2.1, in MCP's words), from all to least.
enum LogLevel: String, CaseIterable, Comparable {
    case debug, info, notice, warning, error, critical, alert, emergency

    static func < (left: LogLevel, right: LogLevel) -> Bool {
        (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
    }
}

extension LogLevel {
    /// What `logging/setLevel` asks for.
    init?(settingOf params: JSON?) {
        guard let level = params?["level"]?.string.flatMap(LogLevel.init) else { return nil }
        self = level
    }

    /// What a modern request asks to be told; nil where it asks for no log.
    static func of(_ metadata: RequestMetadata) -> LogLevel? {
        metadata.object?[RequestMetadata.logLevelKey]?.string.flatMap(LogLevel.init)
    }
}

extension Message.Notification {
    /// Whether a log message is of this level or above; one whose level cannot be told is.
    func isLog(from least: LogLevel) -> Bool {
        guard let level = params?["level"]?.string.flatMap(LogLevel.init) else { return true }
        return level >= least
    }
}

extension Conversation {
    func set(logLevel: LogLevel) { state.withLock { $0.logLevel = logLevel } }

    var logLevel: LogLevel? { state.withLock { $0.logLevel } }

    /// Whether a log message is one the client wants; one whose level cannot be told is.
    func wants(log message: Message.Notification) -> Bool {
        logLevel.map { message.isLog(from: $0) } ?? true
    }
}

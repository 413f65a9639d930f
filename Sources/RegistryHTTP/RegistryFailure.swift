/// Why a page could not be had. Nothing the registry said is quoted.
public enum RegistryFailure: Error, Sendable, Hashable, CustomStringConvertible {
    case unreachable
    case timedOut
    case status(Int)
    /// It points to another origin, or too often.
    case redirected
    /// An encoding that was not asked for: what it would unpack to is not found out.
    case encoded
    case tooLarge
    case cursorTooLong
    case notAPage
    /// All pages together are larger, or took longer, than an import may.
    case tooMuch

    public var description: String {
        switch self {
        case .unreachable: "the registry cannot be reached"
        case .timedOut: "the registry did not answer in time"
        case .status(let status): "the registry answered with status \(status)"
        case .redirected: "the registry points elsewhere; nothing but its own address is asked"
        case .encoded: "the registry answered in an encoding that was not asked for"
        case .tooLarge: "a page of the registry is larger than \(RegistryLimits.pageBytes >> 20) MiB"
        case .cursorTooLong: "the registry's cursor is longer than is sent"
        case .notAPage: "what the registry answered is no list of servers"
        case .tooMuch: "the registry has more pages than an import takes"
        }
    }

    /// Whether it may be otherwise in a moment.
    var isPassing: Bool {
        switch self {
        case .unreachable, .timedOut: true
        case .status(let status): status == 429 || status >= 500
        case .redirected, .encoded, .tooLarge, .cursorTooLong, .notAPage, .tooMuch: false
        }
    }
}

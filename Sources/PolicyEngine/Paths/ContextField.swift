/// A fact about the call, beside its arguments, that a condition may look at.
public enum ContextField: Sendable, Hashable {
    case toolName
    case toolCategory
    case toolRisk
    case serverName
    case grantLabel
    /// One tag of the grant, by name.
    case grantTag(String)
    case principalID
    case principalEmail
    /// The hour of the day in the policy's time zone, a number from 0 to 23.
    case timeHour
    /// The day of the week in the policy's time zone, one of ``Weekday``.
    case timeWeekday

    /// Every field that has one spelling.
    public static let allButTags: [ContextField] = [
        .toolName, .toolCategory, .toolRisk, .serverName, .grantLabel, .principalID, .principalEmail, .timeHour,
        .timeWeekday,
    ]

    /// How paths to a grant's tags start.
    static let tagPrefix = "grant.tags."
}

extension ContextField {
    // INVARIANT: one field, one spelling; a tag's name is compared as bytes, never by Unicode equivalence.
    public static func == (left: ContextField, right: ContextField) -> Bool {
        left.spelling.utf8.elementsEqual(right.spelling.utf8)
    }

    public func hash(into hasher: inout Hasher) {
        for byte in spelling.utf8 { hasher.combine(byte) }
    }

    /// How a path names it.
    public var spelling: String {
        switch self {
        case .toolName: "tool.name"
        case .toolCategory: "tool.category"
        case .toolRisk: "tool.risk"
        case .serverName: "server.name"
        case .grantLabel: "grant.label"
        case .grantTag(let name): Self.tagPrefix + name
        case .principalID: "principal.id"
        case .principalEmail: "principal.email"
        case .timeHour: "time.hour"
        case .timeWeekday: "time.weekday"
        }
    }
}

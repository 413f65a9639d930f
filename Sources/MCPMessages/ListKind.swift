/// What a server lists page by page.
public enum ListKind: String, Sendable, CaseIterable {
    case tools
    case prompts
    case resources
    case resourceTemplates

    /// `tools/list` and its like.
    public var method: String {
        switch self {
        case .tools: "tools/list"
        case .prompts: "prompts/list"
        case .resources: "resources/list"
        case .resourceTemplates: "resources/templates/list"
        }
    }

    public init?(method: String) {
        guard let kind = Self.allCases.first(where: { $0.method == method }) else { return nil }
        self = kind
    }

    /// The notification that says that the list is another; templates change with resources.
    public var changeNotification: String {
        switch self {
        case .tools: "notifications/tools/list_changed"
        case .prompts: "notifications/prompts/list_changed"
        case .resources, .resourceTemplates: "notifications/resources/list_changed"
        }
    }

    /// Which list a notification says has changed.
    public init?(changeNotification method: String) {
        switch method {
        case "notifications/tools/list_changed": self = .tools
        case "notifications/prompts/list_changed": self = .prompts
        case "notifications/resources/list_changed": self = .resources
        default: return nil
        }
    }

    /// The member of a result that holds the page, and of an item what it is called by.
    public var member: String { rawValue }
    public var itemName: String {
        switch self {
        case .tools, .prompts: "name"
        case .resources: "uri"
        case .resourceTemplates: "uriTemplate"
        }
    }
}

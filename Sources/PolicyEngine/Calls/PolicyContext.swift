/// What is known about a call beside its arguments; nothing in it is what a client says of itself.
///
/// An optional that is `nil` is absent context: a condition on it cannot be judged.
public struct PolicyContext: Sendable {
    /// Of resources and prompts there is none.
    public var tool: ToolName?
    public var toolCategory: String?
    public var toolRisk: String?
    public var serverName: String
    public var grantLabel: String
    public var grantTags: [String: String]
    public var principalID: String?
    public var principalEmail: String?
    /// The wall clock, in milliseconds since 1970-01-01T00:00:00Z.
    public var time: Int64?

    public init(
        tool: ToolName?,
        toolCategory: String? = nil,
        toolRisk: String? = nil,
        serverName: String,
        grantLabel: String,
        grantTags: [String: String] = [:],
        principalID: String? = nil,
        principalEmail: String? = nil,
        time: Int64? = nil
    ) {
        self.tool = tool
        self.toolCategory = toolCategory
        self.toolRisk = toolRisk
        self.serverName = serverName
        self.grantLabel = grantLabel
        self.grantTags = grantTags
        self.principalID = principalID
        self.principalEmail = principalEmail
        self.time = time
    }
}

/// A policy as people write it, version `"1"`: everything the document says, typed and in its order.
///
/// It knows nothing of files; PolicyFiles reads it from JSON or YAML and writes it back. ``Policy`` is what decides.
public struct PolicyDocument: Sendable, Equatable {
    /// Text for people.
    public var description: String?
    /// The time zone that `time.*` and calendar windows follow; UTC when not said.
    public var timezone: Zone?
    /// The agent is told the rule's id with a denial.
    public var explain: Bool?
    /// `default`, `hide` and `tools`.
    public var tools: RuleSection
    /// Rules for every tool; never lists anything.
    public var allTools: RuleGroup?
    public var resources: RuleSection?
    public var prompts: RuleSection?

    public init(
        description: String? = nil,
        timezone: Zone? = nil,
        explain: Bool? = nil,
        tools: RuleSection,
        allTools: RuleGroup? = nil,
        resources: RuleSection? = nil,
        prompts: RuleSection? = nil
    ) {
        self.description = description
        self.timezone = timezone
        self.explain = explain
        self.tools = tools
        self.allTools = allTools
        self.resources = resources
        self.prompts = prompts
    }
}

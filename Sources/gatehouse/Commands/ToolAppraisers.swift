import PolicyTools

/// Who tells the policy commands what a tool does. The one place to change when there is somebody better.
enum ToolAppraisers {
    /// An appraiser for one server's tools.
    static func appraiser(for tools: ToolDefinitions) -> Appraiser { ToolAppraisal.careful }
}

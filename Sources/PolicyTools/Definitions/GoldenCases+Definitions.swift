public import PolicyFiles

extension GoldenCases {
    /// The same cases, with the input schemas of a server's tools where a case brings none of its own.
    public func judged(with tools: ToolDefinitions) -> GoldenCases {
        var cases = self
        for position in cases.cases.indices where cases.cases[position].inputSchema == nil {
            cases.cases[position].inputSchema = tools[cases.cases[position].tool]?.inputSchema
        }
        return cases
    }
}

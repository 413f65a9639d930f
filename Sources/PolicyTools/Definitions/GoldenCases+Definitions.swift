public import PolicyFiles

extension GoldenCases {
    /// The same cases, with the input schemas of a server's tools where a case brings none of its own.
    public func judged(with tools: ToolDefinitions) -> GoldenCases {
        var cases = self
        for position in cases.cases.indices where cases.cases[position].inputSchema == nil {
            guard case .tool(let name) = cases.cases[position].target else { continue }
            cases.cases[position].inputSchema = tools[name]?.inputSchema
        }
        return cases
    }
}

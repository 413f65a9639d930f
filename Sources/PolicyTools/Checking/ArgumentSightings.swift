import PolicyEngine
import PolicyFiles

/// What the schemas of several tools say of one path.
struct ArgumentSightings {
    var declared: [(tool: ToolName, schema: ArgumentSchema)] = []
    /// Tools whose schema says that there is no such argument.
    var undeclared: [ToolName] = []
    /// What was probably meant, where the first that lacks it has something like it.
    private(set) var suggestion: String?

    init(of steps: [PolicyPath.Step], in tools: [ToolDefinition]) {
        for tool in tools {
            guard let schema = tool.inputSchema.map({ ArgumentSchema(inputSchema: $0) }) else { continue }
            switch schema.place(after: steps[...]) {
            case .declared(let place): declared.append((tool.name, place))
            case .unknown: break
            case .undeclared(let name, let among, let rest):
                undeclared.append(tool.name)
                if suggestion == nil { suggestion = Self.suggestion(for: name, among: among, rest) }
            }
        }
    }

    private static func suggestion(
        for name: String, among schema: ArgumentSchema, _ rest: ArraySlice<PolicyPath.Step>
    ) -> String? {
        let names = schema.memberNames
        if let nearest = Spelling.suggestion(name, among: names) { return nearest }
        // Some servers wrap everything into one object.
        let wrapper = names.first { wrapper in
            let inside: [PolicyPath.Step] = [.key(Array(wrapper.utf8)), .key(Array(name.utf8))] + rest
            if case .declared = schema.place(after: inside[...]) { return true }
            return false
        }
        return wrapper.map { "did you mean `\(Wording.shown($0)).\(Wording.shown(name))`?" }
    }
}

import WireJSON

extension AttackMatch {
    /// The patterns that apply to a tool that is known by its catalogue facts alone.
    public static func matches(_ tool: CatalogueTool, of server: CatalogueServer) -> [AttackMatch] {
        let context = ServerContext(names: server.tools.map(\.name))
        return matches(tool.outline, tool.verdict, among: context)
    }
}

extension ServerContext {
    /// The context that names alone give.
    init(names: [String]) { self.init(tools: names.map { ToolDefinition(name: Array($0.utf8)) }) }
}

extension CatalogueTool {
    /// A definition with the tool's name and arguments, and no text.
    var outline: ToolDefinition {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("properties")
        writer.beginObject()
        for argument in arguments {
            writer.key(argument.name)
            writer.beginObject()
            if argument.kind == .text {
                writer.key("type")
                writer.string("string")
            } else {
                writer.key("type")
                writer.string(argument.kind.words)
            }
            writer.endObject()
        }
        writer.endObject()
        writer.endObject()
        return ToolDefinition(name: Array(name.utf8), inputSchema: try? JSON(lenient: writer.bytes))
    }
}

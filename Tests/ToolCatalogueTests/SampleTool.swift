import ToolCatalogue
import WireJSON

/// Definitions for tests, written as JSON or in short.
enum SampleTool {
    static func json(_ text: String) throws -> JSON { try JSON(lenient: Array(text.utf8)) }

    static func definition(_ text: String) throws -> ToolDefinition {
        guard let definition = ToolDefinition(try json(text)) else { throw NoTool() }
        return definition
    }

    /// A tool with text arguments of these names.
    static func named(_ name: String, _ description: String = "", arguments: [String] = []) throws -> ToolDefinition {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("name")
        writer.string(name)
        writer.key("description")
        writer.string(description)
        writer.key("inputSchema")
        writer.beginObject()
        writer.key("type")
        writer.string("object")
        writer.key("properties")
        writer.beginObject()
        for argument in arguments {
            writer.key(argument)
            writer.beginObject()
            writer.key("type")
            writer.string("string")
            writer.endObject()
        }
        writer.endObject()
        writer.endObject()
        writer.endObject()
        return try definition(String(decoding: writer.bytes, as: UTF8.self))
    }

    struct NoTool: Error {}
}

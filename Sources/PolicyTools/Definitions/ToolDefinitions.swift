public import PolicyEngine
import PolicyFiles
import WireJSON

/// The tools of one server, in the server's order; no name is there twice.
public struct ToolDefinitions: Sendable {
    public let tools: [ToolDefinition]
    private let positions: [ToolName: Int]

    /// Takes definitions; of several with one name, the first.
    public init(_ definitions: some Sequence<ToolDefinition>) {
        var tools: [ToolDefinition] = []
        var positions: [ToolName: Int] = [:]
        for definition in definitions where positions[definition.name] == nil {
            positions[definition.name] = tools.count
            tools.append(definition)
        }
        self.tools = tools
        self.positions = positions
    }

    /// The definition with this name, by its bytes.
    public subscript(name: ToolName) -> ToolDefinition? { positions[name].map { tools[$0] } }

    /// The tools that a pattern lists, in the server's order.
    public func matching(_ names: NamePattern) -> [ToolDefinition] {
        if names.isExact { return ToolName(names.utf8).flatMap { self[$0] }.map { [$0] } ?? [] }
        return tools.filter { names.matches($0.name) }
    }

    var names: [String] { tools.map(\.name.description) }
}

extension ToolDefinitions {
    /// Why a text is no list of tools.
    public struct Refusal: Error, Sendable, Hashable, CustomStringConvertible {
        public let description: String
    }

    /// Reads definitions as JSON: the result of `tools/list`, the answer that carries it, or the bare array.
    ///
    /// Refused rather than guessed at: an element without a name, one name with two definitions, and more than
    /// ``PolicyToolsBounds/tools``.
    public init(reading bytes: [UInt8]) throws(Refusal) {
        let json: JSON
        do throws(JSONError) { json = try JSON(lenient: bytes) } catch {
            throw Refusal(description: "this is not JSON that can be read in one way only: \(error)")
        }
        let list = json.kind == .array ? json : json["tools"] ?? json["result"]?["tools"]
        guard let list, list.kind == .array else {
            throw Refusal(description: "a list of tools is `{\"tools\": [...]}`, the result of `tools/list`")
        }
        guard list.count <= PolicyToolsBounds.tools else {
            throw Refusal(description: "there are more than \(PolicyToolsBounds.tools) tools")
        }
        var definitions: [ToolDefinition] = []
        for (index, element) in list.elements.enumerated() {
            guard let definition = ToolDefinition(element) else {
                throw Refusal(description: "tool \(index + 1) of the list has no `name`")
            }
            definitions.append(definition)
        }
        self.init(definitions)
        guard tools.count == definitions.count else {
            throw Refusal(description: "two tools of the list have one name")
        }
    }
}

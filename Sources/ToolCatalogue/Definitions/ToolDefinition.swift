public import WireJSON

/// One tool as its server describes it: the parts of a `tools/list` element that a verdict is read from.
///
/// Everything in it was written by somebody else and is looked at, never obeyed.
public struct ToolDefinition: Sendable {
    /// The name, as UTF-8 bytes: names compare as bytes, never by Unicode equivalence.
    public let name: [UInt8]
    public let title: [UInt8]
    public let description: [UInt8]
    public let inputSchema: JSON?
    public let annotations: JSON?

    public init(
        name: [UInt8], title: [UInt8] = [], description: [UInt8] = [], inputSchema: JSON? = nil,
        annotations: JSON? = nil
    ) {
        self.name = name
        self.title = title
        self.description = description
        self.inputSchema = inputSchema
        self.annotations = annotations
    }

    /// Takes an element of `tools/list`, or a line of a definitions file, which calls the name `tool`.
    ///
    /// Nil where there is no name, or it is empty or no text. Other members of a wrong type count as absent.
    public init?(_ definition: JSON) {
        guard let name = definition["name"]?.utf8 ?? definition["tool"]?.utf8, !name.isEmpty else { return nil }
        let annotations = definition["annotations"]
        self.init(
            name: name,
            title: definition["title"]?.utf8 ?? annotations?["title"]?.utf8 ?? [],
            description: definition["description"]?.utf8 ?? [],
            inputSchema: definition["inputSchema"],
            annotations: annotations)
    }
}

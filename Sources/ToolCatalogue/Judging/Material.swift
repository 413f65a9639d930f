/// All that is read of one definition, before anything is judged.
struct Material {
    let definition: ToolDefinition
    let name: NameReading
    let text: DescriptionReading
    let schema: SchemaReading
    let annotations: Annotations
    let server: ServerContext

    init(_ definition: ToolDefinition, among server: ServerContext) {
        self.definition = definition
        self.server = server
        let byName = NameReading(definition.name, among: server)
        // A title says in words what a name that says nothing abbreviates.
        name =
            byName.act == nil && !definition.title.isEmpty
            ? NameReading(definition.title, among: server) : byName
        usesTitle = byName.act == nil && !definition.title.isEmpty
        text = DescriptionReading(definition.description)
        schema = SchemaReading(definition.inputSchema)
        annotations = Annotations(definition.annotations)
    }

    /// The name said nothing, so the title was read in its place.
    let usesTitle: Bool

    /// What is acted on: the things in the name, and in the first sentence where the name names none.
    var things: Thing { name.things.isEmpty ? text.things : name.things }

    /// The things in name and first sentence together.
    var allThings: Thing { name.things.union(text.things) }

    /// The server, the text or the arguments deal in money.
    var dealsInMoney: Bool {
        server.moneyShare >= 0.2 || schema.amounts >= 2 || !text.things.union(name.things).isDisjoint(with: .money)
    }

    func word(_ position: Int) -> String {
        name.words[position].text(in: usesTitle ? definition.title : definition.name)
    }

    func textWord(_ position: Int) -> String { text.words[position].text(in: definition.description) }

    func textWords(_ positions: Range<Int>) -> String {
        let start = text.words[positions.lowerBound].start
        let end = text.words[positions.upperBound - 1].end
        return String(decoding: definition.description[start..<end], as: UTF8.self)
    }
}

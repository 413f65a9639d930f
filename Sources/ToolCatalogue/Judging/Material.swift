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
        var name =
            byName.act == nil && !definition.title.isEmpty
            ? NameReading(definition.title, among: server) : byName
        usesTitle = byName.act == nil && !definition.title.isEmpty
        text = DescriptionReading(definition.description)
        name.agree(with: text.act, isSure: text.isSure)
        self.name = name
        core = name.core
        noun = name.noun(in: core)
        things = name.namesNothing ? text.things : name.things
        schema = SchemaReading(definition.inputSchema, of: definition.description)
        annotations = Annotations(definition.annotations)
    }

    /// The words of the name for what is acted on, and which of them is the thing itself.
    let core: Range<Int>
    let noun: Int?

    /// The name said nothing, so the title was read in its place.
    let usesTitle: Bool

    /// What is acted on: the things in the name, or in the first sentence where the name is a verb alone.
    private(set) var things: Thing
    /// The text was believed against the name.
    private(set) var heedsText = false

    /// Takes what the first sentence acts on for what is acted on, beside the name's.
    mutating func heedText() {
        things.formUnion(text.things)
        heedsText = true
    }

    /// The things in name and first sentence together.
    var allThings: Thing { name.things.union(text.things) }

    /// The server, the text or the arguments deal in money.
    var dealsInMoney: Bool {
        server.moneyShare >= 0.2 || schema.amounts >= 2
            || schema.amounts == 1 && !name.things.isDisjoint(with: [.perhapsMoney, .owes])
            || !text.things.union(name.things).isDisjoint(with: .money)
    }

    /// Lists or explains what it could do: `list_nmap_scans`.
    var isOfHelp: Bool {
        name.head.map { name.words[$0].meaning.isSureVerb } == true
            || !name.lastThings.isDisjoint(with: [.guidance, .state])
    }

    /// Machines, or words that mean machines on a server that deals in them.
    var actsOnMachines: Bool {
        if things.contains(.machine) { return true }
        guard things.contains(.perhapsMachine) else { return false }
        return server.machineShare >= 0.1
            || text.words.prefix(40).contains { $0.things.contains(.machine) }
    }

    /// What two words in a row of the first sentence put at stake.
    var pairsOfText: Stake {
        let words = text.words.prefix(text.firstSentence)
        return zip(words, words.dropFirst()).reduce(into: []) {
            $0.formUnion(Lexicon.shared.stakes(of: $1.0, then: $1.1))
        }
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

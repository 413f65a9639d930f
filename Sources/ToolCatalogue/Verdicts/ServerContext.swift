/// What a tool's siblings tell about it: which words all names begin with, and what the server deals in.
///
/// Made once for a server and used for each of its tools.
public struct ServerContext: Sendable {
    /// Words that most names begin with; a product's name, not a verb.
    private let beginnings: Set<WordKey>
    /// The share of tools whose names speak of money, from 0 to 1.
    let moneyShare: Double
    /// The share of tools whose names speak of permissions, from 0 to 1.
    let accessShare: Double
    /// The names of all tools, for telling when one's text speaks of another.
    let names: Set<[UInt8]>
    /// Whether any description is longer than a few words.
    public let isEmpty: Bool

    /// No context: a tool judged alone.
    public static let none = ServerContext(tools: [])

    public init(tools: [ToolDefinition]) {
        var first: [WordKey: Int] = [:]
        var money = 0
        var access = 0
        for tool in tools.prefix(CatalogueBounds.siblings) {
            let words = WordReader.words(
                of: tool.name, isName: true, limit: CatalogueBounds.nameWords, bytes: CatalogueBounds.nameBytes)
            if let word = words.first, words.count > 1, !word.meaning.isSureVerb { first[word.key, default: 0] += 1 }
            var things: Thing = []
            for word in words { things.formUnion(word.things) }
            if !things.isDisjoint(with: [.money, .perhapsMoney]) { money += 1 }
            if things.contains(.access) { access += 1 }
        }
        let count = min(tools.count, CatalogueBounds.siblings)
        beginnings = Set(first.filter { count >= 4 && $0.value * 5 >= count * 3 }.keys)
        moneyShare = count == 0 ? 0 : Double(money) / Double(count)
        accessShare = count == 0 ? 0 : Double(access) / Double(count)
        names = Set(tools.prefix(CatalogueBounds.siblings).map(\.name))
        isEmpty = tools.isEmpty
    }

    /// How many words of a name are the server's own.
    func sharedBeginning(of words: [Word]) -> Int {
        guard words.count > 1, beginnings.contains(words[0].key) else { return 0 }
        return 1
    }
}

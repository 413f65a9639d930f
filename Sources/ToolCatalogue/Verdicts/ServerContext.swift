/// What a tool's siblings tell about it: which words all names begin with, and what the server deals in.
///
/// Made once for a server and used for each of its tools.
public struct ServerContext: Sendable {
    /// Words that most names begin with, by their position: a product's name, not a verb.
    private let beginnings: [WordKey]
    /// The share of tools whose names speak of money, from 0 to 1.
    let moneyShare: Double
    /// The share of tools whose names speak of permissions, from 0 to 1.
    let accessShare: Double
    /// The share of tools whose names speak of machines, from 0 to 1.
    let machineShare: Double
    /// The share of tools whose names speak of mail, from 0 to 1.
    let mailShare: Double
    /// The share of tools whose names speak of trading or of coins, from 0 to 1.
    let tradeShare: Double
    /// The share of tools whose names speak of what others depend on, from 0 to 1: the tools of an operator.
    let controlShare: Double
    /// The share of tools whose names speak of social networks or chats, from 0 to 1.
    let peopleShare: Double
    /// The share of tools whose names speak of queues between programs, from 0 to 1.
    let queueShare: Double
    /// The share of tools whose names speak of what moves in the physical world, from 0 to 1.
    let physicalShare: Double
    /// The share of tools whose names speak of advertisements, from 0 to 1.
    let adsShare: Double
    /// The share of tools whose names speak of patients, from 0 to 1.
    let careShare: Double
    /// The share of tools whose names speak of a public chain, from 0 to 1.
    let chainShare: Double
    /// The names of all tools, for telling when one's text speaks of another.
    let names: Set<[UInt8]>

    /// No context: a tool judged alone.
    public static let none = ServerContext(tools: [])

    public init(tools: [ToolDefinition]) {
        let tools = tools.prefix(CatalogueBounds.siblings)
        let read = tools.map { tool in
            WordReader.words(
                of: tool.name, isName: true, limit: CatalogueBounds.nameWords, bytes: CatalogueBounds.nameBytes)
        }
        func share(_ things: Thing) -> Double {
            let speaking = read.count { $0.contains { !$0.things.isDisjoint(with: things) } }
            return read.isEmpty ? 0 : Double(speaking) / Double(read.count)
        }
        moneyShare = share([.money, .perhapsMoney])
        accessShare = share(.access)
        machineShare = share(.machine)
        let trades = read.count { $0.contains { WordSet.trading.contains($0.key) } }
        tradeShare = read.isEmpty ? 0 : Double(trades) / Double(read.count)
        let control: Thing = [.access, .secret, .machine, .network, .safeguard, .settings, .production, .site]
        let operating = read.count {
            $0.contains { !$0.stakes.isDisjoint(with: .operated) || !$0.things.isDisjoint(with: control) }
        }
        controlShare = read.isEmpty ? 0 : Double(operating) / Double(read.count)
        func share(of words: Set<WordKey>) -> Double {
            let speaking = read.count { $0.contains { words.contains($0.key) } }
            return read.isEmpty ? 0 : Double(speaking) / Double(read.count)
        }
        peopleShare = share(of: WordSet.people)
        queueShare = share(of: WordSet.queues)
        // A campaign alone may be one of mails.
        adsShare = share(of: WordSet.paidAds) > 0 ? share(of: WordSet.advertising) : 0
        careShare = share(of: WordSet.care)
        chainShare = share(of: WordSet.chains)
        let moving = read.count { $0.contains { $0.stakes.contains(.physical) } }
        physicalShare = read.isEmpty ? 0 : Double(moving) / Double(read.count)
        let mails = read.count { $0.contains { WordSet.mails.contains($0.key) } }
        mailShare = read.isEmpty ? 0 : Double(mails) / Double(read.count)
        names = Set(tools.map(\.name))
        beginnings = Self.beginnings(of: read)
    }

    /// The words at the same position of three in five names, as long as none is a verb and four tools have it.
    private static func beginnings(of names: [[Word]]) -> [WordKey] {
        var shared: [WordKey] = []
        while shared.count < 3 {
            var counts: [WordKey: Int] = [:]
            for words in names where words.count > shared.count + 1 {
                let word = words[shared.count]
                guard words.prefix(shared.count).map(\.key) == shared, !word.meaning.isSureVerb else { continue }
                counts[word.key, default: 0] += 1
            }
            let most = counts.max { ($0.value, $1.key.value) < ($1.value, $0.key.value) }
            guard let most, most.value >= 4, most.value * 5 >= names.count * 3 else { return shared }
            shared.append(most.key)
        }
        return shared
    }

    /// How many words at the beginning of a name are the server's own; never the last one.
    func sharedBeginning(of words: [Word]) -> Int {
        var count = 0
        while count < beginnings.count, count + 1 < words.count, words[count].key == beginnings[count] { count += 1 }
        return count
    }
}

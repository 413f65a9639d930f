public import PolicyEngine

/// What a page about a whole server says, from facts alone. Names in it are strangers' text; escape them.
public struct ServerPage: Sendable {
    /// Something an agent can do with the server, and with which tools.
    public struct Ability: Sendable, Hashable {
        /// `change who may do what`: goes on from "An agent can".
        public let deed: String
        /// The tools that do it, the most dangerous first.
        public let tools: [String]
        /// The highest risk among them.
        public let risk: Risk
    }

    /// A documented attack, and the server's tools that it applies to, the most dangerous first.
    public struct Exposure: Sendable, Hashable {
        public let pattern: AttackPattern
        public let tools: [String]
    }

    public let server: CatalogueServer
    /// The tools, the most dangerous first.
    public let tools: [CatalogueTool]
    /// One sentence: how many tools, and what the worst are.
    public let summary: String
    /// What an agent that has all tools can do at worst, the worst first.
    public let abilities: [Ability]
    /// The attacks that apply to its tools, in the order in which pages list them.
    public let attacks: [Exposure]
    /// How many tools each recommended action is for.
    public let actions: [Recommendation.Action: Int]
    /// The recommended policy for the whole server.
    public let policy: PolicyDocument

    public init(of server: CatalogueServer) {
        self.server = server
        tools = server.byRisk
        summary = Self.summary(of: server)
        abilities = Self.abilities(of: tools)
        attacks = Self.attacks(on: server)
        actions = server.tools.reduce(into: [:]) { $0[$1.recommendation.action, default: 0] += 1 }
        policy = .recommended(for: tools.map { (name: $0.name, verdict: $0.verdict) })
    }

    private static func attacks(on server: CatalogueServer) -> [Exposure] {
        let sets = AttackSet.ofTools(of: server)
        let worstFirst = zip(server.tools, sets).enumerated().sorted {
            ($1.element.0.verdict.risk, $0.offset) < ($0.element.0.verdict.risk, $1.offset)
        }.map(\.element)
        return AttackPattern.all.compactMap { pattern in
            let tools = worstFirst.filter { $0.1.contains(pattern) }.map(\.0.name)
            return tools.isEmpty ? nil : Exposure(pattern: pattern, tools: tools)
        }
    }

    private static func summary(of server: CatalogueServer) -> String {
        let counts = server.counts
        let parts = Risk.allCases.reversed().compactMap { risk in
            counts[risk].map { "\($0) \(risk.rawValue)" }
        }
        guard !parts.isEmpty else { return "It lists no tools." }
        return "\(server.tools.count) \(server.tools.count == 1 ? "tool" : "tools"): \(parts.joined(separator: ", "))."
    }

    private static func abilities(of tools: [CatalogueTool]) -> [Ability] {
        let found = table.compactMap { row -> Ability? in
            let doing = tools.filter(row.isDone)
            guard let worst = doing.map(\.verdict.risk).max() else { return nil }
            return Ability(deed: row.deed, tools: doing.map(\.name), risk: worst)
        }
        // The table's order stands among equals.
        return found.enumerated().sorted { ($1.element.risk, $0.offset) < ($0.element.risk, $1.offset) }.map(\.element)
    }

    private struct Row {
        let deed: String
        let isDone: @Sendable (CatalogueTool) -> Bool

        init(_ deed: String, _ isDone: @escaping @Sendable (CatalogueTool) -> Bool) {
            self.deed = deed
            self.isDone = isDone
        }
    }

    private static let table = [
        Row("move money, or make somebody owe it") { $0.verdict.category == .financial },
        Row("run what it likes: programs, commands or queries") {
            $0.verdict.category == .execute || $0.verdict.raises(.anyCommand) || $0.verdict.raises(.anyQuery)
        },
        Row("change who may do what") { $0.verdict.raises(.accessControl) && $0.verdict.category != .read },
        Row("take things away") { $0.verdict.category == .destructive },
        Row("read or hand on secrets") { $0.verdict.raises(.secrets) },
        Row("weaken safeguards") { $0.verdict.raises(.safeguards) && $0.verdict.category != .read },
        Row("change what others depend on: machines, networks, production") {
            $0.verdict.category != .read
                && [.infrastructure, .network, .production].contains(where: $0.verdict.raises)
        },
        Row("reach other people") { $0.verdict.raises(.outward) },
        Row("read data about people") { $0.verdict.category == .read && $0.verdict.raises(.personalData) },
        Row("make or change things") { $0.verdict.category == .write },
        Row("look at things") { $0.verdict.category == .read },
    ]
}

public import ClientFiles
public import ToolCatalogue

/// What agents can call on a machine: the servers that their clients' configurations name, and those servers' tools,
/// judged.
public struct Inventory: Sendable {
    /// When it was made, RFC 3339 in UTC.
    public let made: String
    /// The files that were read, in their order.
    public let files: [String]
    public let servers: [InventoryServer]
    public let problems: [InventoryProblem]

    public init(made: String, files: [String], servers: [InventoryServer], problems: [InventoryProblem]) {
        self.made = made
        self.files = files
        self.servers = servers
        self.problems = problems
    }

    /// All tools that were judged.
    public var tools: [InventoryTool] { servers.flatMap(\.tools) }

    /// How many tools have a risk.
    public func count(_ risk: Risk) -> Int { tools.count { $0.verdict.risk == risk } }

    /// Whether something is at least this bad: a tool by its risk, a finding by its severity, of which danger counts as
    /// critical, a warning as high and a notice as low; or a chain of tools, which counts as high.
    public func reaches(_ risk: Risk) -> Bool {
        if risk <= .high, !chains.isEmpty { return true }
        return tools.contains { tool in
            tool.verdict.risk >= risk || tool.findings.contains { $0.severity.risk >= risk }
        }
    }

    /// Whether everything that was found was also judged: every file read whole, every server's tools known.
    public var isComplete: Bool { problems.allSatisfy(\.isNote) && servers.allSatisfy { !$0.isEnabled || $0.isJudged } }
}

/// A server, where it is named, and what is known of its tools.
public struct InventoryServer: Sendable {
    /// Where a list of tools comes from.
    public enum Origin: Sendable, Hashable {
        /// The server itself, in this revision of the protocol.
        case server(revision: String)
        /// The catalogue, which looked at this version of its package.
        case catalogue(version: String)
        /// A file of definitions.
        case file
    }

    public enum Outcome: Sendable {
        case judged([InventoryTool], Origin)
        /// Nobody said that it may be started, and the catalogue does not know it.
        case notAsked
        /// It was asked and gave no list.
        case failed(String)
        /// What its entry says is not enough to reach it.
        case unreachable(String)
    }

    public let name: String
    /// Whose configuration names it; nil for one that was typed.
    public let client: MCPClient?
    /// The file that names it; nil for one that was typed.
    public let file: String?
    public let line: Int
    public let column: Int
    public let project: String?
    public let shown: ShownServer?
    public let isEnabled: Bool
    public let outcome: Outcome

    public init(
        name: String, client: MCPClient?, file: String?, line: Int = 1, column: Int = 1, project: String? = nil,
        shown: ShownServer?, isEnabled: Bool = true, outcome: Outcome
    ) {
        self.name = name
        self.client = client
        self.file = file
        self.line = line
        self.column = column
        self.project = project
        self.shown = shown
        self.isEnabled = isEnabled
        self.outcome = outcome
    }

    public var tools: [InventoryTool] {
        if case .judged(let tools, _) = outcome { tools } else { [] }
    }

    public var isJudged: Bool {
        if case .judged = outcome { true } else { false }
    }

    /// The tools, the worst first, otherwise in the server's order.
    public var worstFirst: [InventoryTool] {
        tools.enumerated().sorted {
            ($1.element.weight, $0.offset) < ($0.element.weight, $1.offset)
        }.map(\.element)
    }
}

/// A tool, judged.
public struct InventoryTool: Sendable {
    public let name: String
    public let verdict: Classification
    /// What its definition holds that is written for the model and not for people.
    public let findings: [PoisoningFinding]
    /// What it can be in a chain with other tools.
    public let roles: ChainRole
    /// A policy can name it.
    public let isNameable: Bool

    public init(
        name: String, verdict: Classification, findings: [PoisoningFinding], roles: ChainRole = [],
        isNameable: Bool = true
    ) {
        self.name = name
        self.roles = roles
        self.verdict = verdict
        self.findings = findings
        self.isNameable = isNameable
    }

    public var recommendation: Recommendation { Recommendation(for: verdict) }

    /// What it is sorted by: its risk, and the worst of its findings.
    var weight: Int { max(verdict.risk.rank, findings.map(\.severity.risk.rank).max() ?? 0) }
}

/// Something that could not be read, and where.
public struct InventoryProblem: Sendable, Hashable {
    public let file: String
    public let line: Int
    public let column: Int
    public let message: String
    /// It kept nothing from being read.
    public let isNote: Bool

    public init(file: String, line: Int = 1, column: Int = 1, _ message: String, isNote: Bool = false) {
        self.file = file
        self.line = line
        self.column = column
        self.message = message
        self.isNote = isNote
    }
}

extension PoisoningFinding.Severity {
    /// The risk that a finding counts as.
    public var risk: Risk {
        switch self {
        case .notice: .low
        case .warning: .high
        case .danger: .critical
        }
    }

    /// For reports.
    public var word: String {
        switch self {
        case .notice: "notice"
        case .warning: "warning"
        case .danger: "danger"
        }
    }
}

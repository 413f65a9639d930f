/// A program with agents in it, whose configuration file names the MCP servers they may call.
public enum MCPClient: String, Sendable, Hashable, CaseIterable {
    case claudeDesktop = "claude-desktop"
    case claudeCode = "claude-code"
    case cursor
    case vscode
    case windsurf
    case codex
    case zed

    /// As its makers write it.
    public var title: String {
        switch self {
        case .claudeDesktop: "Claude Desktop"
        case .claudeCode: "Claude Code"
        case .cursor: "Cursor"
        case .vscode: "VS Code"
        case .windsurf: "Windsurf"
        case .codex: "Codex"
        case .zed: "Zed"
        }
    }

    /// A client by the word people use for it: `claude` is the desktop program.
    public init?(word: String) {
        switch word {
        case "claude": self = .claudeDesktop
        case "code", "vs-code": self = .vscode
        default: self.init(rawValue: word)
        }
    }

    /// Where in its files the servers are.
    public var sections: [ServerSection] {
        switch self {
        case .claudeDesktop, .cursor, .windsurf: [.mcpServers]
        case .claudeCode: [.mcpServers, .projects]
        case .vscode: [.servers, .mcpSetting]
        case .codex: [.mcpTables]
        case .zed: [.contextServers]
        }
    }
}

/// Where in a document the servers are, each under its name.
public enum ServerSection: Sendable, Hashable, CaseIterable {
    /// `{"mcpServers": {NAME: …}}`
    case mcpServers
    /// `{"projects": {FOLDER: {"mcpServers": {NAME: …}}}}`
    case projects
    /// `{"servers": {NAME: …}}`
    case servers
    /// `{"mcp": {"servers": {NAME: …}}}`
    case mcpSetting
    /// `{"context_servers": {NAME: …}}`
    case contextServers
    /// `[mcp_servers.NAME]`
    case mcpTables

    /// The keys that lead there; `projects` has a key of its own between.
    var path: [String] {
        switch self {
        case .mcpServers, .projects: ["mcpServers"]
        case .servers: ["servers"]
        case .mcpSetting: ["mcp", "servers"]
        case .contextServers: ["context_servers"]
        case .mcpTables: ["mcp_servers"]
        }
    }
}

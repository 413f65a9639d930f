/// Where a client keeps a configuration file that can name servers.
public struct ClientPlace: Sendable, Hashable {
    public enum Platform: String, Sendable, Hashable, CaseIterable {
        case linux
        case macOS
        case windows

        /// The one this program runs on.
        public static var current: Platform {
            #if os(Windows)
            .windows
            #elseif os(macOS)
            .macOS
            #else
            .linux
            #endif
        }
    }

    /// What the path starts from.
    public enum Root: Sendable, Hashable {
        /// The person's home folder.
        case home
        /// The folder that holds a person's settings on Windows (`%APPDATA%`), below the home folder.
        case roaming
        /// The folder an agent works in.
        case project
        /// The whole machine.
        case machine
    }

    public let client: MCPClient
    public let platforms: [Platform]
    public let root: Root
    /// Relative to the root, with `/`; below `/` for the machine.
    public let path: String

    init(_ client: MCPClient, _ platforms: [Platform], _ root: Root, _ path: String) {
        self.client = client
        self.platforms = platforms
        self.root = root
        self.path = path
    }

    /// The path from a home folder, on whatever platform: how a copy of somebody's files is searched.
    public var underHome: String { root == .roaming ? "AppData/Roaming/" + path : path }

    private static let everywhere = Platform.allCases
    private static let unix: [Platform] = [.linux, .macOS]

    /// All places that are known, as the clients' own documents give them. A client's first place is where its
    /// configuration is written.
    public static let all: [ClientPlace] = [
        ClientPlace(.claudeDesktop, [.linux], .home, ".config/Claude/claude_desktop_config.json"),
        ClientPlace(.claudeDesktop, [.macOS], .home, "Library/Application Support/Claude/claude_desktop_config.json"),
        ClientPlace(.claudeDesktop, [.windows], .roaming, "Claude/claude_desktop_config.json"),
        ClientPlace(.claudeCode, everywhere, .project, ".mcp.json"),
        ClientPlace(.claudeCode, everywhere, .home, ".claude.json"),
        ClientPlace(.claudeCode, [.linux], .machine, "etc/claude-code/managed-mcp.json"),
        ClientPlace(.claudeCode, [.macOS], .machine, "Library/Application Support/ClaudeCode/managed-mcp.json"),
        ClientPlace(.claudeCode, [.windows], .machine, "Program Files/ClaudeCode/managed-mcp.json"),
        ClientPlace(.cursor, everywhere, .home, ".cursor/mcp.json"),
        ClientPlace(.cursor, everywhere, .project, ".cursor/mcp.json"),
        ClientPlace(.vscode, [.linux], .home, ".config/Code/User/mcp.json"),
        ClientPlace(.vscode, [.macOS], .home, "Library/Application Support/Code/User/mcp.json"),
        ClientPlace(.vscode, [.windows], .roaming, "Code/User/mcp.json"),
        ClientPlace(.vscode, everywhere, .project, ".vscode/mcp.json"),
        ClientPlace(.vscode, [.linux], .home, ".config/Code/User/settings.json"),
        ClientPlace(.vscode, [.macOS], .home, "Library/Application Support/Code/User/settings.json"),
        ClientPlace(.vscode, [.windows], .roaming, "Code/User/settings.json"),
        ClientPlace(.vscode, everywhere, .project, ".vscode/settings.json"),
        ClientPlace(.vscode, [.linux], .home, ".config/Code - Insiders/User/mcp.json"),
        ClientPlace(.vscode, [.macOS], .home, "Library/Application Support/Code - Insiders/User/mcp.json"),
        ClientPlace(.vscode, [.windows], .roaming, "Code - Insiders/User/mcp.json"),
        ClientPlace(.windsurf, everywhere, .home, ".codeium/windsurf/mcp_config.json"),
        ClientPlace(.windsurf, everywhere, .home, ".codeium/mcp_config.json"),
        ClientPlace(.windsurf, everywhere, .project, ".windsurf/mcp_config.json"),
        ClientPlace(.codex, everywhere, .home, ".codex/config.toml"),
        ClientPlace(.codex, everywhere, .project, ".codex/config.toml"),
        ClientPlace(.zed, unix, .home, ".config/zed/settings.json"),
        ClientPlace(.zed, [.windows], .roaming, "Zed/settings.json"),
        ClientPlace(.zed, everywhere, .project, ".zed/settings.json"),
    ]

    /// The places of one platform.
    public static func all(on platform: Platform) -> [ClientPlace] { all.filter { $0.platforms.contains(platform) } }

    /// The client whose file this looks like by the end of its path; nil where several or none use that name.
    public static func client(ofFileAt path: String) -> MCPClient? {
        let path = path.split(separator: "\\", omittingEmptySubsequences: false).joined(separator: "/")
        let known = all.first { place in path.hasSuffix("/" + place.path) || path == place.path }
        if let known { return known.client }
        switch path.split(separator: "/").last {
        case "claude_desktop_config.json": return .claudeDesktop
        case ".claude.json", ".mcp.json", "managed-mcp.json": return .claudeCode
        case "mcp_config.json": return .windsurf
        default: return nil
        }
    }
}

import WireJSON

/// A client's entry for a server behind the gateway: what `gatehouse connect` writes.
///
/// The token itself is written only where that is asked for; otherwise the entry names the variable that holds it, in the
/// client's own way, or the client asks for it.
public struct GatewayEntry: Sendable {
    /// The key it stands under.
    public let name: String
    /// The address of the server at the gateway: `http://127.0.0.1:8420/mcp/NAME`.
    public let address: String
    public let tokenVariable: String
    public let token: Concealed?
    /// The program to start for a client that speaks to processes only.
    public let program: String
    /// Also where the client could reach an address itself.
    public let isProcess: Bool

    public init(
        name: String, address: String, tokenVariable: String, token: Concealed? = nil, program: String,
        isProcess: Bool = false
    ) {
        self.name = name
        self.address = address
        self.tokenVariable = tokenVariable
        self.token = token
        self.program = program
        self.isProcess = isProcess
    }

    /// Whether the client gets a process that stands for the address.
    public func isProcess(for client: MCPClient) -> Bool {
        switch client {
        case .claudeDesktop, .zed: true
        case .claudeCode, .cursor, .vscode, .windsurf, .codex: isProcess
        }
    }

    /// How the client comes by the token, as a sentence; nil where it is in the file.
    public func tokenNotice(for client: MCPClient) -> String? {
        guard token == nil else { return nil }
        if client == .vscode, !isProcess { return "VS Code asks for the grant's token when the server is first used" }
        return "set `\(tokenVariable)` to the grant's token where \(client.title) is started, or use --embed-token"
    }

    /// The id under which VS Code keeps the token it asked for.
    static let inputID = "gatehouse-token"

    /// The entry's value, for clients whose file is JSON.
    func json(for client: MCPClient) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { object in
            if isProcess(for: client) {
                if client == .vscode || client == .claudeCode { object.member("type", "stdio") }
                object.member("command", program)
                object.key("args")
                object.array { list in for word in arguments { list.string(word) } }
                if let token {
                    object.key("env")
                    object.object { $0.member(tokenVariable, token.revealed) }
                }
            } else {
                if client == .vscode || client == .claudeCode { object.member("type", "http") }
                object.member(client == .windsurf ? "serverUrl" : "url", address)
                object.key("headers")
                object.object { $0.member("Authorization", "Bearer " + tokenText(for: client)) }
            }
        }
        return writer.bytes
    }

    private var arguments: [String] { ["wrap", "--allow-all", "--url", address, "--token-env", tokenVariable] }

    private func tokenText(for client: MCPClient) -> String {
        if let token { return token.revealed }
        return switch client {
        case .vscode: "${input:\(Self.inputID)}"
        case .cursor, .windsurf: "${env:\(tokenVariable)}"
        case .claudeDesktop, .claudeCode, .codex, .zed: "${\(tokenVariable)}"
        }
    }

    /// What VS Code is to ask a person for; nil where it need not.
    func input(for client: MCPClient) -> [UInt8]? {
        guard client == .vscode, token == nil, !isProcess else { return nil }
        var writer = JSONWriter()
        writer.object {
            $0.member("type", "promptString")
            $0.member("id", Self.inputID)
            $0.member("description", "The token of your Gatehouse grant")
            $0.member("password", true)
        }
        return writer.bytes
    }

    /// The entry as a table, for Codex.
    func toml() -> [UInt8] {
        var lines = ["[mcp_servers.\(Self.tomlKey(name))]"]
        if isProcess {
            lines.append("command = \(Self.tomlText(program))")
            lines.append("args = [\(arguments.map(Self.tomlText).joined(separator: ", "))]")
            if let token {
                lines.append("env = { \(Self.tomlKey(tokenVariable)) = \(Self.tomlText(token.revealed)) }")
            } else {
                lines.append("env_vars = [\(Self.tomlText(tokenVariable))]")
            }
        } else {
            lines.append("url = \(Self.tomlText(address))")
            if let token {
                lines.append("http_headers = { Authorization = \(Self.tomlText("Bearer " + token.revealed)) }")
            } else {
                lines.append("bearer_token_env_var = \(Self.tomlText(tokenVariable))")
            }
        }
        return Array((lines.joined(separator: "\n") + "\n").utf8)
    }

    private static func tomlKey(_ text: String) -> String {
        let isBare = text.utf8.allSatisfy { byte in
            byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte >= 0x30 && byte <= 0x39 || byte == 0x2D || byte == 0x5F
        }
        return isBare && !text.isEmpty ? text : tomlText(text)
    }

    /// A basic string of TOML escapes as JSON does, but for the delete character.
    private static func tomlText(_ text: String) -> String {
        var writer = JSONWriter()
        writer.string(text)
        return String(decoding: writer.bytes, as: UTF8.self).split(
            separator: "\u{7F}", omittingEmptySubsequences: false
        )
        .joined(separator: "\\u007F")
    }
}

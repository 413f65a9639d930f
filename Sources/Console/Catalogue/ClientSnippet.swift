import ToolCatalogue

/// What to put where, for one client to reach a server through the gateway. The token's place is marked `ghs_…`.
struct ClientSnippet: Sendable {
    /// `Claude`
    let client: String
    /// `claude`: the last part of the tab's identifier.
    let id: String
    /// Where the text goes: a file, or the command line.
    let place: String
    let text: String

    /// For every client, in the order of its tabs.
    ///
    /// - Parameter address: of the server at the gateway.
    static func all(_ slug: GatewaySlug, at address: String) -> [ClientSnippet] {
        let json = ClientJSON(slug: slug.text, address: address)
        return [
            ClientSnippet(
                client: "Claude", id: "claude", place: "On the command line",
                text: """
                    claude mcp add --transport http \(slug.text) \\
                      \(address) \\
                      --header "Authorization: Bearer ghs_…"
                    """),
            ClientSnippet(
                client: "Cursor", id: "cursor", place: "In ~/.cursor/mcp.json",
                text: json.text(under: "mcpServers", address: "url", isTyped: false)),
            ClientSnippet(
                client: "VS Code", id: "vscode", place: "In .vscode/mcp.json",
                text: json.text(under: "servers", address: "url", isTyped: true)),
            ClientSnippet(
                client: "Codex", id: "codex", place: "In ~/.codex/config.toml",
                text: """
                    [mcp_servers.\(slug.text)]
                    url = "\(address)"
                    http_headers = { Authorization = "Bearer ghs_…" }
                    """),
            ClientSnippet(
                client: "Windsurf", id: "windsurf", place: "In ~/.codeium/windsurf/mcp_config.json",
                text: json.text(under: "mcpServers", address: "serverUrl", isTyped: false)),
            ClientSnippet(
                client: "curl", id: "curl", place: "To see the list that an agent sees",
                text: """
                    curl \(address) \\
                      -H 'Authorization: Bearer ghs_…' \\
                      -H 'Content-Type: application/json' \\
                      -H 'Accept: application/json, text/event-stream' \\
                      -H 'MCP-Protocol-Version: 2026-07-28' -H 'Mcp-Method: tools/list' \\
                      -d '{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{
                        "io.modelcontextprotocol/protocolVersion":"2026-07-28",
                        "io.modelcontextprotocol/clientInfo":{"name":"curl","version":"8"},
                        "io.modelcontextprotocol/clientCapabilities":{}}}}'
                    """),
        ]
    }
}

/// The JSON that several clients keep their servers in.
private struct ClientJSON {
    let slug: String
    let address: String

    func text(under key: String, address name: String, isTyped: Bool) -> String {
        """
        {
          "\(key)": {
            "\(slug)": {\(isTyped ? "\n      \"type\": \"http\"," : "")
              "\(name)": "\(address)",
              "headers": { "Authorization": "Bearer ghs_…" }
            }
          }
        }
        """
    }
}

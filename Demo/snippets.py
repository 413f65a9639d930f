"""How to point a client of your own at the running gateway."""

META = '{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}'


def snippets(url: str, token: str) -> str:
    return f"""
The gateway is running. Point your own client at it; Ctrl-C ends it.

Claude Code
    claude mcp add --transport http iam {url} --header "Authorization: Bearer {token}"

Cursor (.cursor/mcp.json)
    {{"mcpServers": {{"iam": {{"url": "{url}", "headers": {{"Authorization": "Bearer {token}"}}}}}}}}

VS Code (.vscode/mcp.json)
    {{"servers": {{"iam": {{"type": "http", "url": "{url}", "headers": {{"Authorization": "Bearer {token}"}}}}}}}}

Codex (~/.codex/config.toml, with GATEHOUSE_TOKEN={token} in its environment)
    [mcp_servers.iam]
    url = "{url}"
    bearer_token_env_var = "GATEHOUSE_TOKEN"

curl
    curl -s {url} -H 'Authorization: Bearer {token}' \\
      -H 'Content-Type: application/json' -H 'Accept: application/json, text/event-stream' \\
      -H 'MCP-Protocol-Version: 2026-07-28' -H 'Mcp-Method: tools/list' \\
      -d '{{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{{"_meta":{META}}}}}'
"""

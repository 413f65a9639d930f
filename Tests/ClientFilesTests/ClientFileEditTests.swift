import ClientFiles
import Testing

/// An entry is put into a client's file, and every other byte stays.
@Suite("Editing client files")
struct ClientFileEditTests {
    private static func entry(_ name: String = "iam", token: String? = nil) -> GatewayEntry {
        GatewayEntry(
            name: name, address: "http://127.0.0.1:8420/mcp/iam", tokenVariable: "GATEHOUSE_TOKEN",
            token: token.map { Concealed($0) }, program: "/usr/bin/gatehouse")
    }

    private func edited(_ file: String?, _ client: MCPClient, _ entry: GatewayEntry = entry()) -> String {
        do throws(ClientFileProblem) {
            return String(
                decoding: try ClientFileEdit.putting(entry, of: client, into: file.map { Array($0.utf8) }),
                as: UTF8.self)
        } catch { return "\(error)" }
    }

    @Test("a client without a file gets one in its own words")
    func fresh() {
        #expect(
            edited(nil, .cursor) == """
                {
                  "mcpServers": {
                    "iam": {
                      "url": "http://127.0.0.1:8420/mcp/iam",
                      "headers": {
                        "Authorization": "Bearer ${env:GATEHOUSE_TOKEN}"
                      }
                    }
                  }
                }

                """)
        #expect(edited("", .windsurf).contains("\"serverUrl\": \"http://127.0.0.1:8420/mcp/iam\""))
        #expect(edited(nil, .claudeCode).contains("\"Authorization\": \"Bearer ${GATEHOUSE_TOKEN}\""))
        #expect(edited(nil, .claudeCode).contains("\"type\": \"http\""))
        for client in [MCPClient.claudeDesktop, .zed] {
            let file = edited(nil, client)
            #expect(file.contains("\"command\": \"/usr/bin/gatehouse\""))
            #expect(
                file.contains(
                    #""args": ["wrap", "--allow-all", "--url", "http://127.0.0.1:8420/mcp/iam", "--token-env", "GATEHOUSE_TOKEN"]"#
                ))
        }
        let vscode = edited(nil, .vscode)
        #expect(vscode.contains("\"Authorization\": \"Bearer ${input:gatehouse-token}\""))
        #expect(vscode.contains("\"password\": true"))
        #expect(
            edited(nil, .codex) == """
                [mcp_servers.iam]
                url = "http://127.0.0.1:8420/mcp/iam"
                bearer_token_env_var = "GATEHOUSE_TOKEN"

                """)
    }

    @Test("the token is in the file only where that is asked for", arguments: MCPClient.allCases)
    func token(_ client: MCPClient) {
        #expect(!edited(nil, client).contains("ghs_"))
        #expect(edited(nil, client, Self.entry(token: "ghs_abc")).contains("ghs_abc"))
    }

    @Test("comments, order, white space, commas and line ends stay byte for byte")
    func preserved() {
        let zed = """
            // mine
            {
            \t"theme": "One", // dark
            \t"context_servers": {
            \t\t"other": {"command": "x"}, // keep
            \t},
            \t"tab_size": 2,
            }
            """
        let result = edited(zed, .zed)
        #expect(
            result == """
                // mine
                {
                \t"theme": "One", // dark
                \t"context_servers": {
                \t\t"other": {"command": "x"}, // keep
                \t\t"iam": {
                \t\t\t"command": "/usr/bin/gatehouse",
                \t\t\t"args": ["wrap", "--allow-all", "--url", "http://127.0.0.1:8420/mcp/iam", "--token-env", "GATEHOUSE_TOKEN"]
                \t\t},
                \t},
                \t"tab_size": 2,
                }
                """)
        let crlf = edited("{\r\n    \"a\": 1\r\n}\r\n", .cursor)
        #expect(crlf.hasPrefix("{\r\n    \"a\": 1,\r\n    \"mcpServers\": {\r\n        \"iam\": {\r\n"))
        #expect(crlf.hasSuffix("    }\r\n}\r\n"))
        #expect(
            edited(#"{"mcpServers":{"a":{"command":"x"}}}"#, .cursor).hasPrefix(
                #"{"mcpServers":{"a":{"command":"x"}, "iam": {"#))
        #expect(edited("{\"mcpServers\": {}}", .cursor).contains("{\"mcpServers\": {\n  \"iam\": {"))
    }

    @Test("an entry that is there is replaced where it stands, and to put it twice is to put it once")
    func replaced() {
        let file =
            "{\n  \"mcpServers\": {\n    \"iam\": {\"command\": \"old\"},\n    \"b\": {\"command\": \"y\"}\n  }\n}\n"
        let once = edited(file, .cursor)
        #expect(!once.contains("old") && once.contains("\"b\": {\"command\": \"y\"}\n"))
        #expect(edited(once, .cursor) == once)
        let asked = edited(nil, .vscode)
        #expect(edited(asked, .vscode) == asked)
        #expect(edited("{\"inputs\": [{\"id\": \"k\"}], \"servers\": {}}", .vscode).contains("{\"id\": \"k\"}, {"))
    }

    @Test("a table of TOML is put at the end, or in the place of the one that is there")
    func toml() {
        let file =
            "model = \"m\" # mine\n\n[mcp_servers.iam]\ncommand = \"old\"\n[mcp_servers.iam.env]\nK = \"v\"\n\n# next\n[mcp_servers.b]\ncommand = \"y\"\n"
        #expect(
            edited(file, .codex)
                == "model = \"m\" # mine\n\n[mcp_servers.iam]\nurl = \"http://127.0.0.1:8420/mcp/iam\"\nbearer_token_env_var = \"GATEHOUSE_TOKEN\"\n\n# next\n[mcp_servers.b]\ncommand = \"y\"\n"
        )
        #expect(edited("model = \"m\"", .codex).hasPrefix("model = \"m\"\n\n[mcp_servers.iam]\n"))
        #expect(edited(nil, .codex, Self.entry("my \"server\"")).hasPrefix("[mcp_servers.\"my \\\"server\\\"\"]\n"))
    }

    static let refused: [(client: MCPClient, file: String, told: String)] = [
        (.cursor, "{\"mcpServers\":", "1:15: this is no JSON: unfinished value"),
        (.cursor, "{\"a\":1,\"a\":2}", "1:8: this is no JSON: duplicate key"),
        (.cursor, "[]", "1:1: the file holds no object"),
        (.cursor, "{\"mcpServers\": []}", "1:16: `mcpServers` is no object"),
        (.vscode, "{\"inputs\": 3}", "1:12: `inputs` is no list"),
        (.codex, "a = \n", "1:5: this is no TOML: a value is missing"),
        (
            .codex, "mcp_servers = { iam = { command = \"x\" } }\n",
            "1:1: the server stands in this file in a form that is not replaced; do it by hand"
        ),
        (
            .codex, "mcp_servers = { b = { command = \"x\" } }\n",
            "3:1: this is no TOML: this table is there already, or its name is taken"
        ),
    ]

    @Test("what cannot be read whole is not written", arguments: refused)
    func refusal(_ client: MCPClient, _ file: String, _ told: String) {
        #expect(edited(file, client) == told)
    }
}

import ClientFiles
import Testing

/// Which servers a client's file names, in whichever client's words.
@Suite("Client files")
struct ClientFileTests {
    struct Shape: CustomTestStringConvertible, Sendable {
        let client: MCPClient
        let file: String
        let named: [String]
        var testDescription: String { "\(client.rawValue): \(named.joined(separator: ", "))" }
    }

    /// What each client's own documents show, as names, what may be told of the server, and its line.
    static let shapes = [
        Shape(
            client: .claudeDesktop,
            file:
                "{\n \"mcpServers\": {\n  \"files\": {\"command\":\"npx\",\"args\":[\"-y\",\"@a/files@1.2\",\"/home\"]}\n }\n}",
            named: ["3 files: npx @a/files and 2 more arguments"]),
        Shape(
            client: .claudeCode,
            file: """
                {"numStartups": 3, "mcpServers": {"a": {"type":"http","url":"https://mcp.example.com/v1?key=x"}},
                "projects": {"/p": {"allowedTools": [], "mcpServers": {"b": {"command":"uvx","args":["srv==1.0"]}}}, "/q": {}}}
                """,
            named: ["1 a: https://mcp.example.com/…", "2 b: uvx srv"]),
        Shape(
            client: .cursor,
            file: #"{"mcpServers":{"a":{"url":"http://127.0.0.1:9/sse","headers":{"Authorization":"Bearer t"}}}}"#,
            named: ["1 a: http://127.0.0.1:9/…"]),
        Shape(
            client: .vscode,
            file: """
                // servers of mine
                {"inputs": [], "servers": {"a": {"type":"stdio","command":"docker",
                  "args":["run","-i","--rm","-e","TOKEN=secret","ghcr.io/o/server:1.0"],},},}
                """,
            named: ["2 a: docker ghcr.io/o/server and 5 more arguments"]),
        Shape(
            client: .vscode, file: #"{"editor.fontSize": 12, "mcp": {"servers": {"old": {"command": "srv"}}}}"#,
            named: ["1 old: srv"]),
        Shape(
            client: .windsurf, file: #"{"mcpServers":{"a":{"serverUrl":"https://x.example/mcp","disabled":true}}}"#,
            named: ["1 a: https://x.example/… (off)"]),
        Shape(
            client: .codex,
            file: """
                model = "m" # a comment
                [mcp_servers.a]
                command = 'npx'
                args = ["-y",
                  "pkg", # another
                ]
                [mcp_servers.a.env]
                KEY = "v"
                [mcp_servers."b c"]
                url = "https://b.example/mcp"
                bearer_token_env_var = "B_TOKEN"
                enabled = false
                """,
            named: ["2 a: npx pkg and 1 more argument [KEY]", "9 b c: https://b.example/… (off) {Authorization}"]),
        Shape(
            client: .zed,
            file: """
                { // Zed
                  "context_servers": {
                    "new": {"source": "custom", "command": "srv", "args": ["x"], "env": {"K": 1, "N": null}},
                    "older": {"command": {"path": "/opt/bin/srv", "args": [], "env": {}}, "settings": {}},
                    "extension": {"settings": {}},
                  },
                }
                """,
            named: [
                "3 new: srv and 1 argument [K]", "4 older: …/srv",
                "5 extension: (an extension of the editor starts it)",
            ]),
    ]

    @Test("each client's file is read in its own shape", arguments: shapes)
    func shape(_ shape: Shape) {
        let read = ClientFile(
            Array(shape.file.utf8), form: shape.client == .codex ? .toml : .json, client: shape.client)
        #expect(read.problems.isEmpty, "\(read.problems)")
        #expect(read.servers.map(Self.told) == shape.named)
        #expect(read.namesServers)
    }

    @Test("a file that is nobody's in particular is read wherever any client looks")
    func anybody() {
        let file = #"{"mcpServers":{"a":{"command":"x"}},"servers":{"b":{"command":"y"}},"context_servers":{}}"#
        #expect(ClientFile(Array(file.utf8), form: .json).servers.map(\.name) == ["a", "b"])
        #expect(!ClientFile(Array(#"{"name":"package"}"#.utf8), form: .json).namesServers)
    }

    static func told(_ server: ConfiguredServer) -> String {
        let shown = ShownServer(server)
        var text = "\(server.line) \(server.name): \(shown.text)"
        if case .unreachable(let reason) = server.transport { text += "(\(reason))" }
        if !server.isEnabled { text += " (off)" }
        if !shown.environmentNames.isEmpty { text += " [\(shown.environmentNames.joined(separator: ","))]" }
        if !shown.headerNames.isEmpty, server.headers[0].name != "Authorization" || !server.isEnabled {
            text += " {\(shown.headerNames.joined(separator: ","))}"
        }
        return text
    }

    struct Mistake: CustomTestStringConvertible, Sendable {
        let file: String
        let form: ClientFile.Form
        let told: String
        /// Servers that are named all the same.
        var named: [String] = []
        var testDescription: String { told }

        init(_ file: String, _ told: String, toml: Bool = false, named: [String] = []) {
            self.file = file
            self.told = told
            form = toml ? .toml : .json
            self.named = named
        }
    }

    static let mistakes = [
        Mistake("{\"mcpServers\": {}\n", "2:1: this is no JSON: unfinished value"),
        Mistake(
            "{\"mcpServers\":\n{\"a\":{\"command\":\"x\"},\n\"a\":{\"command\":\"y\"}}}",
            "3:1: this is no JSON: duplicate key"),
        Mistake("{\"mcpServers\": /* no end", "1:16: the comment has no end"),
        Mistake("\"text\"", "1:1: the file holds no object"),
        Mistake("{\"mcpServers\":[]}", "1:15: `mcpServers` is no object with a server under each name"),
        Mistake(
            "{\"mcpServers\":{\"a\":7,\n\"b\":{\"command\":\"x\"}}}", "1:20: `a`: the entry is no object",
            named: ["a", "b"]),
        Mistake(
            "{\"mcpServers\":{\"a\":{\"command\":7}}}", "1:31: `a`: `command` is no text", named: ["a"]),
        Mistake(
            "{\"mcpServers\":{\"a\":{\"command\":\"x\",\"args\":\"--key=s3cret\"}}}",
            "1:42: `a`: `args` is no list of texts, or longer than is read", named: ["a"]),
        Mistake(
            "{\"mcpServers\":{\"a\":{\"command\":\"x\",\"env\":{\"K\":{}}}}}",
            "1:46: `a`: a value of `env` is no text, or longer than is read", named: ["a"]),
        Mistake(
            "{\"mcpServers\":{\"a\":{}}}", "1:20: `a`: the entry has neither `command` nor `url`", named: ["a"]),
        Mistake(
            "\u{FEFF}{\"mcpServers\":{\"a\":{\"command\":\"x\"}}}",
            "1:1: the file begins with a byte order mark; not every client reads that", named: ["a"]),
        Mistake(
            String(repeating: "[", count: 100_000), "1:65: this is no JSON: nested too deeply"),
        Mistake(
            "[mcp_servers.a]\ncommand = \"x\"\n[mcp_servers.a]\n",
            "3:1: this is no TOML: this table is there already, or its name is taken", toml: true),
        Mistake("a = 1\na = 2\n", "2:1: this is no TOML: duplicate key, or a key of what is no table", toml: true),
        Mistake("a = \"x\n", "1:7: this is no TOML: control character or line break in a text", toml: true),
        Mistake(
            "a = " + String(repeating: "[", count: 100_000), "1:30: this is no TOML: nested too deeply", toml: true),
        Mistake("a = 1 b = 2\n", "1:7: this is no TOML: something after the value", toml: true),
        Mistake(
            "[mcp_servers.a]\ncommand = 7\n", "2:1: `a`: `command` is no text", toml: true, named: ["a"]),
        Mistake("mcp_servers = 3\n", "1:1: `mcp_servers` is no object with a server under each name", toml: true),
    ]

    @Test("what cannot be read is told with its place, and costs no other server", arguments: mistakes)
    func mistake(_ mistake: Mistake) {
        let read = ClientFile(Array(mistake.file.utf8), form: mistake.form)
        #expect(read.problems.first?.description == mistake.told)
        #expect(read.servers.map(\.name) == mistake.named)
    }

    @Test("what is over a bound is told and not read")
    func bounds() {
        let many = (0..<600).map { "\"s\($0)\":{\"command\":\"x\"}" }.joined(separator: ",")
        let read = ClientFile(Array("{\"mcpServers\":{\(many)}}".utf8), form: .json)
        #expect(read.servers.count == ClientFileBounds.servers)
        #expect(read.problems.map(\.message) == ["there are more servers than are read"])
        let long = String(repeating: "n", count: 300)
        let named = ClientFile(Array("{\"mcpServers\":{\"\(long)\":{\"command\":\"x\"}}}".utf8), form: .json)
        #expect(named.servers.isEmpty && named.problems.map(\.message) == ["a server's name is longer than is read"])
        let large = [UInt8](repeating: 0x20, count: ClientFileBounds.fileBytes) + Array("{}".utf8)
        #expect(ClientFile(large, form: .json).problems.map(\.message) == ["the file is larger than 32 MiB"])
    }

    @Test("an empty file names no server and is no mistake")
    func empty() {
        for form in [ClientFile.Form.json, .toml] {
            let read = ClientFile(Array(" \n".utf8), form: form, client: .cursor)
            #expect(read.servers.isEmpty && read.problems.isEmpty)
        }
    }

    @Test("a client is known by where its file lies")
    func places() {
        #expect(ClientPlace.client(ofFileAt: "/home/u/.cursor/mcp.json") == .cursor)
        #expect(ClientPlace.client(ofFileAt: "x/.vscode/mcp.json") == .vscode)
        #expect(ClientPlace.client(ofFileAt: "claude_desktop_config.json") == .claudeDesktop)
        #expect(ClientPlace.client(ofFileAt: "C:\\Users\\u\\AppData\\Roaming\\Zed\\settings.json") == .zed)
        #expect(ClientPlace.client(ofFileAt: "mcp.json") == nil)
        for client in MCPClient.allCases {
            for platform in ClientPlace.Platform.allCases {
                #expect(ClientPlace.all(on: platform).contains { $0.client == client }, "\(client) on \(platform)")
            }
        }
    }
}

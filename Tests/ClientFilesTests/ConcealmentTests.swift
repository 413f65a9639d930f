import ClientFiles
import Testing

/// Nothing that could be a secret is told of a server, whatever place it stands in.
@Suite("Concealment")
struct ConcealmentTests {
    private static let secret = "hunter2-Zq81xL0pV93kTr5w"

    static let entries = [
        #"{"command":"srv","args":["--token","SECRET"]}"#, #"{"command":"srv","args":["--token=SECRET"]}"#,
        #"{"command":"srv","env":{"API_KEY":"SECRET"}}"#, #"{"command":"/opt/SECRET/srv"}"#,
        #"{"command":"sh -c 'TOKEN=SECRET srv'"}"#, #"{"command":"sh","args":["-c","TOKEN=SECRET srv"]}"#,
        #"{"command":"npx","args":["-y","--registry","https://u:SECRET@r.example","pkg"]}"#,
        #"{"command":"npx","args":["--unknown","SECRET","pkg"]}"#, #"{"command":"npx","args":["SECRET"]}"#,
        #"{"command":"uvx","args":["--index-url","SECRET","pkg"]}"#,
        #"{"command":"uvx","args":["--from","git+https://SECRET@github.com/o/r","srv"]}"#,
        #"{"command":"docker","args":["run","-e","K=SECRET","image"]}"#,
        #"{"command":"docker","args":["run","--secret-option","SECRET","image"]}"#,
        #"{"url":"https://SECRET@x.example/mcp"}"#, #"{"url":"https://x.example/SECRET/mcp"}"#,
        #"{"url":"https://x.example/mcp?key=SECRET"}"#, #"{"url":"https://x.example/mcp#SECRET"}"#,
        #"{"url":"SECRET"}"#, #"{"url":"https://x.example","headers":{"Authorization":"Bearer SECRET"}}"#,
        #"{"command":"srv","env":{"SECRET":"x"}}"#, #"{"command":"srv","cwd":"/SECRET"}"#,
        #"{"command":"srv","args":["a"],"env":{"K":["SECRET"]}}"#, #"{"command":["srv","SECRET"]}"#,
        #"{"command":{"path":"srv","args":["SECRET"],"env":{"K":"SECRET"}}}"#, #"{"command":"SECRET"}"#,
    ]

    @Test("a secret is told from no place of an entry", arguments: entries)
    func concealed(_ entry: String) throws {
        let file =
            "{\"mcpServers\":{\"a\":\(entry.split(separator: "SECRET", omittingEmptySubsequences: false).joined(separator: Self.secret))}}"
        let read = ClientFile(Array(file.utf8), form: .json)
        let server = try #require(read.servers.first)
        let told = "\(ShownServer(server)) \(read.problems) \(server) \(String(reflecting: server.transport))"
        #expect(!told.contains("hunter2"))
        #expect(!told.contains("Zq81"))
    }

    @Test("a package is told only where it is certain which word names it")
    func packages() {
        func package(_ program: String, _ words: String...) -> String? {
            PackageName(program: program, arguments: words).map { "\($0.registry):\($0.name) \($0.version)" }
        }
        #expect(package("npx", "-y", "@a/b@1.0.0") == "npm:@a/b 1.0.0")
        #expect(package("npx.cmd", "-p", "pkg", "bin") == "npm:pkg ")
        #expect(package("pnpm", "dlx", "pkg") == "npm:pkg ")
        #expect(package("uvx", "--from", "srv[x]==2.0", "bin") == "pypi:srv 2.0")
        #expect(package("uvx", "srv@latest", "--key", "k") == "pypi:srv latest")
        #expect(package("uv", "run", "srv.py") == nil)
        #expect(package("docker", "run", "-i", "--rm", "-e", "A", "ghcr.io/o/i:1") == "oci:ghcr.io/o/i 1")
        #expect(package("docker", "run", "--gpus", "all", "i") == nil)
        #expect(package("awslabs.iam-mcp-server") == "pypi:awslabs.iam-mcp-server ")
        #expect(package("python", "-m", "srv") == nil)
    }

    private func server(_ entry: String) throws -> ConfiguredServer {
        try #require(ClientFile(Array("{\"mcpServers\":{\"a\":\(entry)}}".utf8), form: .json).servers.first)
    }

    @Test("a program given by its path is not taken for the package of that name")
    func paths() throws {
        for path in ["/tmp/x/uvx", "./uvx", "bin\\\\uvx.exe", "/tmp/awslabs.iam-mcp-server"] {
            let server = try server("{\"command\":\"\(path)\",\"args\":[\"awslabs.iam-mcp-server\"]}")
            #expect(ShownServer(server).package == nil)
            #expect(ShownServer(server).text.hasPrefix("…/"))
            #expect(ShownServer.places(of: server).program != nil)
        }
        let bare = try server(#"{"command":"uvx","args":["awslabs.iam-mcp-server"],"cwd":"/p/\u202e/x"}"#)
        #expect(ShownServer(bare).text == "uvx awslabs.iam-mcp-server")
        #expect(ShownServer.places(of: bare).program == nil)
        #expect(ShownServer.places(of: bare).folder == "/p/…/x")
    }

    @Test(
        "variables that change what runs are told apart from others",
        arguments: [
            ("PATH", true), ("ld_preload", true), ("LD_LIBRARY_PATH", true), ("DYLD_INSERT_LIBRARIES", true),
            ("NODE_OPTIONS", true), ("npm_config_registry", true), ("PYTHONPATH", true), ("UV_INDEX_URL", true),
            ("BASH_ENV", true), ("GIT_SSH_COMMAND", true), ("HTTPS_PROXY", true), ("DOCKER_HOST", true),
            ("AWS_PROFILE", false), ("PYTHONUNBUFFERED", false), ("GITHUB_TOKEN", false), ("GIT_AUTHOR_NAME", false),
            ("MY_PATH", false),
        ])
    func altering(_ name: String, _ alters: Bool) throws {
        let server = try server("{\"command\":\"uvx\",\"args\":[\"srv\"],\"env\":{\"\(name)\":\"x\"}}")
        #expect(ShownServer(server).alteringNames == (alters ? [name] : []))
    }

    @Test("interpreters are told, whose arguments say what runs")
    func interpreters() throws {
        for program in ["bash", "python3.12", "node", "/usr/bin/env", "pwsh.exe", "deno"] {
            #expect(ShownServer(try server("{\"command\":\"\(program)\"}")).isInterpreter)
        }
        for program in ["uvx", "npx", "docker", "awslabs.iam-mcp-server"] {
            #expect(!ShownServer(try server("{\"command\":\"\(program)\"}")).isInterpreter)
        }
    }

    @Test("variables of the person's own that an entry takes in are named, wherever they stand")
    func taken() throws {
        let entry = #"""
            {"command":"${TOOL}","args":["--key=${env:KEY}","${KEY}","${userHome}/x","${input:a}","${NONE:-d}"],
             "cwd":"${WHERE}","env":{"A":"${IN_ENV}"},"env_vars":["PASSED"],"headers":{"H":"Bearer ${IN_HEADER}"}}
            """#
        #expect(
            Set(ShownServer(try server(entry)).takenNames)
                == ["TOOL", "KEY", "NONE", "WHERE", "IN_ENV", "PASSED", "IN_HEADER"])
        #expect(ShownServer(try server(#"{"url":"https://x.example/${TOKEN}"}"#)).takenNames == ["TOKEN"])
    }

    @Test("only what is reached in the same way, byte for byte and in the same project, is asked once")
    func reachedAlike() {
        func server(_ argument: String, _ project: String?) -> ConfiguredServer {
            ConfiguredServer(
                name: "a", transport: .command(program: Concealed("srv"), arguments: [Concealed(argument)]),
                project: project)
        }
        let one = server("${workspaceFolder}/caf\u{E9}", "/p")
        #expect(one.isReached(as: server("${workspaceFolder}/caf\u{E9}", "/p")))
        #expect(!one.isReached(as: server("${workspaceFolder}/caf\u{E9}", "/q")))
        #expect(!one.isReached(as: server("${workspaceFolder}/caf\u{E9}", nil)))
        #expect(!one.isReached(as: server("${workspaceFolder}/cafe\u{301}", "/p")))
    }

    @Test("a gateway that lets everything through before a program is none")
    func guarded() throws {
        func isGuarded(_ arguments: String) throws -> Bool {
            ShownServer(try server("{\"command\":\"gatehouse\",\"args\":[\(arguments)]}")).isGuarded
        }
        #expect(try isGuarded(#""wrap","--policy","p.yaml","--","srv""#))
        #expect(try isGuarded(#""wrap","--allow-all","--url","http://127.0.0.1:8420/mcp/a""#))
        #expect(try !isGuarded(#""wrap","--allow-all","--","srv""#))
    }

    @Test("what is left open is put in, or named")
    func placeholders() throws {
        let open = Placeholders(environment: ["KEY": "v"], home: "/h", folder: "/p")
        func filled(_ text: String) -> String {
            do throws(Placeholders.Open) { return try open.filled(Concealed(text)) } catch { return "\(error)" }
        }
        #expect(filled("a ${KEY} ${env:KEY} ${userHome}/x ${workspaceFolder} $KEY ${") == "a v v /h/x /p $KEY ${")
        #expect(filled("${NONE:-d}") == "d")
        #expect(filled("${NONE}") == "the environment variable `NONE` is not set")
        #expect(filled("${input:key}") == "its client asks a person for what it needs")
    }
}

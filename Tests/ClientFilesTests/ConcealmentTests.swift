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

import Gateway
import PolicyFiles
import Testing
import Upstreams

@testable import gatehouse

/// A configuration is used whole or not at all: every mistake is told with its place.
struct ConfigurationReaderTests {
    static let mistakes: [(document: String, told: String)] = [
        ("lisen: 127.0.0.1:1\n", "c.yaml:1:1: unknown key `lisen` – did you mean `listen`?"),
        ("listen: here\n", "c.yaml:1:9: `here` is no address to listen on – write `127.0.0.1:8420`"),
        ("rescan: 30s\n", "c.yaml:1:9: `30s` is no time between two scans – write `1m` to `7d`, or `off`"),
        ("rescan: 8d\n", "c.yaml:1:9: `8d` is no time between two scans – write `1m` to `7d`, or `off`"),
        ("rescan: never\n", "c.yaml:1:9: `never` is no time between two scans – write `1m` to `7d`, or `off`"),
        ("servers: []\n", "c.yaml:1:10: a mapping is expected here"),
        (
            "servers: { Big: { url: http://a } }\n",
            "c.yaml:1:12: `Big` cannot name a server – use 1 to 64 of a-z, 0-9, `-` and single `_`"
        ),
        (
            "servers: { a__b: { url: http://a } }\n",
            "c.yaml:1:12: `a__b` cannot name a server – use 1 to 64 of a-z, 0-9, `-` and single `_`"
        ),
        (
            "servers: { a_: { url: http://a } }\n",
            "c.yaml:1:12: `a_` cannot name a server – use 1 to 64 of a-z, 0-9, `-` and single `_`"
        ),
        ("servers: { a: {} }\n", "c.yaml:1:15: a server has either `command` or `url`"),
        ("servers: { a: { url: ftp://x } }\n", "c.yaml:1:22: a url begins with `http://` or `https://`"),
        (
            "servers: { a: { command: [x], accept: all } }\n",
            "c.yaml:1:39: `all` is none of `initial`, `manual`, `names`"
        ),
        (
            "servers: { a: { command: [x], asks: [sampling, root] } }\n",
            "c.yaml:1:48: `root` is none of `elicitation`, `sampling`, `roots` – did you mean `roots`?"
        ),
        (
            "servers: { a: { command: [x], timeouts: { call: soon } } }\n",
            "c.yaml:1:49: `soon` is no duration – write `30s`, `500ms` or `2m`"
        ),
        (
            "servers: { a: { command: [x], limits: { memory: 2GB } } }\n",
            "c.yaml:1:49: `2GB` is no size for this – write `512MiB` or `2GiB`"
        ),
        (
            "servers: { a: { command: [x], limits: { memory: 4000000000GiB } } }\n",
            "c.yaml:1:49: `4000000000GiB` is no size for this – write `512MiB` or `2GiB`"
        ),
        (
            "servers: { a: { command: [x], limits: { descriptors: 3 } } }\n",
            "c.yaml:1:54: `3` is no number for this – write a number from 16 to 1000000"
        ),
        (
            "servers: { a: { command: [x], limits: { proceses: 3 } } }\n",
            "c.yaml:1:41: unknown key `proceses` – did you mean `processes`?"
        ),
        (
            "servers: { a: { url: \"http://x\", limits: { memory: 1GiB } } }\n",
            "c.yaml:1:34: `limits` are of a server that has a `command`"
        ),
        (
            "servers: { a: { url: \"http://x\", headers: { Host: y } } }\n",
            "c.yaml:1:45: `Host` is set by the gateway itself"
        ),
        (
            "servers: { a: { command: [x], oauth: {} } }\n",
            "c.yaml:1:31: `oauth` is of a server that has a `url`"
        ),
        (
            "servers: { a: { url: \"http://x\", oauth: { grant: password } } }\n",
            "c.yaml:1:50: `password` is none of `authorization_code`, `client_credentials`"
        ),
        (
            "servers: { a: { url: \"http://x\", oauth: { grant: client_credentials } } }\n",
            "c.yaml:1:41: a `client_id` is needed here"
        ),
        (
            "servers: { a: { url: \"http://x\", oauth: { grant: client_credentials, client_id: c } } }\n",
            """
            c.yaml:1:41: a client with a secret, and `client_credentials`, need the `issuer` the client is registered at – \
            write `issuer: https://login.example`, as its metadata spells it
            """
        ),
        (
            "servers: { a: { url: \"http://x\", oauth: { client_id: c, client_secret: s } } }\n",
            """
            c.yaml:1:41: a client with a secret, and `client_credentials`, need the `issuer` the client is registered at – \
            write `issuer: https://login.example`, as its metadata spells it
            """
        ),
        (
            "servers: { a: { url: \"http://x\", headers: { authorization: y }, oauth: {} } }\n",
            "c.yaml:1:65: a server has either `oauth` or a header `Authorization`"
        ),
        (
            "console: { listen: here }\n",
            "c.yaml:1:20: `here` is no address to listen on – write `127.0.0.1:8421`, or `off`"
        ),
        ("console: { lisen: off }\n", "c.yaml:1:12: unknown key `lisen` – did you mean `listen`?"),
        (
            "console: { authorization: {} }\n",
            "c.yaml:1:10: `authorization` needs `public_url`, by which people reach the console"
        ),
        (
            "console: { public_url: \"https://c.example/x\" }\n",
            "c.yaml:1:24: `https://c.example/x` is no address that clients reach this by – write `https://gateway.example`"
        ),
        (
            "console: { public_url: \"https://c.example\" }\nbehind_proxy: true\n",
            "c.yaml:1:10: the console's `public_url` needs one of the gateway, which tokens are issued for – write `public_url: https://gateway.example` beside `console`, or `authorization: off` in it"
        ),
        (
            "console: { public_url: \"https://c.example\", authorization: { origins: [] } }\n",
            "c.yaml:1:62: unknown key `origins`"
        ),
        ("console: { catalogue: { trust: [] } }\n", "c.yaml:1:23: `catalogue` needs a `file`"),
        (
            "console: { catalogue: { file: c, trust: [abc] } }\n",
            "c.yaml:1:42: `abc` is no public key – `gatehouse catalog key` prints one of 64 hexadecimal digits"
        ),
        ("data: ${UNSET}\n", "c.yaml:1:7: the environment variable `UNSET` is not set"),
        (
            "grants: [{ label: a, servers: {} }]\n",
            "c.yaml:1:10: a grant has one of `token_sha256`, `token_file` and `token_env`"
                + " – `gatehouse grant hash` makes a token and its hash"
        ),
        (
            "grants: [{ label: a, token_env: FOREIGN, servers: {} }]\n",
            "c.yaml:1:33: a grant's token begins with `ghs_` – `gatehouse grant hash` makes one"
        ),
        (
            "public_url: https://gateway.example/mcp\n",
            "c.yaml:1:13: `https://gateway.example/mcp` is no address that clients reach this by"
                + " – write `https://gateway.example`"
        ),
        (
            "identity: { providers: { corp: { issuer: https://a, scope: [x] } } }\n",
            "c.yaml:1:53: unknown key `scope` – did you mean `scopes`?"
        ),
        (
            "identity: { providers: { corp: { issuer: ftp://a } } }\n",
            "c.yaml:1:42: a url begins with `http://` or `https://`"
        ),
        (
            "identity: { providers: { corp: { issuer: https://a, algorithms: [HS256] } } }\n",
            "c.yaml:1:66: `HS256` is none of `RS256`, `RS384`, `RS512`, `PS256`, `PS384`, `PS512`, `ES256`, `ES384`,"
                + " `ES512`, `EdDSA`"
        ),
        (
            "identity: { providers: { corp: { issuer: https://a, leeway: 1h } } }\n",
            "c.yaml:1:61: `1h` is no duration – write `30s`, `500ms` or `2m`"
        ),
        (
            "identity: { providers: { corp: { issuer: https://a, leeway: 10m } } }\n",
            "c.yaml:1:61: clocks may differ by 120 seconds at most"
        ),
        (
            "identity: { providers: { corp: { issuer: https://a, grants: [{ when: {}, grant: x }] } } }\n",
            "c.yaml:1:62: a mapping needs `when`, with a claim in it, and `grant`"
        ),
        (
            "identity: { providers: { corp: { issuer: https://a, grants: [{ when: { g: [] }, grant: x }] } } }\n",
            "c.yaml:1:75: no value of `g` would do"
        ),
        (
            "identity: { providers: { corp: { issuer: https://a, grants: [{ when: { g: x }, grant: lptop }] } } }\n",
            "c.yaml:1:32: there is no grant `lptop`"
        ),
        (
            "identity: { providers: { a: { issuer: https://x }, b: { issuer: https://x } } }\n",
            "c.yaml:1:55: two providers have the issuer `https://x`"
        ),
        (
            "identity: { providers: { a: { issuer: https://x } } }\nbehind_proxy: true\n",
            "c.yaml:1:11: `identity` needs `public_url`, which tokens are issued for – write `https://gateway.example`"
        ),
        (
            "grants: [{ label: a, token_env: WEAK, servers: {} }]\n",
            "c.yaml:1:33: the token is too weak – `gatehouse grant hash` makes one of 256 random bits"
        ),
    ]

    @Test("a mistake is told with its place and a suggestion, and nothing is used", arguments: mistakes)
    func mistake(_ document: String, _ told: String) throws {
        let (located, syntax) = LocatedDocument.parse(Array(document.utf8), name: "c.yaml")
        #expect(syntax.isEmpty)
        var reader = ConfigurationReader(
            file: "c.yaml", environment: ["WEAK": "secret", "FOREIGN": "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.x"]
        ) { _ in [] }
        let root = try #require(located)
        let configuration = reader.read(root)
        #expect(reader.problems.map(\.description) == [told])
        #expect(configuration == nil)
    }

    static let consoles: [(text: String, listening: DeclaredConsole.Listening)] = [
        ("listen: 127.0.0.1:1\n", .on(ListenAddress(host: "127.0.0.1", port: 8421))),
        ("console: off\n", .off), ("console: \"off\"\n", .off), ("console: { listen: off }\n", .off),
        ("console: { listen: \"[::1]:90\" }\n", .on(ListenAddress(host: "::1", port: 90))),
    ]

    @Test("the console listens where it is told, or nowhere", arguments: consoles)
    func console(_ text: String, _ listening: DeclaredConsole.Listening) throws {
        let (located, _) = LocatedDocument.parse(Array(text.utf8), name: "c.yaml")
        var reader = ConfigurationReader(file: "c.yaml", environment: [:]) { _ in [] }
        #expect(reader.read(try #require(located))?.console.listening == listening)
    }

    @Test("limits of a command's processes are read, and stay as shipped where they are not written")
    func limits() throws {
        let text = "servers: { a: { command: [x], limits: { memory: 512MiB, line: 4096, idle: 2m, children: 3 } } }\n"
        let (located, _) = LocatedDocument.parse(Array(text.utf8), name: "c.yaml")
        var reader = ConfigurationReader(file: "c.yaml", environment: [:]) { _ in [] }
        let limits = reader.read(try #require(located))?.servers.first?.limits
        var expected = StdioLimits()
        expected.memory = 512 << 20
        expected.lineBytes = 4096
        expected.idle = .seconds(120)
        expected.children = 3
        #expect(limits == expected)
    }

    @Test(
        "what a server may ask its clients for is everything, or what is written",
        arguments: [("", 3), ("asks: [], ", 0), ("asks: [roots], ", 1)])
    func asks(_ written: String, _ count: Int) throws {
        let (located, _) = LocatedDocument.parse(
            Array("servers: { a: { \(written)command: [x] } }\n".utf8), name: "c.yaml")
        var reader = ConfigurationReader(file: "c.yaml", environment: [:]) { _ in [] }
        #expect(reader.read(try #require(located))?.servers.first?.settings.asks.count == count)
    }

    @Test("a grant that names what is not declared is refused, with the nearest name")
    func danglingNames() throws {
        let hash = String(repeating: "ab", count: 32)
        let document = """
            servers: { iam: { command: [x], accept: initial } }
            policies: { safe: p.yaml }
            grants:
              - { label: a, token_sha256: \(hash), servers: { iam: save } }
            """
        let (located, _) = LocatedDocument.parse(Array(document.utf8), name: "c.yaml")
        var reader = ConfigurationReader(file: "c.yaml", environment: [:]) { _ in [] }
        let root = try #require(located)
        #expect(reader.read(root) == nil)
        #expect(
            reader.problems.map(\.description)
                == ["c.yaml:4:5: there is no policy `save` – did you mean `safe`?"])
    }

    @Test("the documented form is read, variables filled in")
    func documentedForm() throws {
        let hash = String(repeating: "ab", count: 32)
        let document = """
            listen: 127.0.0.1:8420
            data: ./data
            servers:
              iam:   { command: [awslabs.iam-mcp-server, --allow-write], environment: { AWS_DEFAULT_REGION: us-east-1 } }
              notes: { url: https://notes.example/mcp, headers: { X-Key: "${NOTES_KEY}" }, accept: initial }
            policies: { iam-safe: policies/iam-safe.yaml, notes-read: policies/notes-read.json }
            grants:
              - { label: laptop, token_sha256: \(hash), tags: { team: platform },
                  servers: { iam: iam-safe, notes: { policy: notes-read, mode: observe } } }
            """
        let (located, _) = LocatedDocument.parse(Array(document.utf8), name: "c.yaml")
        var reader = ConfigurationReader(file: "c.yaml", environment: ["NOTES_KEY": "k"]) { _ in [] }
        let root = try #require(located)
        let read = reader.read(root)
        let configuration = try #require(read)
        #expect(configuration.servers.map(\.slug) == ["iam", "notes"])
        #expect(configuration.servers.map(\.settings.acceptance) == [.manual, .initial])
        #expect(configuration.grants.first?.pairs.map(\.mode) == [.enforce, .observe])
        #expect(configuration.grants.first?.tags == ["team": "platform"])
    }

    @Test("a token made is recognised by its digest and no two are alike")
    func tokens() {
        let tokens = (0..<100).map { _ in GrantToken.random() }
        #expect(Set(tokens).count == 100)
        #expect(tokens.allSatisfy { $0.hasPrefix("ghs_") && $0.utf8.count == 76 })
    }

    @Test(
        "only this machine reaches a loopback address",
        arguments: [
            ("127.0.0.1:1", true), ("localhost:1", true), ("[::1]:1", true), ("127.8.8.8:1", true),
            ("0.0.0.0:1", false),
            ("[::]:1", false), ("10.0.0.1:1", false), ("127.example:1", false), ("127.0.0.1.example:1", false),
        ])
    func loopback(_ text: String, _ isLoopback: Bool) throws {
        let address = try #require(ListenAddress(text))
        #expect(address.isLoopback == isLoopback)
    }
}

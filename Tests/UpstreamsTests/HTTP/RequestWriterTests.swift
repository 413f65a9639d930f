import Fetching
import Gateway
import MCPMessages
import NIOCore
import Testing
import WireJSON

@testable import Upstreams

/// Requests as they go over the wire, byte for byte.
@Suite("Request writer")
struct RequestWriterTests {
    private static func writer() throws -> RequestWriter {
        RequestWriter(
            address: try UpstreamAddress("https://notes.example/mcp?a=b", isOperatorTyped: true),
            headers: [try StaticHeader(name: "X-Key", value: "k")])
    }

    private static let constant = """
        /mcp?a=b HTTP/1.1\r
        Host: notes.example\r
        Content-Type: application/json\r
        Accept: application/json, text/event-stream\r
        Accept-Encoding: identity\r
        User-Agent: gatehouse\r
        X-Key: k\r

        """

    private static func session() throws -> Session {
        let result = try JSON(Array("{}".utf8))
        let description = UpstreamDescription(version: .v2025_06_18, result: result)
        return try #require(Session(version: .v2025_06_18, description: description, id: Array("s-1".utf8)))
    }

    private static func post(
        _ route: Route, method: String?, name: String = "", parameters: [ParameterHeader] = []
    ) throws -> String {
        let buffer = try writer().post(
            Array("{}".utf8), route: route, method: method, mirroredName: Array(name.utf8), parameters: parameters)
        return String(buffer: buffer)
    }

    @Test("a modern request mirrors its version, method and name")
    func writesModern() throws {
        #expect(
            try Self.post(.modern, method: "tools/call", name: "echo") == "POST " + Self.constant + """
                MCP-Protocol-Version: 2026-07-28\r
                Mcp-Method: tools/call\r
                Mcp-Name: echo\r
                Content-Length: 2\r
                \r
                {}
                """)
    }

    @Test("a legacy request carries its session and the revision agreed on")
    func writesLegacy() throws {
        #expect(
            try Self.post(.legacy(Self.session()), method: "tools/call", name: "echo") == "POST " + Self.constant + """
                MCP-Protocol-Version: 2025-06-18\r
                Mcp-Session-Id: s-1\r
                Content-Length: 2\r
                \r
                {}
                """)
    }

    private static let parameters = [
        ParameterHeader(name: "Mcp-Param-Region", value: Array("us-west1".utf8)),
        ParameterHeader(name: "Mcp-Param-City", value: Array("=?base64?WsO8cmljaA==?=".utf8)),
    ]

    @Test("a modern request repeats the arguments it is told to, as they are given")
    func writesParameters() throws {
        #expect(
            try Self.post(.modern, method: "tools/call", name: "echo", parameters: Self.parameters)
                == "POST " + Self.constant + """
                    MCP-Protocol-Version: 2026-07-28\r
                    Mcp-Method: tools/call\r
                    Mcp-Name: echo\r
                    Mcp-Param-Region: us-west1\r
                    Mcp-Param-City: =?base64?WsO8cmljaA==?=\r
                    Content-Length: 2\r
                    \r
                    {}
                    """)
    }

    @Test("a legacy request repeats none")
    func writesNoParametersToLegacyServers() throws {
        let request = try Self.post(.legacy(Self.session()), method: "tools/call", parameters: Self.parameters)
        #expect(!request.contains("Mcp-Param"))
    }

    @Test(
        "a repeated argument that would be another header, or end its own, is left out",
        arguments: [
            ("Mcp-Param-A", "a\r\nX: y"), ("Mcp-Param-A", "a\nb"), ("Mcp-Param-A", "\u{0}"), ("Mcp-Param-A:", "a"),
            ("Mcp-Param-A\r\nX", "a"), ("Mcp-Param-A B", "a"), ("Content-Length", "0"), ("Mcp-Name", "other"),
        ])
    func leavesOutWhatIsNoParameter(_ name: String, _ value: String) throws {
        let header = ParameterHeader(name: name, value: Array(value.utf8))
        #expect(
            try Self.post(.modern, method: "tools/call", name: "echo", parameters: [header])
                == Self.post(.modern, method: "tools/call", name: "echo"))
    }

    @Test("initialize carries neither")
    func writesOpening() throws {
        #expect(
            try Self.post(.opening, method: "initialize") == "POST " + Self.constant + """
                Content-Length: 2\r
                \r
                {}
                """)
    }

    @Test("a session is ended with DELETE")
    func writesEndOfSession() throws {
        let buffer = try Self.writer().endOfSession(Self.session())
        #expect(
            String(buffer: buffer) == "DELETE " + Self.constant + """
                MCP-Protocol-Version: 2025-06-18\r
                Mcp-Session-Id: s-1\r
                \r

                """)
    }

    @Test(
        "no name and no method can begin another header",
        arguments: ["a\r\nX: y", "a\nb", "a\rb", "a\u{0}b", " a", "a ", "\u{E9}", "=?base64?YQ==?="])
    func encodesWhatIsNotPlain(_ text: String) throws {
        let request = try Self.post(.modern, method: text, name: text)
        let lines = request.split(separator: "\r\n", omittingEmptySubsequences: false)
        let method = try #require(lines.first { $0.hasPrefix("Mcp-Method: ") })
        let name = try #require(lines.first { $0.hasPrefix("Mcp-Name: ") })
        #expect(method.hasPrefix("Mcp-Method: =?base64?"))
        #expect(HeaderText.decode(String(name.dropFirst("Mcp-Name: ".count))) == Array(text.utf8))
        #expect(lines.count == 13)
    }

    @Test("a configured user agent takes the place of our own")
    func yieldsUserAgent() throws {
        let writer = RequestWriter(
            address: try UpstreamAddress("http://h/", isOperatorTyped: true),
            headers: [try StaticHeader(name: "user-agent", value: "mine")])
        let request = String(
            buffer: writer.post(
                [], route: .opening, method: nil, mirroredName: []))
        #expect(request.contains("user-agent: mine\r\n"))
        #expect(!request.contains("gatehouse"))
    }
}

import Testing

@testable import Upstreams

@Suite("Configured headers")
struct StaticHeaderTests {
    @Test("a configured header is sent without the blanks around it")
    func trims() throws {
        #expect(try StaticHeader(name: "X-Key", value: " \ta b\t").value == Array("a b".utf8))
        #expect(try StaticHeader(name: "Authorization", value: "Bearer x").name == "Authorization")
    }

    @Test(
        "no configured text can begin another header",
        arguments: ["a\r\nB: c", "a\nB: c", "a\rb", "a\u{0}b", "a\u{7F}", "\u{1}"])
    func refusesControlCharacters(_ value: String) {
        #expect(throws: StaticHeaderError.value("X")) { try StaticHeader(name: "X", value: value) }
    }

    @Test("a header name is a token", arguments: ["", "a b", "a:", "a\r\n", "caf\u{E9}", "(a)", "a\u{0}"])
    func refusesNames(_ name: String) {
        #expect(throws: StaticHeaderError.name(name)) { try StaticHeader(name: name, value: "x") }
    }

    @Test(
        "headers this client derives cannot be configured",
        arguments: [
            "Host", "CONTENT-LENGTH", "transfer-encoding", "Connection", "Accept", "Accept-Encoding", "Mcp-Method",
            "mcp-name",
            "MCP-Protocol-Version", "Mcp-Session-Id", "Mcp-Param-x", "Expect", "Upgrade", "TE", "Last-Event-ID",
        ])
    func refusesDerived(_ name: String) {
        #expect(throws: StaticHeaderError.derived(name)) { try StaticHeader(name: name, value: "x") }
    }

    @Test("the value is in no text made of a header")
    func hidesTheValue() throws {
        let header = try StaticHeader(name: "X-Key", value: "secret-value")
        var dumped = ""
        dump(header, to: &dumped)
        for text in ["\(header)", String(reflecting: header), String(describing: [header]), dumped] {
            #expect(!text.contains("secret-value"))
            #expect(!text.contains("115"))
        }
    }
}

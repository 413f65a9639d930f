import MCPMessages
import Testing
import WireJSON

/// What of a client's `params` goes upstream, byte for byte (protocol notes 1.6; hostile A2, B29, F62).
@Suite("Upstream params")
struct UpstreamParamsTests {
    static let modernEnvelope = #"""
        "io.modelcontextprotocol/protocolVersion":"2026-07-28",\#
        "io.modelcontextprotocol/clientInfo":{"name":"house"},\#
        "io.modelcontextprotocol/clientCapabilities":{}
        """#

    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let params: String?
        /// Towards a legacy upstream; towards a modern one its envelope begins `_meta`.
        let legacy: String
        var modernMeta = ""
        var legacyMeta: String?
        var members = UpstreamParams.Members.call

        init(
            _ name: String, _ params: String?, _ others: String, legacyMeta: String? = nil, modernMeta: String = "",
            members: UpstreamParams.Members = .call
        ) {
            testDescription = name
            self.params = params
            legacy = others
            self.legacyMeta = legacyMeta
            self.modernMeta = modernMeta
            self.members = members
        }
    }

    static let rows = [
        Row("no params", nil, ""),
        Row("empty params", "{}", ""),
        Row(
            "values as received", #"{ "name" : "echo", "arguments":{"a": 1.0, "b":[1e2 ,"\u00e9"] } }"#,
            #""name":"echo","arguments":{"a": 1.0, "b":[1e2 ,"\u00e9"] }"#),
        Row("an escaped key, unescaped", #"{"n\u0061me":"x"}"#, #""name":"x""#),
        Row("a member nobody knows", #"{"name":"x","other":[null]}"#, #""name":"x","other":[null]"#),
        Row(
            "no conversations", #"{"task":{"ttl":1},"name":"x","inputResponses":{},"requestState":"s"}"#, #""name":"x""#
        ),
        Row(
            "conversations, where nothing is held back",
            #"{"task":{},"name":"x","inputResponses":{},"requestState":"s"}"#,
            #""task":{},"name":"x","inputResponses":{},"requestState":"s""#, members: .transparent),
        Row(
            "the client's own hop",
            #"""
            {"_meta":{"io.modelcontextprotocol/protocolVersion":"1","io.modelcontextprotocol/clientCapabilities":{"x":1},
            "progressToken":"t","baggage":"user=root"}}
            """#, ""),
        Row(
            "the house's own prefix", #"{"_meta":{"dev.gatehouse/outcome":"allowed","dev.gatehouse/":1}}"#, ""),
        Row(
            "the house's own prefix, continued by a mark", "{\"_meta\":{\"dev.gatehouse/\u{301}x\":1}}", ""),
        Row(
            "other keys", #"{"_meta":{"traceparent":"00-1","com.example/x":{"a": 1}},"name":"x"}"#, #""name":"x""#,
            legacyMeta: #""traceparent":"00-1","com.example/x":{"a": 1}"#,
            modernMeta: #","traceparent":"00-1","com.example/x":{"a": 1}"#),
        Row(
            "a log level, which only modern servers know", #"{"_meta":{"io.modelcontextprotocol/logLevel":"debug"}}"#,
            "",
            modernMeta: #","io.modelcontextprotocol/logLevel":"debug""#),
        Row("a `_meta` that is no object", #"{"_meta":[1],"name":"x"}"#, #""name":"x""#),
    ]

    private func params(_ row: Row) throws -> UpstreamParams {
        UpstreamParams(
            try row.params.map { try json($0) }, members: row.members, clientCapabilities: Array("{}".utf8),
            clientInfo: Array(#"{"name":"house"}"#.utf8))
    }

    @Test("what travels to a legacy server", arguments: rows)
    func legacy(_ row: Row) throws {
        let meta = row.legacyMeta.map { "\"_meta\":{\($0)}" }
        let expected = [row.legacy.isEmpty ? nil : row.legacy, meta].compactMap(\.self).joined(separator: ",")
        #expect(text(try params(row).bytes(for: .legacy, progressToken: nil)) == "{\(expected)}")
    }

    @Test("what travels to a modern server", arguments: rows)
    func modern(_ row: Row) throws {
        let meta = "\"_meta\":{\(Self.modernEnvelope)\(row.modernMeta)}"
        let expected = [row.legacy.isEmpty ? nil : row.legacy, meta].compactMap(\.self).joined(separator: ",")
        #expect(text(try params(row).bytes(for: .modern, progressToken: nil)) == "{\(expected)}")
    }

    @Test("a progress token is the house's own")
    func token() throws {
        let row = Row("", #"{"_meta":{"progressToken":"the client's","a":1}}"#, "")
        #expect(
            text(try params(row).bytes(for: .legacy, progressToken: .integer(9)))
                == #"{"_meta":{"progressToken":9,"a":1}}"#)
        #expect(
            try JSON(try params(row).bytes(for: .modern, progressToken: .integer(9)))["_meta"]?["progressToken"]?.int
                == 9)
    }

    @Test("a modern server is told the client's own name where it gave one, as an object")
    func clientInfo() throws {
        for (given, expected) in [
            (#"{"name":"c","version":"1"}"#, #"{"name":"c","version":"1"}"#), ("7", #"{"name":"house"}"#),
        ] {
            let row = Row("", #"{"_meta":{"io.modelcontextprotocol/clientInfo":\#(given)}}"#, "")
            let meta = try JSON(try params(row).bytes(for: .modern, progressToken: nil))["_meta"]
            #expect(meta?[RequestMetadata.clientInfoKey].map { text($0.bytes) } == expected)
            #expect(text(try params(row).bytes(for: .legacy, progressToken: nil)) == "{}")
        }
    }
}

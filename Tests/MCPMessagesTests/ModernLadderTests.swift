import MCPMessages
import Testing

/// The checks of a modern POST (revision 2026-07-28, "Streamable HTTP"; hostile B17 to B21): exact codes, exact order.
@Suite("Modern ladder")
struct ModernLadderTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var version = ["2026-07-28"]
        var method = ["tools/call"]
        var name = ["echo"]
        /// The body's method and `params`.
        var bodyMethod = "tools/call"
        var meta: String? = Self.envelope
        var rest = #""name":"echo","arguments":{}"#
        /// Nil: it passes.
        var code: Int?

        static let envelope = envelope("\"2026-07-28\"", "{}")

        static func envelope(_ version: String?, _ capabilities: String?) -> String {
            let members = [
                version.map { "\"\(RequestMetadata.protocolVersionKey)\":\($0)" },
                capabilities.map { "\"\(RequestMetadata.clientCapabilitiesKey)\":\($0)" },
            ]
            return "{\(members.compactMap(\.self).joined(separator: ","))}"
        }

        var headers: MirroredHeaders { MirroredHeaders(protocolVersion: version, method: method, name: name) }

        var body: String {
            let params = [rest.isEmpty ? nil : rest, meta.map { "\"_meta\":\($0)" }].compactMap(\.self)
            return #"{"jsonrpc":"2.0","id":1,"method":"\#(bodyMethod)","params":{\#(params.joined(separator: ","))}}"#
        }
    }

    static let passing = [
        Row(testDescription: "headers that repeat the body"),
        Row(testDescription: "a name in base64", name: ["=?base64?ZWNobw==?="]),
        Row(
            testDescription: "capabilities and more in the envelope", meta: Row.envelope("\"2026-07-28\"", #"{"x":{}}"#)
        ),
        Row(
            testDescription: "a method without a name", method: ["server/discover"], name: [],
            bodyMethod: "server/discover", rest: ""),
        Row(
            testDescription: "a name where the method has none, once", method: ["tools/list"], name: ["echo"],
            bodyMethod: "tools/list", rest: ""),
        Row(
            testDescription: "a resource's uri", method: ["resources/read"], name: ["file:///a"],
            bodyMethod: "resources/read", rest: #""uri":"file:///a""#),
        Row(
            testDescription: "a name outside ASCII, encoded", name: ["=?base64?Y2Fmw6k=?="],
            rest: "\"name\":\"caf\u{E9}\""),
        Row(
            testDescription: "a name that looks encoded, encoded", name: ["=?base64?PT9iYXNlNjQ/ZWNobz89?="],
            rest: #""name":"=?base64?echo?=""#),
        // What the method itself refuses is not the headers' affair.
        Row(testDescription: "no name in the body", name: [], rest: #""arguments":{}"#),
        Row(testDescription: "a name that is no text", name: [], rest: #""name":7"#),
    ]

    @Test("a message that repeats itself exactly passes", arguments: passing)
    func passes(_ row: Row) throws {
        try ModernLadder.check(try request(row.body), headers: row.headers)
    }

    static let mismatched = [
        Row(testDescription: "no version header", version: [], code: -32020),
        Row(testDescription: "another version than the body's", version: ["2025-11-25"], code: -32020),
        Row(testDescription: "a later version than the body's", version: ["2027-01-01"], code: -32020),
        Row(testDescription: "an empty version header", version: [""], code: -32020),
        Row(testDescription: "two version headers", version: ["2026-07-28", "2026-07-28"], code: -32020),
        Row(testDescription: "versions joined by a comma", version: ["2026-07-28, 2026-07-28"], code: -32020),
        Row(testDescription: "no method header", method: [], code: -32020),
        Row(testDescription: "another method (B18)", method: ["tools/list"], code: -32020),
        Row(testDescription: "a method in other case", method: ["Tools/Call"], code: -32020),
        Row(testDescription: "two method headers", method: ["tools/call", "tools/call"], code: -32020),
        Row(testDescription: "methods joined by a comma", method: ["tools/call,tools/list"], code: -32020),
        Row(testDescription: "no name header", name: [], code: -32020),
        Row(testDescription: "an empty name header", name: [""], code: -32020),
        Row(testDescription: "a harmless name before an evil body (B17)", rest: #""name":"evil""#, code: -32020),
        Row(testDescription: "an evil name before a harmless body", name: ["evil"], code: -32020),
        Row(testDescription: "a name in other case", name: ["Echo"], code: -32020),
        Row(testDescription: "two name headers (B20)", name: ["echo", "echo"], code: -32020),
        Row(testDescription: "two different name headers", name: ["echo", "evil"], code: -32020),
        Row(testDescription: "names joined by a comma", name: ["echo,echo"], code: -32020),
        Row(testDescription: "a space before the name", name: [" echo"], code: -32020),
        Row(testDescription: "a space after the name", name: ["echo "], code: -32020),
        Row(testDescription: "a percent-encoded name", name: ["%65cho"], code: -32020),
        Row(testDescription: "base64 without its padding", name: ["=?base64?ZWNobw?="], code: -32020),
        Row(testDescription: "base64 with loose bits", name: ["=?base64?ZWNobx==?="], code: -32020),
        Row(testDescription: "base64 under upper-case markers", name: ["=?BASE64?ZWNobw==?="], code: -32020),
        Row(
            testDescription: "a name composed otherwise", name: ["=?base64?Y2FmZcyB?="], rest: "\"name\":\"caf\u{E9}\"",
            code: -32020),
        Row(
            testDescription: "a name outside ASCII as it is", name: ["caf\u{E9}"], rest: "\"name\":\"caf\u{E9}\"",
            code: -32020),
        Row(
            testDescription: "a sentinel taken literally", name: ["=?base64?echo?="],
            rest: #""name":"=?base64?echo?=""#, code: -32020),
        Row(
            testDescription: "another uri", method: ["resources/read"], name: ["file:///b"],
            bodyMethod: "resources/read", rest: #""uri":"file:///a""#, code: -32020),
        Row(
            testDescription: "two names where the method has none", method: ["tools/list"], name: ["a", "a"],
            bodyMethod: "tools/list", rest: "", code: -32020),
    ]

    @Test("a header that is missing, doubled or not the body's is -32020", arguments: mismatched)
    func mismatches(_ row: Row) throws {
        try expectRefusal(row)
    }

    static let unfounded = [
        Row(testDescription: "no `_meta`", meta: nil, code: -32602),
        Row(testDescription: "a `_meta` that is no object", meta: "[]", code: -32602),
        Row(testDescription: "an empty `_meta`", meta: "{}", code: -32602),
        Row(testDescription: "no version in the envelope", meta: Row.envelope(nil, "{}"), code: -32602),
        Row(testDescription: "no capabilities", meta: Row.envelope("\"2026-07-28\"", nil), code: -32602),
        Row(
            testDescription: "capabilities that are no object", meta: Row.envelope("\"2026-07-28\"", "[]"), code: -32602
        ),
        Row(testDescription: "a version that is no text", meta: Row.envelope("20260728", "{}"), code: -32602),
        Row(testDescription: "a version that is null", meta: Row.envelope("null", "{}"), code: -32602),
        Row(
            testDescription: "a version that is not served, in header and body", version: ["2027-01-01"],
            meta: Row.envelope("\"2027-01-01\"", "{}"), code: -32022),
        Row(
            testDescription: "a legacy version in a modern envelope", version: ["2025-11-25"],
            meta: Row.envelope("\"2025-11-25\"", "{}"), code: -32022),
        Row(
            testDescription: "a version that is no date", version: ["newest"],
            meta: Row.envelope("\"newest\"", "{}"), code: -32022),
        // The order: doubled headers, envelope, headers, version.
        Row(testDescription: "doubled before envelope", name: ["a", "b"], meta: nil, code: -32020),
        Row(testDescription: "envelope before headers", name: ["evil"], meta: nil, code: -32602),
        Row(
            testDescription: "headers before version", version: ["2027-01-01"], name: ["evil"],
            meta: Row.envelope("\"2027-01-01\"", "{}"), code: -32020),
    ]

    @Test("the envelope and the version are checked in the reference server's order", arguments: unfounded)
    func inOrder(_ row: Row) throws {
        try expectRefusal(row)
    }

    private func expectRefusal(_ row: Row) throws {
        let request = try request(row.body)
        let error = #expect(throws: RPCError.self) { try ModernLadder.check(request, headers: row.headers) }
        #expect(error?.code.rawValue == row.code)
        #expect(error?.modernStatus == 400)
    }

    @Test("on stdio there are no headers to compare, and the envelope and version count all the same")
    func stdio() throws {
        try ModernLadder.check(try request(Row(testDescription: "").body), headers: nil)
        for row in [
            Row(testDescription: "", meta: "{}", code: -32602),
            Row(testDescription: "", meta: Row.envelope("\"2027-01-01\"", "{}"), code: -32022),
        ] {
            let request = try request(row.body)
            let error = #expect(throws: RPCError.self) { try ModernLadder.check(request, headers: nil) }
            #expect(error?.code.rawValue == row.code)
        }
    }

    @Test("-32022 says what is served and what was asked for")
    func unsupported() {
        let error = RPCError.unsupportedVersion("19\"99", supported: [.modern])
        #expect(text(error.data) == #"{"supported":["2026-07-28"],"requested":"19\"99"}"#)
    }
}

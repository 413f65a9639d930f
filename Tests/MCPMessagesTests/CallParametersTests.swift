import MCPMessages
import Testing
import WireJSON

@Suite("Call parameters")
struct CallParametersTests {
    static let taken = [
        Case(#"{"name":"echo"}"#, "echo"),
        Case(#"{"name":"echo","arguments":{}}"#, "echo {}"),
        Case(#"{"name":"ec\u0068o","arguments":{"a": 1.0}}"#, #"echo {"a": 1.0}"#),
        Case(#"{"arguments":{"name":"x"},"name":" "}"#, #"  {"name":"x"}"#),
    ]

    @Test("a call has a name and an object of arguments or none", arguments: taken)
    func takes(_ row: Case) throws {
        let call = try CallParameters(try json(row.text))
        #expect(text(call.name) + (call.arguments.map { " " + text($0.bytes) } ?? "") == row.expected)
    }

    // Hostile A12.
    static let refused: [String?] = [
        nil, "{}", #"{"name":""}"#, #"{"name":null}"#, #"{"name":7}"#, #"{"name":["echo"]}"#, #"{"name":{"a":"echo"}}"#,
        #"{"name":"echo","arguments":null}"#, #"{"name":"echo","arguments":[]}"#,
        #"{"name":"echo","arguments":"{}"}"#, #"{"name":"echo","arguments":0}"#, #"{"name":"echo","arguments":false}"#,
        #"{"arguments":{}}"#,
    ]

    @Test("anything else is -32602", arguments: refused)
    func refuses(_ params: String?) throws {
        let params = try params.map { try json($0) }
        let error = #expect(throws: RPCError.self) { try CallParameters(params) }
        #expect(error?.code == .invalidParams)
    }
}

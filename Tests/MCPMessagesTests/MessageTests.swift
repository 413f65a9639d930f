import MCPMessages
import Testing

@Suite("Messages")
struct MessageTests {
    // JSON-RPC 2.0 sections 4 and 5; MCP, "Messages".
    static let read = [
        Case(#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#, "request 1 ping"),
        Case(#"{"jsonrpc":"2.0","id":"1","method":"ping"}"#, #"request "1" ping"#),
        Case(#"{"jsonrpc":"2.0","id":"","method":"ping"}"#, #"request "" ping"#),
        Case(#"{"jsonrpc":"2.0","id":0,"method":"ping"}"#, "request 0 ping"),
        Case(#"{"jsonrpc":"2.0","id":-7,"method":"ping"}"#, "request -7 ping"),
        Case(#"{"jsonrpc":"2.0","id":9007199254740993,"method":"ping"}"#, "request 9007199254740993 ping"),
        Case(#"{"jsonrpc":"2.0","id":9223372036854775807,"method":"m"}"#, "request 9223372036854775807 m"),
        Case(#"{"jsonrpc":"2.0","id":"\u0041","method":"m"}"#, #"request "A" m"#),
        Case(#"{"method":"ping","id":1,"jsonrpc":"2.0"}"#, "request 1 ping"),
        Case(#" {"jsonrpc":"2.0","id":1,"method":"m","params":{}} "#, "request 1 m with params"),
        Case(#"{"jsonrpc":"2.0","id":1,"meth\u006fd":"m","params":{"name":"x"}}"#, "request 1 m with params"),
        Case(#"{"jsonrpc":"2.0","id":1,"method":"m","extra":true}"#, "request 1 m"),
        Case(#"{"jsonrpc":"2.0","method":"notifications/x"}"#, "notification notifications/x"),
        Case(#"{"jsonrpc":"2.0","method":"tools/call","params":{"name":"x"}}"#, "notification tools/call with params"),
        Case(#"{"jsonrpc":"2.0","id":1,"result":{}}"#, "result 1 {}"),
        Case(#"{"jsonrpc":"2.0","id":"a","result":{"b":[1.0]}}"#, #"result "a" {"b":[1.0]}"#),
        Case(
            #"{"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"no"}}"#,
            #"error 1 {"code":-32601,"message":"no"}"#),
        Case(
            #"{"jsonrpc":"2.0","id":null,"error":{"code":1,"message":""}}"#, #"error nobody's {"code":1,"message":""}"#),
        Case(#"{"jsonrpc":"2.0","error":{"code":1,"message":""}}"#, #"error nobody's {"code":1,"message":""}"#),
    ]

    @Test("a message is read as what it is", arguments: read)
    func reads(_ row: Case) throws {
        #expect(try reading(row.text) == row.expected)
    }

    // Hostile A3, A7, A13; a batch is refused in every revision.
    static let refused = [
        Case(#"[{"jsonrpc":"2.0","id":1,"method":"ping"}]"#, "refused -32600"),
        Case("[]", "refused -32600"),
        Case(" \n\t[ ]", "refused -32600"),
        Case("\"ping\"", "refused -32600"),
        Case("1", "refused -32600"),
        Case("null", "refused -32600"),
        Case("{}", "refused -32600"),
        Case(#"{"id":1,"method":"ping"}"#, "refused -32600 id 1"),
        Case(#"{"jsonrpc":"1.0","id":1,"method":"ping"}"#, "refused -32600 id 1"),
        Case(#"{"jsonrpc":2.0,"id":1,"method":"ping"}"#, "refused -32600 id 1"),
        Case(#"{"jsonrpc":null,"id":"a","method":"ping"}"#, #"refused -32600 id "a""#),
        Case(#"{"jsonrpc":"2.0","id":null,"method":"ping"}"#, "refused -32600"),
        Case(#"{"jsonrpc":"2.0","id":1.0,"method":"ping"}"#, "refused -32600"),
        Case(#"{"jsonrpc":"2.0","id":1.5,"method":"ping"}"#, "refused -32600"),
        Case(#"{"jsonrpc":"2.0","id":1e2,"method":"ping"}"#, "refused -32600"),
        Case(#"{"jsonrpc":"2.0","id":9223372036854775808,"method":"ping"}"#, "refused -32600"),
        Case(#"{"jsonrpc":"2.0","id":true,"method":"ping"}"#, "refused -32600"),
        Case(#"{"jsonrpc":"2.0","id":[1],"method":"ping"}"#, "refused -32600"),
        Case(#"{"jsonrpc":"2.0","id":{"a":1},"method":"ping"}"#, "refused -32600"),
        Case(#"{"jsonrpc":"2.0","id":1,"method":""}"#, "refused -32600 id 1"),
        Case(#"{"jsonrpc":"2.0","id":1,"method":null}"#, "refused -32600 id 1"),
        Case(#"{"jsonrpc":"2.0","id":1,"method":["ping"]}"#, "refused -32600 id 1"),
        Case(#"{"jsonrpc":"2.0","id":1,"method":"m","params":[]}"#, "refused -32602 id 1"),
        Case(#"{"jsonrpc":"2.0","id":1,"method":"m","params":null}"#, "refused -32602 id 1"),
        Case(#"{"jsonrpc":"2.0","id":1,"method":"m","params":"name"}"#, "refused -32602 id 1"),
        Case(#"{"jsonrpc":"2.0","method":"m","params":7}"#, "refused -32602"),
        Case(#"{"jsonrpc":"2.0","id":1,"method":"m","result":{}}"#, "refused -32600 id 1"),
        Case(#"{"jsonrpc":"2.0","id":1,"method":"m","error":{"code":1,"message":""}}"#, "refused -32600 id 1"),
        Case(#"{"jsonrpc":"2.0","id":1}"#, "refused -32600 id 1"),
        Case(#"{"jsonrpc":"2.0","result":{}}"#, "refused -32600"),
        Case(#"{"jsonrpc":"2.0","id":null,"result":{}}"#, "refused -32600"),
        Case(#"{"jsonrpc":"2.0","id":1,"result":[]}"#, "refused -32600 id 1"),
        Case(#"{"jsonrpc":"2.0","id":1,"result":null}"#, "refused -32600 id 1"),
        Case(#"{"jsonrpc":"2.0","id":1,"result":{},"error":{"code":1,"message":""}}"#, "refused -32600 id 1"),
        Case(#"{"jsonrpc":"2.0","id":1,"error":{"code":"1","message":""}}"#, "refused -32600 id 1"),
        Case(#"{"jsonrpc":"2.0","id":1,"error":{"code":1.0,"message":""}}"#, "refused -32600 id 1"),
        Case(#"{"jsonrpc":"2.0","id":1,"error":{"code":1}}"#, "refused -32600 id 1"),
        Case(#"{"jsonrpc":"2.0","id":1,"error":"no"}"#, "refused -32600 id 1"),
    ]

    @Test("what is no message is refused, with its id where it can be read", arguments: refused)
    func refuses(_ row: Case) throws {
        #expect(try reading(row.text) == row.expected)
    }

    @Test("an id or a method is taken up to its bound and not beyond")
    func bounds() throws {
        func message(id: Int, method: Int) -> String {
            let (id, method) = (String(repeating: "i", count: id), String(repeating: "m", count: method))
            return #"{"jsonrpc":"2.0","id":"\#(id)","method":"\#(method)"}"#
        }
        let (id, method) = (MessageLimits.idBytes, MessageLimits.methodBytes)
        #expect(try reading(message(id: id, method: method)).hasPrefix("request"))
        #expect(try reading(message(id: id + 1, method: 1)) == "refused -32600")
        #expect(try reading(message(id: 1, method: method + 1)) == #"refused -32600 id "i""#)
    }

    @Test("a text id and an integer id are never the same")
    func identities() throws {
        #expect(RequestID(try json("1")) != RequestID(try json("\"1\"")))
        #expect(RequestID(try json("\"caf\u{E9}\"")) != RequestID(try json("\"cafe\u{301}\"")))
        #expect(RequestID(try json("\"\\u0061\"")) == .text(Array("a".utf8)))
    }
}

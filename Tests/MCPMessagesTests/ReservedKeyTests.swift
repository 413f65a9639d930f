import MCPMessages
import Testing

/// Keys that a laxer parser takes for one that steers the message: hostile A2 to A4, and their neighbours.
@Suite("Reserved keys")
struct ReservedKeyTests {
    static let envelope = [
        "Method", "METHOD", "metho\u{200B}d", "\u{FEFF}method", "ｍethod", "method\\u0000", "Id", "ID", "i\u{AD}d",
        "Params", "param\u{17F}", "PARAMS", "JsonRpc", "jsonrp\u{FF43}", "Result", "ERROR", "re\u{17F}ult",
    ]

    @Test("a key that resembles one of the envelope's is refused, beside it or alone", arguments: envelope)
    func envelopeKey(_ key: String) throws {
        let beside = #"{"jsonrpc":"2.0","id":1,"method":"ping","\#(key)":{}}"#
        #expect(try reading(beside) == "refused -32600 id 1")
        let before = #"{"\#(key)":1,"jsonrpc":"2.0","id":1,"method":"ping"}"#
        #expect(try reading(before) == "refused -32600 id 1")
    }

    static let params = [
        "Name", "NAME", "na\u{200D}me", "ｎame", "name\\u0000", "Arguments", "ARGUMENTS", "argument\u{17F}",
        "_Meta", "_META", "Cursor", "URI", "Uri", "requestid", "RequestID", "inputResponse\u{17F}", "TASK",
    ]

    @Test("a key that resembles one of the params' is refused, beside it or alone", arguments: params)
    func paramsKey(_ key: String) throws {
        #expect(
            try reading(#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"\#(key)":"x"}}"#)
                == "refused -32600 id 1")
        #expect(
            try reading(#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"x","\#(key)":"y"}}"#)
                == "refused -32600 id 1")
        #expect(
            try reading(#"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"\#(key)":"y"}}"#)
                == "refused -32600")
    }

    static let meta = [
        "ProgressToken", "progresstoken", "PROGRESSTOKEN", "progre\u{17F}sToken", "progressToken\\u0000",
        "io.modelcontextprotocol/ProtocolVersion", "IO.modelcontextprotocol/protocolVersion",
        "io.modelcontextprotocol/clientcapabilities", "io.modelcontextprotocol/clientInfo\u{200B}",
        "io.modelcontextprotocol/LogLevel", "Baggage",
    ]

    // The gateway writes these anew for its own hop; a look-alike would travel beside them and, at a server that folds
    // case, in their place.
    @Test("a key that resembles one of `_meta`'s own is refused", arguments: meta)
    func metaKey(_ key: String) throws {
        #expect(
            try reading(#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"_meta":{"\#(key)":7}}}"#)
                == "refused -32600 id 1")
    }

    static let pairs = [
        #""x":1,"X":2"#, #""caf\#u{E9}":1,"cafe\#u{301}":2"#, #""a\u0000":1,"a":2"#, #""ß":1,"ss":2"#,
    ]

    @Test("two keys that resemble each other are refused, whatever they mean", arguments: pairs)
    func mutual(_ pair: String) throws {
        #expect(try reading(#"{"jsonrpc":"2.0","id":1,"method":"m",\#(pair)}"#) == "refused -32600 id 1")
        #expect(try reading(#"{"jsonrpc":"2.0","id":1,"method":"m","params":{\#(pair)}}"#) == "refused -32600 id 1")
    }

    static let harmless = [
        #"{"jsonrpc":"2.0","id":1,"method":"m","x":1,"params2":{},"methods":[]}"#,
        #"{"jsonrpc":"2.0","id":1,"method":"m","params":{"names":1,"argument":2,"token":3,"ı":4}}"#,
        #"{"jsonrpc":"2.0","id":1,"method":"m","params":{"arguments":{"Name":1,"name":2,"NAME":3}}}"#,
        #"{"jsonrpc":"2.0","id":1,"method":"m","params":{"_meta":{"traceparent":"00-1","com.example/Name":1}}}"#,
        #"{"jsonrpc":"2.0","id":1,"method":"m","params":{"_meta":5}}"#,
    ]

    @Test("other keys are no concern of the envelope; arguments are judged by policy", arguments: harmless)
    func harmlessKeys(_ text: String) throws {
        #expect(try reading(text).hasPrefix("request 1 m"))
    }
}

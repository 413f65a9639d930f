import Testing

/// Bodies that two parsers read differently, or that none should (hostile A1 to A13): `$M` stands for the client's `_meta`.
///
/// Every one is sent by a client that may call `echo`, may read any file but `/etc/passwd`, and may not call `evil`.
enum HostileBodies {
    struct Body: Sendable, CustomTestStringConvertible {
        let name: String
        let bytes: [UInt8]
        /// The code of the answer to a legacy client; nil where the call is let through as what it plainly is.
        let code: Int?

        init(_ name: String, _ text: String, _ code: Int?) { self.init(name, Array(text.utf8), code) }

        init(_ name: String, _ bytes: [UInt8], _ code: Int?) {
            self.name = name
            self.bytes = bytes
            self.code = code
        }

        var testDescription: String { name }
    }

    private static func call(_ params: String, _ envelope: String = "") -> String {
        #"{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{\#(params),$M}\#(envelope)}"#
    }

    private static let echo = call(#""name":"echo","arguments":{}"#)

    static let all = duplicates + lookAlikes + framing + encodings + sizes + types

    private static let duplicates = [
        Body("A1 evil, then echo", call(#""name":"evil","name":"echo""#), -32700),
        Body("A1 echo, then evil", call(#""name":"echo","name":"evil""#), -32700),
        Body("A1 escaped evil, then echo", call(#""n\u0061me":"evil","name":"echo""#), -32700),
        Body("A1 echo, then escaped evil", call(#""name":"echo","\u006e\u0061\u006d\u0065":"evil""#), -32700),
        Body("A2 two params", call(#""name":"echo""#, #","params":{"name":"evil"}"#), -32700),
        Body("A2 two methods", call(#""name":"echo""#, #","method":"tools/list""#), -32700),
        Body("A2 two ids", call(#""name":"echo""#, #","id":8"#), -32700),
        Body("A2 two versions", call(#""name":"echo""#, #","jsonrpc":"2.0""#), -32700),
        Body(
            "A2 two arguments", call(#""name":"read","arguments":{"path":"/a"},"arguments":{"path":"/etc/passwd"}"#),
            -32700),
        Body("A2 an argument twice", call(#""name":"read","arguments":{"path":"/a","path":"/etc/passwd"}"#), -32700),
        Body("A2 twice, deep down", call(#""name":"echo","arguments":{"a":[{"b":{"c":1,"c":2}}]}"#), -32700),
        Body("A2 two `_meta`", call(#""name":"echo","_meta":{}"#), -32700),
    ]

    private static let lookAlikes = [
        Body("A3 `Name` beside", call(#""name":"echo","Name":"evil""#), -32600),
        Body("A3 `NAME` instead", call(#""NAME":"evil""#), -32600),
        Body("A3 `Params` beside", call(#""name":"echo""#, #","Params":{"name":"evil"}"#), -32600),
        Body("A3 `Method` beside", call(#""name":"echo""#, #","Method":"tools/list""#), -32600),
        Body("A3 `ID` beside", call(#""name":"echo""#, #","ID":9"#), -32600),
        Body(
            "A3 `ARGUMENTS` beside",
            call(#""name":"read","arguments":{"path":"/a"},"ARGUMENTS":{"path":"/etc/passwd"}"#), -32600),
        Body("A3 `ARGUMENTS` instead", call(#""name":"read","ARGUMENTS":{"path":"/etc/passwd"}"#), -32600),
        Body(
            "A3 unknown members are dropped or travel", call(#""name":"echo","x":1"#, #","extra":{"name":"evil"}"#), nil
        ),
        Body("A4 `param\u{17F}` beside", call(#""name":"echo""#, ",\"param\u{17F}\":{\"name\":\"evil\"}"), -32600),
        Body(
            "A4 `argument\u{17F}` beside", call("\"name\":\"read\",\"argument\u{17F}\":{\"path\":\"/etc/passwd\"}"),
            -32600),
        Body("A4 zero-width in `name`", call("\"name\":\"echo\",\"na\u{200B}me\":\"evil\""), -32600),
        Body("A4 full-width `name`", call("\"name\":\"echo\",\"ｎame\":\"evil\""), -32600),
        Body("A4 `name` and NUL", call(#""name":"echo","name\u0000":"evil""#), -32600),
        Body(
            "A4 two unknown keys that fold together", call("\"name\":\"echo\",\"to\u{212A}en\":1,\"token\":2"), -32600),
        Body("A6 the tool's name decomposed", call("\"name\":\"cafe\u{301}\""), -32602),
        Body("A6 the tool's name composed", call("\"name\":\"caf\u{E9}\""), nil),
        Body(
            "A6 an argument's key in both forms",
            call("\"name\":\"echo\",\"arguments\":{\"caf\u{E9}\":1,\"cafe\u{301}\":2}"), nil),
        Body(
            "A3 an argument's key in other case",
            call(#""name":"read","arguments":{"path":"/a","Path":"/etc/passwd"}"#), 0),
        Body("a name in other case", call(#""name":"EVIL""#), -32602),
        Body(
            "a progress token in other case",
            call(#""name":"echo""#).replacing("$M", with: #""_meta":{"ProgressToken":1}"#), -32600),
    ]

    private static let framing = [
        Body("A7 a batch", "[\(echo)]", -32600), Body("A7 a batch of two", "[\(echo),\(echo)]", -32600),
        Body("A7 a batch after white space", " \n\t[\(echo)]", -32600),
        Body("A7 a batch that does not end", "[\(echo)", -32700),
        Body("A7 a mark and a batch", "\u{FEFF}[\(echo)]", -32700), Body("A7 an empty batch", "[]", -32600),
        Body("A8 two messages", echo + echo, -32700), Body("A8 two lines", "\(echo)\n\(echo)\n", -32700),
        Body("A8 garbage behind", "\(echo)x", -32700), Body("A8 a NUL behind", "\(echo)\0", -32700),
        Body("A8 nothing", "", -32700), Body("A8 white space", " \r\n", -32700),
        Body("A8 half a message", String(echo.dropLast(9)), -32700),
    ]

    private static let encodings = [
        Body("A9 a byte order mark", "\u{FEFF}\(echo)", -32700),
        Body("A9 a trailing comma", call(#""name":"echo","arguments":{"a":1,}"#), -32700),
        Body("A9 a comment", call(#""name":"echo"/*,"name":"evil"*/"#), -32700),
        Body("A9 single quotes", call("'name':'echo'"), -32700), Body("A9 no quotes", call("name:\"echo\""), -32700),
        Body("A9 NaN", call(#""name":"echo","arguments":{"a":NaN}"#), -32700),
        Body("A9 Infinity", call(#""name":"echo","arguments":{"a":-Infinity}"#), -32700),
        Body("A9 a leading zero", call(#""name":"echo","arguments":{"a":01}"#), -32700),
        Body("A9 a lone surrogate", call(#""name":"echo","arguments":{"a":"\ud800"}"#), -32700),
        Body("A9 a lone surrogate in a key", call(#""name":"echo","arguments":{"\udc00":1}"#), -32700),
        Body("A9 a control character", call("\"name\":\"ec\u{1}ho\""), -32700),
        Body("A9 invalid UTF-8", Array(call(#""name":"echo""#).utf8) + [0xFF], -32700),
        Body("A9 overlong UTF-8", splice([0xC0, 0xAF]), -32700),
        Body("A9 a surrogate in UTF-8", splice([0xED, 0xA0, 0x80]), -32700),
        Body("A9 UTF-8 cut short", splice([0xE2, 0x82]), -32700),
        Body(
            "A9 UTF-16", echo.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] },
            -32700),
    ]

    private static let sizes = [
        Body("A11 ten thousand levels", call("\"name\":\"echo\",\"arguments\":{\"a\":\(nested(10_000))}"), -32700),
        Body("A11 one level too many", call("\"name\":\"echo\",\"arguments\":{\"a\":\(nested(62))}"), -32700),
        Body("A11 as deep as is allowed", call("\"name\":\"echo\",\"arguments\":{\"a\":\(nested(61))}"), nil),
        Body(
            "A11 five megabytes of text",
            call("\"name\":\"echo\",\"arguments\":{\"a\":\"\(String(repeating: "x", count: 5 << 20))\"}"), -32700),
        Body(
            "A11 a million values",
            call("\"name\":\"echo\",\"arguments\":{\"a\":[\(String(repeating: "0,", count: 1_000_000))0]}"), -32700),
    ]

    private static let types =
        ["[]", "\"{}\"", "null", "7", "true"].map {
            Body("A12 arguments are \($0)", call("\"name\":\"echo\",\"arguments\":\($0)"), -32602)
        }
        + [#"["evil"]"#, #"{"a":"evil"}"#, "7", "null", "\"\""].map {
            Body("A12 the name is \($0)", call("\"name\":\($0)"), -32602)
        }
        + [
            Body("A12 no name", call(#""arguments":{}"#), -32602),
            Body("A12 no arguments", call(#""name":"echo""#), nil),
            Body("A12 params is a list", #"{"jsonrpc":"2.0","id":7,"method":"tools/call","params":["echo"]}"#, -32602),
        ]
        + ["null", "1.5", "1.0", "{}", "[7]", "true", "1e3"].map {
            Body("A13 the id is \($0)", echo.replacing("\"id\":7", with: "\"id\":\($0)"), -32600)
        }
        + [Body("A79 no id", echo.replacing("\"id\":7,", with: ""), -32600)]

    private static func nested(_ depth: Int) -> String {
        String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }

    private static func splice(_ bytes: [UInt8]) -> [UInt8] {
        let halves = call(#""name":"echo","arguments":{"a":"|"}"#).split(separator: "|")
        return Array(halves[0].utf8) + bytes + Array(halves[1].utf8)
    }
}

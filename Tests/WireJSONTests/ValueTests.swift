import Testing
import WireJSON

@Suite("Values as received")
struct ValueTests {
    // Every kind of value, spelled unusually.
    let call = try! json(
        #" {"a" : [1, -2.50,{"x":"\u00e9"} ] ,"b":{"c":null,"d":true,"e":false},"f":"text", "g\n":"", "h":1e400} "#)

    @Test("each kind is told")
    func kinds() throws {
        let expected: [(String, JSON.Kind)] = [
            ("{}", .object), ("[]", .array), (#""a""#, .string), ("0", .number), ("true", .bool), ("false", .bool),
            ("null", .null),
        ]
        for (text, kind) in expected { #expect(try json(text).kind == kind) }
    }

    @Test("a value knows its bytes as received and where they lie, without the white space around")
    func bytes() throws {
        #expect(text(call.bytes) == text(call.source.dropFirst().dropLast()))
        let list = try #require(call["a"])
        #expect(text(list.bytes) == #"[1, -2.50,{"x":"\u00e9"} ]"#)
        #expect(list.range == 8..<34)
        #expect(list.bytes.startIndex == list.range.lowerBound)
        #expect(text(try #require(list[1]).bytes) == "-2.50")
        #expect(text(try #require(call["f"]).bytes) == #""text""#)
        #expect(list.source == call.source)
    }

    @Test("members come in the order received, with their keys as received")
    func members() throws {
        #expect(call.members.map { $0.key.string } == ["a", "b", "f", "g\n", "h"])
        #expect(
            call.members.map { text(call.source[$0.key.range]) } == [#""a""#, #""b""#, #""f""#, #""g\n""#, #""h""#])
        #expect(call.members.map { $0.value.kind } == [.array, .object, .string, .string, .number])
        #expect(call.count == 5 && call.members.count == 5)
        #expect(Array(call.elements).isEmpty)
    }

    @Test("elements come in the order received")
    func elements() throws {
        let list = try #require(call["a"])
        #expect(list.elements.map { text($0.bytes) } == ["1", "-2.50", #"{"x":"\u00e9"}"#])
        #expect(list.count == 3 && list.elements.count == 3)
        #expect((0..<3).map { text(list[$0]?.bytes ?? []) } == list.elements.map { text($0.bytes) })
        #expect(list[3] == nil && list[-1] == nil)
        #expect(Array(list.members.map { $0.key.string }).isEmpty)
    }

    @Test("what is not there is nil, and a scalar has nothing in it")
    func absent() throws {
        #expect(
            call["z"] == nil && call["a"]?["x"] == nil && call["f"]?["x"] == nil && call["f"]?[0] == nil
                && call[0] == nil)
        for text in ["1", #""a""#, "null", "true"] {
            let value = try json(text)
            #expect(value.count == 0 && value["a"] == nil && value[0] == nil)
            #expect(value.members.map { $0.key.string }.isEmpty && value.elements.map(\.kind).isEmpty)
        }
        for text in ["{}", "[]", "{ }", "[\n]"] { #expect(try json(text).count == 0) }
    }

    @Test("keys compare as bytes after unescaping, never by Unicode equivalence: hostile A6")
    func keyBytes() throws {
        let object = try json(#"{"caf\u00e9":1,"cafe\#u{301}":2,"\u0061b":3,"":4,"a\u0000":5}"#)
        #expect(object["caf\u{E9}"]?.int == 1)
        #expect(object["cafe\u{301}"]?.int == 2)
        #expect(object["ab"]?.int == 3)
        #expect(object[""]?.int == 4)
        #expect(object["a\0"]?.int == 5)
        #expect(object["a"] == nil)
        let keys = object.members.map(\.key)
        #expect(keys[0].equals("caf\u{E9}") && !keys[0].equals("cafe\u{301}"))
        #expect(!keys[1].equals("caf\u{E9}") && keys[1].equals("cafe\u{301}"))
        #expect(keys[2].equals("ab") && !keys[2].equals("a") && !keys[2].equals("abc"))
        #expect(keys[2].utf8 == Array("ab".utf8))
    }

    @Test("a string's text is unescaped when asked for")
    func strings() throws {
        let value = try json(#""\"\\\/\b\f\n\r\t\u0041\u00e9\u20ac\ud83d\ude00é€😀""#)
        #expect(value.string == "\"\\/\u{8}\u{C}\n\r\tAé€😀é€😀")
        #expect(value.utf8 == value.string.map { Array($0.utf8) })
        #expect(value.hasText("\"\\/\u{8}\u{C}\n\r\tAé€😀é€😀"))
        #expect(try json(#""""#).string == "" && json(#""""#).hasText(""))
        for text in ["1", "null", "true", "[]", "{}"] {
            let value = try json(text)
            #expect(value.string == nil && value.utf8 == nil && !value.hasText("") && !value.hasText(text))
        }
    }

    @Test("text compares as bytes, with escapes and without")
    func hasText() throws {
        for text in [#""tools/call""#, #""tools\/call""#, #""\u0074ools/call""#, #""tools/cal\u006C""#] {
            let value = try json(text)
            #expect(value.hasText("tools/call"))
            for other in ["tools/cal", "tools/call ", "Tools/call", "tools/calL", "", "tools/list", #"tools\/call"#] {
                #expect(!value.hasText(other))
            }
        }
        #expect(try !json("\"caf\u{E9}\"").hasText("cafe\u{301}"))
        // A bridge between the fewest and the most bytes an escaped text can take.
        #expect(
            try json(#""\u0061\u0061""#).hasText("aa") && json(#""\ud83d\ude00""#).hasText("😀")
                && json(#""\n""#).hasText("\n"))
    }

    @Test("literals are told apart")
    func literals() throws {
        #expect(try json("true").bool == true && json("false").bool == false && json("null").bool == nil)
        #expect(try json("null").isNull && !json("0").isNull && !json("false").isNull && !json(#""""#).isNull)
        #expect(try json("1").bool == nil && json(#""true""#).bool == nil)
    }

    @Test(
        "an integer is one that is written as one and fits",
        arguments: [
            ("0", 0), ("-0", 0), ("10", 10), ("-7", -7), ("9223372036854775807", Int.max),
            ("-9223372036854775808", Int.min),
            ("9223372036854775808", nil), ("-9223372036854775809", nil), ("18446744073709551616", nil), ("1.0", nil),
            ("1e1", nil),
            ("1E0", nil), ("-1.5", nil), ("99999999999999999999999999999999", nil), (#""1""#, nil), ("null", nil),
            ("[1]", nil),
        ] as [(String, Int?)])
    func integers(text: String, int: Int?) throws {
        #expect(try json(text).int == int)
        #expect(try json("[ \(text) ]")[0]?.int == int)
    }

    @Test("a number's text stays and its value is exact")
    func numbers() throws {
        #expect(text(try #require(call["h"]).bytes) == "1e400")
        #expect(call["h"]?.number == ExactDecimal("1e400"))
        #expect(call["a"]?[1]?.number == ExactDecimal("-2.5"))
        #expect(call["f"]?.number == nil && call["b"]?["c"]?.number == nil)
        #expect(try json("1e999999999999999999999").number == nil)
    }

    @Test("a lone surrogate stays as received, and where text is asked for U+FFFD stands for it")
    func loneSurrogates() throws {
        let value = try lenientJSON(#"{"a":"x\ud800y\udc00","\udead":"\ud800\ud83d\ude00\u0041"}"#)
        #expect(value["a"]?.string == "x\u{FFFD}y\u{FFFD}")
        #expect(value["a"].map { text($0.bytes) } == #""x\ud800y\udc00""#)
        #expect(value["\u{FFFD}"]?.string == "\u{FFFD}😀A")
        #expect(value["\u{FFFD}"]?.hasText("\u{FFFD}😀A") == true)
    }

    @Test("keys that only differ in lone surrogates are duplicates, for their text is one")
    func loneSurrogateKeys() {
        #expect(lenientRefusal(of: Array(#"{"\ud800":1,"\udc00":2}"#.utf8)) == JSONError(.duplicateKey, at: 12))
        #expect(lenientRefusal(of: Array("{\"\\ud800\":1,\"\u{FFFD}\":2}".utf8)) == JSONError(.duplicateKey, at: 12))
        #expect(lenientRefusal(of: Array(#"{"\ud800":1,"\ud800a":2}"#.utf8)) == nil)
    }
}

import Testing
import WireJSON

@Suite("Equal values")
struct EqualityTests {
    @Test(
        "values are equal however they are written",
        arguments: [
            ("1", "1.0"), ("1", "1e0"), ("100", "1E+2"), ("0", "-0"), ("0", "0e999999999999999999999"),
            ("0.10", "1e-1"),
            (#""é""#, #""\u00e9""#), (#""/""#, #""\/""#), ("[1,2]", "[ 1.0 ,2 ]"),
            (#"{"a":1,"b":2}"#, #"{ "b" : 2.0, "\u0061" : 1 }"#),
            (#"[{"a":{"x":1,"y":[]}}]"#, #"[{"a":{"y":[ ],"x":1}}]"#), ("1e400", "10e399"),
            ("1e999999999999999999999", "1e999999999999999999999"),
        ])
    func equal(_ a: String, _ b: String) throws {
        #expect(try json(a).isEqual(to: json(b)) && json(b).isEqual(to: json(a)))
        #expect(try json(a).canonicalExact() == json(b).canonicalExact())
    }

    @Test(
        "values that differ are not equal",
        arguments: [
            ("1", "2"), ("1", #""1""#), ("0", "false"), ("0", "null"), ("null", "false"), ("true", "false"),
            ("[]", "{}"),
            (#""""#, "null"), ("9007199254740993", "9007199254740992"), ("0.1", "0.1000000000000000055511151231257827"),
            ("\"caf\u{E9}\"", "\"cafe\u{301}\""), (#""a""#, #""A""#), ("[1,2]", "[2,1]"), ("[1]", "[1,1]"),
            ("[[]]", "[{}]"),
            (#"{"a":1}"#, #"{"a":2}"#), (#"{"a":1}"#, #"{"b":1}"#), (#"{"a":1}"#, #"{"a":1,"b":1}"#),
            (#"{"a":null}"#, "{}"),
            ("1e400", "1e401"), ("1e999999999999999999999", "1e999999999999999999998"),
        ])
    func different(_ a: String, _ b: String) throws {
        #expect(try !json(a).isEqual(to: json(b)) && !json(b).isEqual(to: json(a)))
        #expect(try json(a).canonicalExact() != json(b).canonicalExact())
    }

    @Test("lone surrogates are themselves and no replacement character")
    func loneSurrogates() throws {
        let values = try [#""\ud800""#, #""\ud801""#, "\"\u{FFFD}\"", #""\udc00""#, #""\ud800\ud800""#].map {
            try lenientJSON($0)
        }
        for (i, a) in values.enumerated() {
            for (j, b) in values.enumerated() { #expect(a.isEqual(to: b) == (i == j)) }
        }
        #expect(try lenientJSON(#""\uD800""#).isEqual(to: lenientJSON(#""\ud800""#)))
    }

    @Test("random values are equal exactly when their canonical forms are")
    func random() throws {
        var random = RandomJSON(Dice("values to compare"))
        for _ in 0..<500 {
            let document = random.document()
            guard let value = try? JSON(document), let other = try? JSON(random.mutant(of: document)) else { continue }
            let canonical = try JSON(value.canonicalExact())
            #expect(value.isEqual(to: canonical) && canonical.isEqual(to: value))
            #expect(value.isEqual(to: other) == (value.canonicalExact() == other.canonicalExact()))
        }
    }
}
